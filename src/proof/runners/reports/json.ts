import { CASES_MAX, caseName, countOfCases, type Tally, type TestCase } from "../test-case.ts";
import { relative } from "./xml.ts";

/** The JSON reports of jest, vitest, mocha, rspec, playwright, gtest and of our own reporter for node's runner. */
export function readJson(text: string): Tally | null {
  if (!isReadable(text)) return null;
  const value = parse(text) ?? parse(text.slice(0, text.lastIndexOf("}") + 1)) ?? events(text);
  if (value === null) return null;
  for (const read of [ofEvents, ofJest, ofMocha, ofRspec, ofPlaywright, ofGtest]) {
    const found = read(value);
    if (found) return { ...found, cases: found.cases.slice(0, CASES_MAX) };
  }
  return null;
}

/** Objects and lists, braces in messages too: twenty for each test that is kept. What has more takes seconds and gigabytes. */
const BRACKETS_MAX = 20 * CASES_MAX;

function isReadable(text: string): boolean {
  let left = BRACKETS_MAX;
  for (const bracket of ["{", "["])
    for (let at = text.indexOf(bracket); at >= 0; at = text.indexOf(bracket, at + 1)) if (--left < 0) return false;
  return true;
}

type Value = { readonly [key: string]: unknown };

function parse(text: string): Value | null {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null ? (value as Value) : null;
  } catch {
    return null;
  }
}

/** One object a line, a few of them torn: by processes that wrote at once, or by an end. */
function events(text: string): Value | null {
  const all: Value[] = [];
  let [at, torn] = [0, 0];
  while (at < text.length) {
    const next = text.indexOf("\n", at);
    const end = next < 0 ? text.length : next;
    const one = end - at > 1 ? parse(text.slice(at, end)) : null;
    if (one !== null) all.push(one);
    else if (++torn > TORN_MAX) return null;
    if (all.length > LINES_MAX) return null;
    at = end + 1;
  }
  return all.length > 0 ? { events: all } : null;
}

/** Of lines that are no object: each costs a hundred times what another one does. */
const TORN_MAX = 1_000;
/** Mocha's are told twice, and once more before they begin. */
const LINES_MAX = 4 * CASES_MAX;

const list = (value: unknown): Value[] =>
  Array.isArray(value) ? value.filter((one): one is Value => typeof one === "object" && one !== null) : [];
const string = (value: unknown): string => (typeof value === "string" ? value : "");
const strings = (value: unknown): string[] => (Array.isArray(value) ? value.map(string) : []);
const tally = (runner: string, cases: readonly TestCase[], notLoaded: readonly string[] = []): Tally => ({
  ...{ runner, count: countOfCases(cases), cases, notLoaded },
});

/** `{file, name: [...], outcome}` a line, from the modules in `inside-node.ts`; several processes write to one file. */
function ofEvents(value: Value): Tally | null {
  const all = list(value["events"] ?? (value["outcome"] || value["planned"] ? [value] : []));
  const told = list(all.findLast((one) => Array.isArray(one["told"]))?.["told"]);
  const cases = casesOf(told.length > 0 ? told : all);
  // What was planned and never told in a run that did not end: somebody ended the process.
  const ended = all.some((one) => Array.isArray(one["told"]));
  const planned = ended ? [] : all.flatMap((one) => (Array.isArray(one["planned"]) ? one["planned"] : []));
  const left = new Map<string, number>();
  for (const { name } of cases) left.set(name, (left.get(name) ?? 0) + 1);
  for (const one of planned) {
    const name = caseName(strings(one));
    const more = left.get(name) ?? 0;
    if (more === 0) cases.push({ file: null, name, outcome: "errored" });
    else left.set(name, more - 1);
  }
  const runner = string(all[0]?.["runner"]) === "mocha" ? "mocha" : "node";
  return cases.length > 0 || (ended && runner === "mocha") ? tally(runner, cases) : null;
}

function casesOf(events: readonly Value[]): TestCase[] {
  return events.flatMap((one): TestCase[] => {
    const outcome = OUTCOMES[string(one["outcome"])];
    const name = caseName(strings(one["name"]));
    return outcome && name ? [{ file: string(one["file"]) ? relative(string(one["file"])) : null, name, outcome }] : [];
  });
}

const OUTCOMES: Partial<Record<string, TestCase["outcome"]>> = {
  passed: "passed",
  failed: "failed",
  errored: "errored",
  broken: "errored",
  skipped: "skipped",
  pending: "skipped",
  disabled: "skipped",
  todo: "todo",
};

/** jest `--json`, and vitest's `json` reporter, which copies it. */
function ofJest(value: Value): Tally | null {
  if (!Array.isArray(value["testResults"]) || typeof value["numTotalTests"] !== "number") return null;
  const files = list(value["testResults"]);
  const nameOf = (file: Value) => relative(string(file["name"]) || string(file["testFilePath"]));
  const cases = files.flatMap((file) =>
    list(file["assertionResults"]).map((one): TestCase => ({
      file: nameOf(file),
      name: caseName([...strings(one["ancestorTitles"]), string(one["title"])]),
      outcome: OUTCOMES[string(one["status"])] ?? "skipped",
    })),
  );
  const broken = files.filter(
    (file) => string(file["status"]) === "failed" && list(file["assertionResults"]).length === 0,
  );
  return tally("jest", cases, broken.map(nameOf));
}

function ofMocha(value: Value): Tally | null {
  const stats = value["stats"];
  if (typeof stats !== "object" || stats === null || !Array.isArray(value["passes"])) return null;
  const of = (key: string, outcome: TestCase["outcome"]) =>
    list(value[key]).map((one): TestCase => ({
      file: string(one["file"]) ? relative(string(one["file"])) : null,
      name: caseName([string(one["fullTitle"]) || string(one["title"])]),
      outcome,
    }));
  return tally("mocha", [...of("passes", "passed"), ...of("failures", "failed"), ...of("pending", "skipped")]);
}

function ofRspec(value: Value): Tally | null {
  if (!Array.isArray(value["examples"]) || typeof value["summary_line"] !== "string") return null;
  const cases = list(value["examples"]).map((one): TestCase => ({
    file: relative(string(one["file_path"])) || null,
    name: caseName([string(one["full_description"])]),
    outcome: OUTCOMES[string(one["status"])] ?? "skipped",
  }));
  const outside = (value["summary"] as Value | undefined)?.["errors_outside_of_examples_count"];
  return tally("rspec", cases, typeof outside === "number" && outside > 0 ? ["spec files"] : []);
}

const PLAYWRIGHT: Partial<Record<string, TestCase["outcome"]>> = {
  expected: "passed",
  flaky: "passed",
  unexpected: "failed",
  skipped: "skipped",
};

/** Named as its lines name them, so that a run that wrote no report can be compared with one that did. */
function ofPlaywright(value: Value): Tally | null {
  if (!Array.isArray(value["suites"]) || typeof value["stats"] !== "object") return null;
  const cases: TestCase[] = [];
  const walk = (suite: Value, path: readonly string[], depth: number) => {
    if (depth > SUITES_DEEP_MAX) return;
    for (const spec of list(suite["specs"]))
      for (const test of list(spec["tests"]))
        cases.push({
          file: relative(string(spec["file"])) || null,
          name: caseName([string(test["projectName"]), [...path, string(spec["title"])].join(" › ")]),
          outcome: PLAYWRIGHT[string(test["status"])] ?? "skipped",
        });
    for (const inner of list(suite["suites"])) walk(inner, [...path, string(inner["title"])], depth + 1);
  };
  for (const file of list(value["suites"])) walk(file, [], 0);
  return tally("playwright", cases);
}

/** Deeper than anybody nests; a report is written by repository code. */
const SUITES_DEEP_MAX = 60;

function ofGtest(value: Value): Tally | null {
  if (!Array.isArray(value["testsuites"])) return null;
  const cases = list(value["testsuites"]).flatMap((suite) =>
    list(suite["testsuite"]).map((one): TestCase => ({
      file: relative(string(one["file"])) || null,
      name: caseName([`${string(suite["name"])}.${string(one["name"])}`]),
      outcome:
        list(one["failures"]).length > 0
          ? "failed"
          : /SKIPPED|NOTRUN/.test(`${string(one["result"])}${string(one["status"])}`)
            ? "skipped"
            : "passed",
    })),
  );
  return tally("gtest", cases);
}
