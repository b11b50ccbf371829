import { join } from "node:path";
import type { Mount } from "../sandbox.ts";
import { ask, type Host } from "./host.ts";
import type { HostTool } from "./recipe.ts";
import { shelve } from "./tool-shelf.ts";

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

type Found = ToolChain | null;

/** @param shelf folder where tool chains are put together whose parts lie in several places */
export async function findToolChain(host: Host, tool: HostTool, shelf: string): Promise<Found> {
  switch (tool) {
    case "python3":
      return python(host);
    case "go":
      return golang(host);
    case "cargo":
      return rust(host);
    case "java":
      return java(host, shelf);
    case "mvn":
      return maven(host, shelf);
  }
}

const PYTHON_QUESTION =
  "import json,sys,sysconfig;print(json.dumps([sys.base_prefix,sys.version.split()[0],sysconfig.get_config_var('LDLIBRARY') or '',sysconfig.get_path('include')]))";

async function python(host: Host): Promise<Found> {
  const answer = await ask(host, "python3", ["-c", PYTHON_QUESTION]);
  if (!answer?.ok) return null;
  const [prefix = "", version = "", library = "", headers = ""] = JSON.parse(answer.text) as string[];
  const seen = shown("python3", prefix);
  // A shared library that lies in the prefix is looked for at the place where it was built.
  const shared = seen.mounts.length > 0 && library.includes(".so") ? { LD_LIBRARY_PATH: `${seen.at}/lib` } : {};
  // So are the headers that an extension in C is compiled with.
  const isMoved = seen.mounts.length > 0 && headers.startsWith(`${prefix}/`);
  const compiled = isMoved ? { CPATH: `${seen.at}${headers.slice(prefix.length)}` } : {};
  return {
    tool: "python3",
    version,
    mounts: seen.mounts,
    environment: { PATH: `${seen.at}/bin:`, ...shared, ...compiled },
  };
}

async function golang(host: Host): Promise<Found> {
  const answer = await ask(host, "go", ["env", "GOROOT", "GOVERSION"]);
  const [root = "", version = ""] = answer?.ok ? answer.text.trim().split("\n") : [];
  if (!root.startsWith("/")) return null;
  const seen = shown("go", root);
  return { tool: "go", version, mounts: seen.mounts, environment: { PATH: `${seen.at}/bin:` } };
}

async function rust(host: Host): Promise<Found> {
  const answer = await ask(host, "rustc", ["--print", "sysroot"]);
  const version = await ask(host, "cargo", ["--version"]);
  const root = answer?.text.trim() ?? "";
  if (!answer?.ok || !version?.ok || !root.startsWith("/")) return null;
  const seen = shown("rust", root);
  return { tool: "cargo", version: version.text.trim(), mounts: seen.mounts, environment: { PATH: `${seen.at}/bin:` } };
}

async function java(host: Host, shelf: string): Promise<Found> {
  const answer = await ask(host, "java", ["-XshowSettings:properties", "-version"]);
  const said = `${answer?.text ?? ""}\n${answer?.errors ?? ""}`;
  const home = /^\s*java\.home = (\/.+)$/m.exec(said)?.[1]?.trim();
  const version = /^\s*java\.runtime\.version = (.+)$/m.exec(said)?.[1]?.trim();
  if (!home || !version) return null;
  // Distributions keep the settings of Java in /etc, which a run does not see.
  const from = await shelve(home, shelf, `java ${version}`);
  const mounts: Mount[] = [{ from, at: "/opt/coop/tools/java", writes: "refused" }];
  return {
    tool: "java",
    version,
    mounts,
    environment: { JAVA_HOME: "/opt/coop/tools/java", PATH: "/opt/coop/tools/java/bin:" },
  };
}

async function maven(host: Host, shelf: string): Promise<Found> {
  const answer = await ask(host, "mvn", ["--version"]);
  const home = /^Maven home: (\/.+)$/m.exec(answer?.text ?? "")?.[1]?.trim();
  const version = /^Apache Maven (\S+)/m.exec(answer?.text ?? "")?.[1];
  if (!home || !version) return null;
  // The settings of this machine may hold passwords; a run gets none of them.
  const from = await shelve(home, shelf, `maven ${version}`, (path) => path === "conf/settings.xml");
  const mounts: Mount[] = [{ from, at: "/opt/coop/tools/maven", writes: "refused" }];
  return { tool: "mvn", version, mounts, environment: { PATH: "/opt/coop/tools/maven/bin:" } };
}

/** What lies below /usr is seen at its own place; everything else is shown at one of ours. */
function shown(name: string, prefix: string): { at: string; mounts: readonly Mount[] } {
  if (prefix === "/usr" || prefix.startsWith("/usr/")) return { at: prefix, mounts: [] };
  const at = join("/opt/coop/tools", name);
  return { at, mounts: [{ from: prefix, at, writes: "refused" }] };
}
