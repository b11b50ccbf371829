import { join } from "node:path";
import type { Mount } from "../sandbox.ts";
import type { HostTool } from "./recipe.ts";

/**
 * The tool chains of this machine as a run sees them. Shims and wrappers (pyenv, rustup) are resolved to what they start,
 * and exactly that folder is shown, read-only: what lies beside it in somebody's home, such as credentials, is not.
 */
export type ToolChain = {
  readonly tool: HostTool;
  /** As the tool says it; part of a layer's key. */
  readonly version: string;
  readonly mounts: readonly Mount[];
  readonly environment: Readonly<Record<string, string>>;
};

/** What lies below /usr is seen at its own place; everything else is shown at one of ours. */
export function shown(name: string, prefix: string): { at: string; mounts: readonly Mount[] } {
  if (prefix === "/usr" || prefix.startsWith("/usr/")) return { at: prefix, mounts: [] };
  const at = join("/opt/coop/tools", name);
  return { at, mounts: [{ from: prefix, at, writes: "refused" }] };
}
