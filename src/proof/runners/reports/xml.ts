import { SaxesParser, type SaxesTagPlain } from "saxes";
import { CASES_MAX, caseName, countOfCases, type Tally, type TestCase } from "../test-case.ts";

/**
 * JUnit XML as two dozen runners write it, and Visual Studio's TRX. Read as a stream; a document type, in which entities
 * could be defined that grow without end, is refused, and nothing outside of the file is ever fetched.
 */
const DEPTH_MAX = 100;
/** Tags and their attributes: as many tests as are kept have half of it. A report with more is left, and its text is read. */
const PIECES_MAX = 600_000;
/** Of what a failed test says: enough to see why it could not be loaded. */
const WHY_CHARS_MAX = 2_000;

export function readXml(text: string): Tally | null {
  const parser = new SaxesParser();
  const reader = openReader();
  let broken = false;
  parser.on("error", () => (broken = true));
  parser.on("doctype", () => (broken = true));
  let pieces = 0;
  const count = () => (broken ||= ++pieces > PIECES_MAX);
  parser.on("attribute", count);
  parser.on("opentag", (tag) => !count() && reader.open(tag));
  parser.on("closetag", (tag) => reader.close(tag.name));
  parser.on("text", (value) => reader.text(value));
  parser.on("cdata", (value) => reader.text(value));
  for (let at = 0; at < text.length && !broken && !reader.tooDeep(); at += STEP_CHARS)
    parser.write(text.slice(at, at + STEP_CHARS));
  if (!broken && !reader.tooDeep()) parser.close();
  return broken || reader.tooDeep() ? null : reader.end();
}

/** Small enough to stop soon after the first error. */
const STEP_CHARS = 65_536;

type Attributes = Readonly<Record<string, string>>;
type Open = { file: string | null; name: string; outcome: TestCase["outcome"]; why: string };

function openReader() {
  const cases: TestCase[] = [];
  const notLoaded = new Set<string>();
  const files: (string | null)[] = [];
  const suites: string[] = [];
  let depth = 0;
  let deepest = 0;
  let root = "";
  let one: Open | null = null;

  function keep(): void {
    if (one && cases.length < CASES_MAX) cases.push({ file: one.file, name: one.name, outcome: one.outcome });
    if (one?.outcome === "errored" && CANNOT_LOAD.test(one.why)) notLoaded.add(one.file ?? one.name);
    one = null;
  }

  return {
    open(tag: SaxesTagPlain): void {
      depth++;
      deepest = Math.max(deepest, depth);
      if (deepest > DEPTH_MAX) return;
      if (root === "") root = tag.name;
      const attributes: Attributes = tag.attributes;
      if (tag.name === "testsuite") {
        files.push(attributes["file"] ?? attributes["filepath"] ?? files.at(-1) ?? null);
        suites.push(attributes["name"] ?? "");
      } else if (tag.name === "testcase") one = junitCase(attributes, files.at(-1) ?? null, suites);
      else if (tag.name === "UnitTestResult") {
        const name = caseName([attributes["testName"] ?? ""]);
        cases.push({ file: null, name, outcome: TRX[attributes["outcome"] ?? ""] ?? "skipped" });
      } else if (one) mark(one, tag.name, attributes);
    },
    text(value: string): void {
      if (one && one.why.length < WHY_CHARS_MAX) one.why += value.slice(0, WHY_CHARS_MAX);
    },
    close(name: string): void {
      depth--;
      if (name === "testcase") keep();
      if (name === "testsuite") {
        files.pop();
        suites.pop();
      }
    },
    tooDeep: () => deepest > DEPTH_MAX,
    end(): Tally | null {
      if (!/^(?:testsuites?|TestRun)$/.test(root)) return null;
      const runner = root === "TestRun" ? "trx" : "junit";
      return { runner, count: countOfCases(cases), cases, notLoaded: [...notLoaded] };
    },
  };
}

function mark(one: Open, tag: string, attributes: Attributes): void {
  const why = `${attributes["type"] ?? ""} ${attributes["message"] ?? ""} `;
  // PHPUnit's word for a test that asserts nothing; by itself it fails no run.
  if (tag === "error" && /\bRiskyTest/.test(attributes["type"] ?? "")) return;
  // Node's for a test that is only announced, whose failure it writes as well and does not count.
  if (one.outcome === "todo") return;
  // CTest's for a program that is not there: by its own count the test failed.
  if (tag === "skipped" && /^(?:Unable to find executable|Required Files Missing)/i.test(attributes["message"] ?? ""))
    one.outcome = "errored";
  else if (tag === "failure" && one.outcome !== "errored") one.outcome = "failed";
  else if (tag === "error") one.outcome = "errored";
  else if (tag === "skipped" && one.outcome === "passed")
    one.outcome = /^todo\b/i.test(`${attributes["type"] ?? ""} `.trim()) ? "todo" : "skipped";
  else return;
  if (one.why.length < WHY_CHARS_MAX) one.why += why.slice(0, WHY_CHARS_MAX);
}

const CANNOT_LOAD =
  /collection failure|ImportError|ModuleNotFoundError|Cannot find (?:module|package)|ERR_MODULE_NOT_FOUND|SyntaxError|does not provide an export|\[(?:build|setup) failed\]/;

const TRX: Partial<Record<string, TestCase["outcome"]>> = {
  Passed: "passed",
  PassedButRunAborted: "passed",
  Warning: "passed",
  Completed: "passed",
  Failed: "failed",
  Timeout: "failed",
  Aborted: "errored",
  Error: "errored",
};

/**
 * Whose names these are differs: `classname` is a class, a dotted module, a file, the suite's whole title, or the word
 * "test". Names are only ever compared with names of the same runner, so what matters is that none is lost.
 */
function junitCase(attributes: Attributes, suiteFile: string | null, suites: readonly string[]): Open {
  const { name = "", classname = "", file, status, result } = attributes;
  const where = file ?? (looksLikeFile(classname) ? classname : suiteFile);
  const parts = classname === "" || classname === "test" || looksLikeFile(classname) ? suites.slice(1) : [classname];
  const skipped = /^(?:notrun|skipped|disabled|suppressed)$/i.test(status ?? result ?? "");
  const path = parts.length > 0 && name.startsWith(`${parts.join(" ")} `) ? [name] : [...parts, name];
  return {
    file: where ? relative(where) : null,
    name: caseName(path),
    outcome: skipped ? "skipped" : "passed",
    why: "",
  };
}

function looksLikeFile(text: string): boolean {
  return /^\S+[./](?:[cm]?[jt]sx?|py|rb|php|exs?)$/.test(text) && text.includes(".");
}

/** The repository lies at one place in the sandbox; reports name it or not, as they like. */
export function relative(path: string): string {
  return path
    .replace(/^file:\/\//, "")
    .replace(/^\/workspace\//, "")
    .replace(/^\.\//, "");
}
