import type { Blobs, Tree } from "../../trees/tree.ts";
import { isNarrowedByFile, narrowTo, type Narrowed, type Only } from "./narrow.ts";
import { seenThrough } from "./see-through.ts";
import { isAva, isMocha, nodeOptions } from "./inside-node.ts";
import { testsInTurn } from "./in-turn.ts";
import { scriptsBehind } from "./scripts-behind.ts";
import { REPORTS_FOLDER } from "../../workspace/drivers/inside.ts";
import { askable, PLAYWRIGHT_REPORT, RUNNERS, WRITES_NONE } from "./asked.ts";

/**
 * Asks a runner for a report that names every test, without changing what runs: by variables that only the runner reads,
 * and by arguments where the command is the runner's own. What cannot be asked is read from the output.
 */
export type Instrumented = {
  readonly command: string;
  readonly environment: Readonly<Record<string, string>>;
  readonly reports: readonly string[];
  /** One process alone writes the report: what it names is all there is, whatever else the run prints. */
  readonly sole: boolean;
  /** AVA started alone, which names a test's file or does not. */
  readonly isAva: boolean;
  /** Several packages are tested, one after the other. */
  readonly inTurn: boolean;
};

/**
 * @param hasReport the policy names a report of its own: reporters that we name would take the place of the one that writes it
 * @param base whose scripts say what is asked, where there is one: a change must not choose whether its tests are told by a report
 */
export async function instrument(
  command: string,
  tree: Tree,
  blobs: Blobs,
  only?: Only,
  hasReport = false,
  base = tree,
): Promise<Instrumented> {
  const script = await scriptOf(command, tree, blobs);
  const said = script ?? command;
  const rooted = !isManyModules(said, tree) && !IN_FOLDER.test(command);
  const narrow = only ? narrowTo(said, { ...only, files: rooted ? only.files : [] }) : null;
  const reporting = hasReport ? command : withArguments(command, said, script !== null);
  const asked = narrowed(reporting, narrow, script !== null);
  const runner = reporting === command ? undefined : askable(alone(said) ?? "");
  const environment: Record<string, string> = {
    PYTEST_ADDOPTS: `--junitxml=${REPORTS_FOLDER}/pytest.xml -o junit_family=xunit1`,
    GTEST_OUTPUT: `xml:${REPORTS_FOLDER}/`,
    SPEC_OPTS: `--format progress --format json --out ${REPORTS_FOLDER}/rspec.json`,
    TESTOPTS: "-v",
    // Older versions know the first of them.
    PLAYWRIGHT_JSON_OUTPUT_NAME: `${REPORTS_FOLDER}/${PLAYWRIGHT_REPORT}`,
    PLAYWRIGHT_JSON_OUTPUT_FILE: `${REPORTS_FOLDER}/${PLAYWRIGHT_REPORT}`,
  };
  // `-v` means the same to every go command, unlike `-json`, with which `go vet` would no longer fail.
  if (!/\bgo test\b/.test(command)) environment["GOFLAGS"] = "-v";
  const isAsked = !hasReport && isUnknown(said);
  const behind = isAsked ? await scriptsBehind(base, blobs) : [];
  const fresh = isAsked && base !== tree ? await scriptsBehind(tree, blobs) : [];
  const inTurn = testsInTurn([said, ...behind]);
  const started = alone(said) ?? "";
  const options = nodeOptions(said, behind, fresh, started);
  if (options !== null) environment["NODE_OPTIONS"] = options;
  if (narrow && "environment" in narrow)
    for (const [name, more] of Object.entries(narrow.environment))
      environment[name] = `${environment[name] ?? ""} ${more}`.trim();
  const sole =
    (asked !== command && !runner?.partial) ||
    REPORTS_BY_VARIABLE.test(started) ||
    isMocha(started) ||
    isAva(started) ||
    (hasReport && started !== "");
  const reports = reportsOf(said).map((name) => `${REPORTS_FOLDER}/${name}`);
  return {
    command: runner?.before ? `${runner.before} && ${asked}` : asked,
    environment,
    reports: [...reports, ...buildReports(tree)],
    sole,
    isAva: isAva(started),
    inTurn,
  };
}

/** Started alone, these are told by a variable where their report goes. */
const REPORTS_BY_VARIABLE =
  /^(?:[A-Z_\d]+=\S+ )*(?:\S*python[\d.]* -m |\S*\/|bundle exec )?(pytest|py\.test|rspec)(?: |$)/;

function narrowed(command: string, narrow: Narrowed | null, isScript: boolean): string {
  if (narrow && "add" in narrow)
    return `${command}${isScript && /^npm /.test(command) && !/ -- /.test(command) ? " --" : ""} ${narrow.add}`;
  // The command was asked for a report already; only these words of it change.
  if (narrow && "replace" in narrow && !isScript)
    return narrow.replace.reduce((all, [word, by]) => all.replace(word, () => by), command);
  return command;
}

/** Whether the command runs the tests of these files alone when it is asked to. */
export async function runsFilesAlone(
  command: string,
  tree: Tree,
  blobs: Blobs,
  files: readonly string[],
): Promise<boolean> {
  const script = await scriptOf(command, tree, blobs);
  const said = script ?? command;
  if (IN_FOLDER.test(command)) return false;
  // Words of a script cannot be replaced.
  if (/\bgo test\b/.test(said) && (script !== null || isManyModules(said, tree))) return false;
  return isNarrowedByFile(said, files);
}

/** Runners that start in a folder read paths from there. */
const IN_FOLDER = /^(?:cd \S+ && |npm --prefix )/;

/** A package of another Go module is none of this one. */
function isManyModules(said: string, tree: Tree): boolean {
  return /\bgo test\b/.test(said) && [...tree.keys()].some((path) => path.endsWith("/go.mod"));
}

const SCRIPT =
  /^(?:npm run build && )?(?:npm (?:--prefix ([\w./-]+) )?(?:run )?|pnpm (?:run )?|yarn (?:run )?|bun run )(test[\w:-]*|t)$/;

/** The text of the script that `npm test` and its kin run; null for any other command. */
async function scriptOf(command: string, tree: Tree, blobs: Blobs): Promise<string | null> {
  const [, folder, name] = SCRIPT.exec(command.trim()) ?? [];
  const file = name ? tree.get(folder === undefined ? "package.json" : `${folder}/package.json`) : undefined;
  const content = file ? await blobs.get(file.sha) : null;
  if (!name || !content) return null;
  try {
    const manifest = JSON.parse(content.toString("utf8")) as { scripts?: Record<string, unknown> } | null;
    const script = manifest?.scripts?.[name === "t" ? "test" : name];
    return typeof script === "string" ? script : null;
  } catch {
    return null;
  }
}

const CHAIN = /[;&|<>`$\n]|^\s*(?:if|for|while)\b/;

/** The runner's own command, without the folder it is started in and whatever starts it; null for a chain, whose arguments would reach whichever is last. */
function alone(said: string): string | null {
  const plain = said.replace(/^cd [\w./-]+ && /, "");
  return CHAIN.test(plain) ? null : seenThrough(plain);
}

/** What the runner writes. Anything else that lies in that folder was put there by the code under test. */
function reportsOf(whole: string): string[] {
  const said = alone(whole);
  if (said === null) return ["*"];
  const by = REPORTS_BY_VARIABLE.exec(said)?.[1];
  if (by !== undefined) return [by === "rspec" ? "rspec.json" : "pytest.xml"];
  // Other runners have a `--test` of their own.
  if (isMocha(said)) return ["mocha-*.json"];
  if (/(?:^|\s)--test(?:\s|$)/.test(said) && !WRITES_NONE.some((one) => one.test(said))) return ["node-*.json"];
  const runner = RUNNERS.find((one) => one.starts.test(said));
  if (runner) return runner.writes ?? [runner.add.split(`${REPORTS_FOLDER}/`)[1] ?? []].flat();
  return WRITES_NONE.some((one) => one.test(said)) ? [] : ["*"];
}

/** Whether it is no runner that is known here, and so may start others. */
function isUnknown(said: string): boolean {
  return reportsOf(said)[0] === "*";
}

function withArguments(command: string, whole: string, isScript: boolean): string {
  const said = alone(whole);
  if (said === null) return command;
  const runner = askable(said);
  if (!runner) return command;
  if (!isScript) {
    if (runner.at) return command.replace(runner.at, `$1 ${runner.add}`);
    return `${command} ${runner.add}`;
  }
  if (runner.at) return command;
  return `${command}${/^npm /.test(command) ? " --" : ""} ${runner.add}`;
}

/** Reports that Maven and Gradle write by themselves, in each module. */
function buildReports(tree: Tree): string[] {
  const modules = (names: readonly string[]) =>
    [...tree.keys()]
      .filter((path) => names.includes(path.split("/").at(-1) ?? ""))
      .map((path) => path.split("/").slice(0, -1).join("/"))
      .slice(0, MODULES_MAX)
      .map((folder) => (folder === "" ? "" : `${folder}/`));
  return [
    ...modules(["pom.xml"]).flatMap((at) =>
      ["surefire", "failsafe"].map((one) => `${at}target/${one}-reports/TEST-*.xml`),
    ),
    ...modules(["build.gradle", "build.gradle.kts"]).map((at) => `${at}build/test-results/*/TEST-*.xml`),
  ];
}

/** More than that many modules and their text tells enough. */
const MODULES_MAX = 40;
