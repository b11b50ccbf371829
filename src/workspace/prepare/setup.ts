import type { SetupCommand } from "../preparer.ts";
import { EMPTY_RECIPE, type HostTool, LAYER, type Manager, type Recipe, word } from "./recipe.ts";

/**
 * The policy's own way to prepare a repository. Its commands stand on the default branch, so people who may merge wrote
 * them; they run in a copy of the base's whole repository, with the way to the registries and no other. What they leave
 * there that was not there before is seen by every run; so are `$PREPARED/bin` and what tools keep in the home folder.
 */
const HOME = "/opt/coop/home";

export function setupRecipe(commands: readonly SetupCommand[], paths: readonly string[]): Recipe {
  return {
    ...EMPTY_RECIPE,
    says: `setup (${commands.map((one) => one.name).join(", ")})`,
    at: "",
    sees: "repository",
    registries: managersFor(paths),
    fetch: [`mkdir -p ${LAYER}/prepared/bin`, ...commands.map(line)],
    environment: { PREPARED: `${LAYER}/prepared`, PATH: `${LAYER}/prepared/bin:`, HOME },
    scratch: [{ name: "home", at: HOME }],
    bringsNodeModules: true,
  };
}

function line({ name, run, timeoutSeconds }: SetupCommand): string {
  const failed = word(`The setup command "${name}" ended with exit status`);
  return `timeout ${timeoutSeconds} sh -c ${quoted(run)} || { status=$?; echo ${failed} $status; exit $status; }`;
}

/** Always in quotes: a plain word such as `make` would do without, but then nobody sees at a glance what is one. */
function quoted(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`;
}

const TRADES: readonly { readonly manifest: RegExp; readonly manager: Manager; readonly tools: readonly HostTool[] }[] =
  [
    { manifest: /(^|\/)package\.json$/, manager: "npm", tools: [] },
    { manifest: /(\.py|(^|\/)(pyproject\.toml|[\w.-]*requirements[\w.-]*\.txt))$/, manager: "pip", tools: ["python3"] },
    { manifest: /(^|\/)go\.mod$/, manager: "go", tools: ["go"] },
    { manifest: /(^|\/)Cargo\.toml$/, manager: "cargo", tools: ["cargo"] },
    { manifest: /(^|\/)(pom\.xml|build\.gradle(\.kts)?)$/, manager: "maven", tools: ["java", "mvn"] },
    { manifest: /(^|\/)(build|settings)\.gradle(\.kts)?$/, manager: "gradle", tools: ["java", "gradle"] },
    { manifest: /(^|\/)Gemfile$/, manager: "bundler", tools: ["bundle"] },
    { manifest: /(^|\/)composer\.json$/, manager: "composer", tools: ["php", "composer"] },
  ];

/** npm and pip bring tools of many trades: where no manifest says which trade it is, their registries are open. */
function managersFor(paths: readonly string[]): Manager[] {
  const found = TRADES.filter(({ manifest }) => paths.some((path) => manifest.test(path))).map((one) => one.manager);
  return found.length > 0 ? [...new Set(found)] : ["npm", "pip"];
}

/** Tool chains that a policy's own commands may start; those that this machine lacks are simply not there. */
export function toolsForSetup(paths: readonly string[]): HostTool[] {
  const found = TRADES.filter(({ manifest }) => paths.some((path) => manifest.test(path))).flatMap((one) => one.tools);
  return [...new Set<HostTool>(["python3", ...found])];
}
