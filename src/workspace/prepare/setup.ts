import type { SetupCommand } from "../preparer.ts";
import { EMPTY_RECIPE, LAYER, type Recipe } from "./recipe.ts";

/**
 * The policy's own way to prepare a repository. Its commands stand on the default branch, so people who may merge wrote
 * them; they run with the whole repository, first with the registries and then no more.
 */
export function setupRecipe(commands: readonly SetupCommand[]): Recipe {
  return {
    ...EMPTY_RECIPE,
    says: `setup (${commands.map((one) => one.name).join(", ")})`,
    at: "",
    registries: ["npm", "pip"],
    fetch: commands.map((one) => `timeout ${one.timeoutSeconds} sh -c '${one.run.replaceAll("'", `'\\''`)}'`),
    environment: { PREPARED: `${LAYER}/prepared`, PATH: `${LAYER}/prepared/bin:` },
    bringsNodeModules: true,
  };
}
