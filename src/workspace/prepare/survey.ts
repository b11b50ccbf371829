import { join } from "node:path";
import type { Host } from "./host.ts";
import { findProgram } from "./host.ts";
import type { HostTool, Manager } from "./recipe.ts";
import { registriesOf } from "./registries.ts";
import { findToolChain } from "./toolchains.ts";

/** What this machine has for bringing in packages: tool chains as a run sees them, and the registries that may be reached. */
export type Survey = {
  readonly found: readonly { readonly tool: string; readonly version: string }[];
  readonly missing: readonly HostTool[];
  readonly registries: readonly { readonly manager: Manager; readonly hosts: readonly string[] }[];
  /** Hosts whose password or token this server has, and gives to nobody. */
  readonly withSecret: readonly string[];
};

const TOOLS: readonly HostTool[] = ["python3", "go", "cargo", "java", "mvn", "gradle", "bundle", "php", "composer"];
const MANAGERS: readonly { readonly manager: Manager; readonly program: string }[] = [
  { manager: "npm", program: "npm" },
  { manager: "pip", program: "python3" },
  { manager: "go", program: "go" },
  { manager: "cargo", program: "cargo" },
  { manager: "maven", program: "mvn" },
  { manager: "gradle", program: "gradle" },
  { manager: "bundler", program: "bundle" },
  { manager: "composer", program: "composer" },
];

/** @param folder for small projects of ours by which some managers are asked where they go */
export async function surveyMachine(host: Host, folder: string): Promise<Survey> {
  const shelf = join(folder, "tools");
  const chains = await Promise.all(TOOLS.map((tool) => findToolChain(host, tool, shelf).catch(() => null)));
  const here = MANAGERS.filter(({ program }) => findProgram(host, program) !== null);
  const asked = await Promise.all(here.map(({ manager }) => registriesOf(host, manager, join(folder, "watch"))));
  return {
    found: chains.flatMap((one) => (one ? [{ tool: one.tool, version: one.version }] : [])),
    missing: TOOLS.filter((_, index) => chains[index] === null),
    registries: here.map(({ manager }, index) => ({
      manager,
      hosts: [...new Set(asked[index]?.hosts.map((one) => one.host))].sort(),
    })),
    withSecret: [...new Set(asked.flatMap((one) => one.withSecret))],
  };
}
