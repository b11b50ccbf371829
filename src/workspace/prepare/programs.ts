import { LAYER, word } from "./recipe.ts";

/** Programs that the host need not have, from npm's registry, for the fetch and every run. */
export type Tool<Name = "npm" | "pnpm" | "yarn" | "berry" | "bun"> = {
  readonly name: Name;
  /** Null for the newest that can read the lockfile. */
  readonly version: string | null;
};

/** Where they are put. */
export const TOOLS = `${LAYER}/tools`;

/** What a repository commits of them is code of the repository, and not started. */
export function provide(tool: Tool<Tool["name"] | "deno">, lock: string): string[] {
  const packages = { pnpm: "pnpm", yarn: "yarn", berry: "@yarnpkg/cli-dist", bun: "bun", deno: "deno", npm: null };
  const name = packages[tool.name];
  if (name === null) return [];
  const version = tool.version ?? defaultVersion(tool.name, lock);
  // bun's package is a stub whose install script, the tool's and not the repository's, puts the program in its place.
  const scripts = tool.name === "bun" ? "" : " --ignore-scripts";
  return [`npm install --global --prefix ${TOOLS}${scripts} --no-audit --no-fund ${word(`${name}@${version}`)}`];
}

function defaultVersion(name: Tool["name"] | "deno", lock: string): string {
  if (name === "yarn") return "^1.22.22";
  if (name === "berry") return "^4";
  if (name === "bun") return "^1";
  if (name === "deno") return "^2";
  // The lockfile says by its version which majors can read it.
  const version = /^lockfileVersion: '?(\d+)/m.exec(lock)?.[1];
  return version === "6" ? "^8" : version === "5" ? "^7" : "^9";
}
