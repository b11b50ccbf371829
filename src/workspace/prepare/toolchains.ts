import { readdir, realpath, stat } from "node:fs/promises";
import { dirname, join } from "node:path";
import type { Mount } from "../sandbox.ts";
import { ask, findProgram, type Host } from "./host.ts";
import { type HostTool, NODE_HEADERS } from "./recipe.ts";
import { shown, type ToolChain } from "./toolchain.ts";
import { composer, php, ruby } from "./toolchains-scripting.ts";
import { shelve } from "./tool-shelf.ts";

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
    case "gradle":
      return gradle(host, shelf);
    case "gradle-kotlin":
      return kotlinOfGradle(host);
    case "node-headers":
      return nodeHeaders();
    case "bundle":
      return ruby(host, shelf);
    case "php":
      return php(host, shelf);
    case "composer":
      return composer(host, shelf);
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

async function gradle(host: Host, shelf: string): Promise<Found> {
  const program = findProgram(host, "gradle");
  const answer = await ask(host, "gradle", ["--version", "--no-daemon"]);
  const version = /^Gradle (\S+)/m.exec(answer?.text ?? "")?.[1];
  if (!program || !version) return null;
  const home = dirname(dirname(await realpath(program)));
  if (home.startsWith("/usr/")) return { tool: "gradle", version, mounts: [], environment: {} };
  // Scripts of this machine that every build begins with may hold passwords.
  const from = await shelve(home, shelf, `gradle ${version}`, (path) => path === "init.d");
  const mounts: Mount[] = [{ from, at: "/opt/coop/tools/gradle", writes: "refused" }];
  return { tool: "gradle", version, mounts, environment: { PATH: "/opt/coop/tools/gradle/bin:" } };
}

/** Debian's Gradle has no Kotlin, and passes over build scripts in it without a word. */
async function kotlinOfGradle(host: Host): Promise<Found> {
  const program = findProgram(host, "gradle");
  if (!program) return null;
  const home = dirname(dirname(await realpath(program)));
  // A wrapper around a Gradle that lies elsewhere is believed.
  const files = await readdir(join(home, "lib")).catch(() => ["gradle-kotlin-dsl"]);
  if (!files.some((name) => name.startsWith("gradle-kotlin-dsl"))) return null;
  return { tool: "gradle-kotlin", version: "there", mounts: [], environment: {} };
}

/** Packages of Node bring them beside the program, and node-gyp would fetch them from a place that is no registry. */
async function nodeHeaders(): Promise<Found> {
  const from = join(dirname(dirname(await realpath(process.execPath))), "include");
  if (!(await stat(join(from, "node", "node.h")).catch(() => null))) return null;
  const mounts: Mount[] = [{ from, at: `${NODE_HEADERS}/include`, writes: "refused" }];
  return { tool: "node-headers", version: process.version, mounts, environment: {} };
}
