import { execFileSync, spawnSync } from "node:child_process";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, describe, expect, it } from "@jest/globals";
import { parse } from "yaml";
import { emptyFolder, standUp } from "../support/desk.ts";

afterEach(standUp);

type Step = { readonly env: Readonly<Record<string, string>>; readonly run: string };
type Known = { readonly [name: string]: Known | string };

const ZEROS = "0".repeat(40);
const [A, B] = ["a".repeat(40), "b".repeat(40)];
const repository = { default_branch: "trunk" };

/** `${{ a.b || c }}` as GitHub's runner reads it: the first that is there, and an empty text where none is. */
function expressed(text: string, known: Known): string {
  return text.replace(/\$\{\{(.*?)\}\}/g, (_, inside: string) => {
    const values = inside.split("||").map((path) => valueAt(path.trim().split("."), known));
    return values.find((value) => value !== "") ?? "";
  });
}

function valueAt([name = "", ...rest]: readonly string[], known: Known | string | undefined): string {
  const value = typeof known === "object" ? known[name] : undefined;
  if (rest.length > 0) return valueAt(rest, value);
  return typeof value === "string" ? value : "";
}

/** Plays the action's own step. @returns what it asks `ci/coop.sh` for */
function asked(event: Known, inputs: Known = { mode: "proof" }): string {
  const folder = emptyFolder();
  mkdirSync(join(folder, "ci"));
  writeFileSync(join(folder, "ci/coop.sh"), '#!/bin/sh\necho "$@"\n', { mode: 0o755 });
  const { runs } = parse(readFileSync("action.yml", "utf8")) as { runs: { steps: Step[] } };
  const step = runs.steps.at(-1);
  const known = { inputs, runner: { temp: folder }, github: { event } };
  const given = Object.entries(step?.env ?? {}).map(([name, text]) => [name, expressed(text, known)]);
  const env = { PATH: process.env["PATH"] ?? "", GITHUB_ACTION_PATH: folder, GITHUB_OUTPUT: join(folder, "output"), ...Object.fromEntries(given) }; // prettier-ignore
  const shell = ["--noprofile", "--norc", "-eo", "pipefail", "-c", step?.run ?? ""];
  const said = execFileSync("bash", shell, { env, encoding: "utf8" }).trim();
  expect(readFileSync(join(folder, "output"), "utf8")).toBe(`exit-code=0\nreports=${folder}/coop-reports\n`);
  return said;
}

describe("the action compares with", () => {
  it.each<[what: string, event: Known, base: string]>([
    ["the base of a pull request", { pull_request: { base: { sha: A } }, repository }, A],
    ["the base of a group in the merge queue", { merge_group: { base_sha: B }, repository }, B],
    ["what was there before a push", { before: A, repository }, A],
    ["the default branch, where a branch or tag is new", { before: ZEROS, repository }, "origin/trunk"],
    ["the default branch, on a schedule or by hand", { repository }, "origin/trunk"],
  ])("%s", (_what, event, base) => expect(asked(event)).toBe(`proof --base ${base}`));

  it("what the workflow names, before anything else", () => {
    expect(asked({ before: A, repository }, { mode: "review", base: "next", args: "--max-usd 2" })).toBe("review --base next --max-usd 2"); // prettier-ignore
  });

  it("nothing, for a ticket", () => {
    expect(asked({ before: A, repository }, { mode: "run", args: "ticket.md" })).toBe("run ticket.md");
  });
});

describe("ci/coop.sh", () => {
  it("calls a command of any name, also one called coop, and ends with its exit code", () => {
    const folder = emptyFolder();
    const says = "#!/bin/sh\necho \"$0 $*\" | sed 's/.*coop /coop /' >>called\necho '{\"runs\":[]}'\nexit 1\n";
    writeFileSync(join(folder, "coop"), says, { mode: 0o755 });
    const env = { PATH: `${folder}:${process.env["PATH"]}`, COOP_REPORTS: join(folder, "reports") };
    for (const COOP_COMMAND of ["coop", join(folder, "coop"), `sh '${join(folder, "coop")}'`]) {
      const script = join(process.cwd(), "ci/coop.sh");
      const ran = spawnSync("sh", [script, "proof", "--base", "a b"], { cwd: folder, env: { ...env, COOP_COMMAND } });
      expect([COOP_COMMAND, ran.status]).toEqual([COOP_COMMAND, 1]);
    }
    expect(readFileSync(join(folder, "called"), "utf8")).toBe("coop proof --format sarif --base a b\n".repeat(3));
  });

  it.each(["a-file", "a-file/below"])("says so where %s is to be the folder of its reports", (COOP_REPORTS) => {
    const folder = emptyFolder();
    writeFileSync(join(folder, "a-file"), "");
    const env = { PATH: process.env["PATH"] ?? "", COOP_COMMAND: "false", COOP_REPORTS };
    const ran = spawnSync("sh", [join(process.cwd(), "ci/coop.sh"), "proof"], { cwd: folder, env, encoding: "utf8" });
    expect([ran.status, ran.stdout, ran.stderr]).toEqual([2, "", `coop.sh: no reports can be written to ${COOP_REPORTS}. Name a folder in COOP_REPORTS that can be written.\n`]); // prettier-ignore
  });

  it("shows what blocks before what nobody could tell", () => {
    const folder = emptyFolder();
    const result = (level: string, text: string) => ({ ruleId: "verification", level, message: { text } });
    const results = [result("warning", "not run"), result("error", "a stub"), result("warning", "unknown")];
    const run = { tool: { driver: { rules: [{ id: "verification" }] } }, results, properties: { verdict: "block" } };
    writeFileSync(join(folder, "sarif"), JSON.stringify({ runs: [run] }));
    const env = { PATH: process.env["PATH"] ?? "", COOP_COMMAND: "sh ./says", COOP_REPORTS: "reports" };
    writeFileSync(join(folder, "says"), "cat sarif; exit 1");
    spawnSync("sh", [join(process.cwd(), "ci/coop.sh"), "proof"], { cwd: folder, env });
    const table = readFileSync(join(folder, "reports/proof.md"), "utf8").split("\n").slice(-4, -1);
    expect(table.map((row) => row.split("|").at(-2)?.trim())).toEqual(["a stub", "not run", "unknown"]);
  });
});
