import {
  addCounts,
  CASES_MAX,
  caseName,
  countOfCases,
  counted,
  type Tally,
  type TestCase,
  type TestCount,
} from "../test-case.ts";
import type { Heard, LineReader } from "./line-reader.ts";

/**
 * `go test`, with `-v`, with `-json`, through gotestsum, and Ginkgo in it. Without `-v` only packages are named; that
 * says nothing about how many tests there were. What a test prints without a line end stands before its result.
 */
export function goReader(): LineReader {
  return new GoRun();
}

class GoRun implements LineReader {
  readonly #cases = new Map<string, TestCase>();
  /** By name, how often it began more than it ended. */
  readonly #open = new Map<string, number>();
  /** Names of the package under way: what has ended, and what began and did not end even once. */
  readonly #ended = new Set<string>();
  readonly #fresh = new Set<string>();
  /** By package and name, what events told of as begun. */
  readonly #begun = new Set<string>();
  readonly #notLoaded = new Set<string>();
  readonly #sums: TestCount[] = [];
  readonly #specs: TestCount[] = [];
  #pending: TestCase[] = [];
  #sawTests = false;
  /** That began and did not end. */
  #running = 0;
  /** Behind the last test the process has said how all went. */
  #isOver = false;
  #empty = false;
  #ran = false;

  line(text: string): Heard {
    if (this.#event(text) || this.#verbose(text)) return "part";
    if (text === "PASS" || text === "FAIL") this.#isOver = true;
    if (this.#package(text)) return "sum";
    const sum = gotestsum(text);
    if (sum) this.#sums.push(sum);
    const named = namedLine(text);
    if (named) this.#keep(named);
    const spec = ginkgo(text);
    if (spec) this.#specs.push(spec);
    if (/^testing: warning: no tests to run/.test(text)) this.#empty = true;
    return sum || spec ? "sum" : named ? "part" : null;
  }

  end(): Tally | null {
    for (const one of this.#pending) this.#keep(one);
    const cases = [...this.#cases.values()];
    const notLoaded = [...this.#notLoaded];
    const say = (runner: string, count: TestCount | null, named = cases): Tally => ({
      ...{ runner, count, cases: named, notLoaded },
    });
    if (this.#specs.length > 0) return say("ginkgo", addCounts(this.#specs), []);
    if (this.#sums.length > 0) return say("gotestsum", addCounts(this.#sums));
    if (this.#sawTests) return say("go", countOfCases(withUnended(cases, this.#open)));
    if (this.#empty && !this.#ran) return say("go", counted(0, 0, 0));
    return cases.length + notLoaded.length > 0 ? say("go", null) : null;
  }

  #count(name: string, by: number): void {
    if (this.#open.size >= CASES_MAX && !this.#open.has(name)) return;
    const before = this.#open.get(name) ?? 0;
    this.#open.set(name, before + by);
    this.#running += Math.max(0, before + by) - Math.max(0, before);
    if (by < 0) this.#ended.add(name);
    if (by < 0) this.#fresh.delete(name);
    else if (!this.#ended.has(name)) this.#fresh.add(name);
  }

  /** A test that began and never ended took the process with it: a panic, an exit, a kill. */
  #lose(name: string, times: number): void {
    if (times <= 0) return;
    this.#pending.push({ file: null, name, outcome: "errored" });
    this.#count(name, -times);
  }

  #loseAll(pack: string): void {
    for (const key of [...this.#begun].filter((one) => one.startsWith(`${pack}\0`))) {
      this.#begun.delete(key);
      this.#keep({ file: pack, name: caseName([key.slice(pack.length + 1)]), outcome: "errored" });
    }
  }

  #keep(one: TestCase): void {
    if (this.#cases.size < CASES_MAX) this.#cases.set(`${one.file ?? ""}\0${one.name}`, one);
  }

  /** A line of `-json`. What tests print stands inside of these and is never taken for a result. */
  #event(text: string): boolean {
    const one = text.startsWith('{"') ? parse(text) : null;
    if (!one?.Action) return false;
    const outcome = EVENTS[one.Action];
    const key = `${one.Package ?? ""}\0${one.Test ?? ""}`;
    if (one.Action === "run" && this.#begun.size < CASES_MAX) this.#begun.add(key);
    else if (outcome && one.Test) this.#begun.delete(key);
    else if (one.Action === "fail" && one.Package) this.#loseAll(one.Package);
    if (one.Action === "fail" && one.FailedBuild && one.Package) this.#notLoaded.add(one.Package);
    if (!one.Test || !outcome || !one.Package) return true;
    this.#sawTests = true;
    this.#keep({ file: one.Package, name: caseName([one.Test]), outcome });
    return true;
  }

  #verbose(text: string): boolean {
    const result = /--- (PASS|FAIL|SKIP): (\S.*?) \(\d[\d.]*s\)$/.exec(text);
    if (result?.[1] && result[2]) {
      this.#isOver = false;
      // Below its parent stands a test that has its name; anything else that is indented was printed.
      if (/^\s+-/.test(text) && !result[2].includes("/")) return true;
      this.#sawTests ||= result[1] !== "FAIL";
      const outcome = EVENTS[result[1].toLowerCase()] ?? "failed";
      const name = caseName([result[2]]);
      // With `-v` each test says that it begins: one that did not, while another runs, was printed by that one.
      if (this.#running > 0 && !this.#open.has(name)) return true;
      this.#count(name, -1);
      if (this.#pending.length < CASES_MAX) this.#pending.push({ file: null, name, outcome });
      return true;
    }
    // gotestsum tells at its end what failed, whatever its format.
    const [, retold, pack, name] = /^=== (FAIL|SKIP): (\S+) (\S.*?) \([\d.]+s\)$/.exec(text) ?? [];
    if (retold && pack && name) {
      this.#keep({ file: pack, name: caseName([name]), outcome: EVENTS[retold.toLowerCase()] ?? "failed" });
      return true;
    }
    const [, printed = "", started] = /^(.*?)=== RUN\s+(\S+)$/.exec(text) ?? [];
    // Indented stands what a test logs; that of another `go test` may be in it.
    if (!started || (/^\s/.test(printed) && !this.#open.has(parentOf(started)))) return false;
    this.#sawTests = true;
    this.#isOver = false;
    this.#count(started, 1);
    return true;
  }

  /** The package is named after its tests. */
  #package(text: string): boolean {
    const pack = packageLine(text);
    if (!pack) return false;
    // A package is well when all of its tests have ended: before that, a test printed this.
    if (pack.isWell && this.#running > 0 && (!this.#isOver || this.#fresh.size > 0)) return false;
    // What ended and began again in a run that is over did so in a process of its own that a test started.
    for (const [name, times] of this.#running > 0 ? this.#open : [])
      if (!this.#isOver || this.#fresh.has(name)) this.#lose(name, times);
      else if (times > 0) this.#count(name, -times);
    this.#ended.clear();
    this.#fresh.clear();
    this.#isOver = false;
    if (/\[(?:build|setup) failed\]$/.test(text)) this.#notLoaded.add(pack.name);
    if (/\[no test(?: file)?s(?: to run)?\]/.test(text)) this.#empty = true;
    else this.#ran = true;
    for (const one of this.#pending) this.#keep({ ...one, file: pack.name });
    this.#pending = [];
    return true;
  }
}

function parentOf(name: string): string {
  return name.slice(0, Math.max(0, name.lastIndexOf("/")));
}

/** gotestsum's `testname` format. */
function namedLine(text: string): TestCase | null {
  const match = /^(PASS|FAIL|SKIP) (\S+?)\.(Test\S*|Example\S*|Fuzz\S*)(?: \(.*\))?$/.exec(text);
  if (!match?.[2] || !match[3]) return null;
  return { file: match[2], name: match[3], outcome: EVENTS[match[1]?.toLowerCase() ?? ""] ?? "failed" };
}

function gotestsum(text: string): TestCount | null {
  const match =
    /^DONE (?:\d+ runs, )?(\d+) tests?(?:, (\d+) skipped)?(?:, (\d+) failures?)?(?:, (\d+) errors?)? in /.exec(text);
  if (!match) return null;
  const [all, skipped, failed] = [Number(match[1]), Number(match[2] ?? 0), Number(match[3] ?? 0)];
  return counted(all - skipped - failed, failed, skipped);
}

function ginkgo(text: string): TestCount | null {
  const match =
    /^(?:SUCCESS|FAIL)! +-- +(\d+) Passed \| (\d+) Failed \| (?:\d+ Flaked \| )?(\d+) Pending \| (\d+) Skipped/.exec(
      text,
    );
  if (!match) return null;
  const [passed, failed, waiting, skipped] = match.slice(1).map(Number) as [number, number, number, number];
  return counted(passed, failed, waiting + skipped);
}

/** `ok  example.com/a  0.01s`, `FAIL  example.com/a [build failed]` */
function packageLine(text: string): { readonly name: string; readonly isWell: boolean } | null {
  const match = /^(ok|FAIL|\?|---)?\s+(\S+)\s+(?:\d[\d.]*m?s|\(cached\)|\[[a-z -]+\]|coverage: )/.exec(text);
  return match?.[1] && match[2] ? { name: match[2], isWell: match[1] === "ok" } : null;
}

/** A test that began and never ended took the process with it: a panic, an exit, a kill. */
function withUnended(found: readonly TestCase[], open: ReadonlyMap<string, number>): TestCase[] {
  const lost = [...open].flatMap(([name, times]) => Array.from({ length: Math.max(0, times) }, () => name));
  return [...found, ...lost.map((name) => ({ file: null, name, outcome: "errored" as const }))];
}

type GoEvent = {
  readonly Action?: string;
  readonly Package?: string;
  readonly Test?: string;
  readonly FailedBuild?: string;
  readonly Output?: string;
};

const EVENTS: Partial<Record<string, TestCase["outcome"]>> = { pass: "passed", fail: "failed", skip: "skipped" };

/** What a line shows to a person: of an event of `-json` what it tells was printed, which is nothing for most. */
export function shownBy(line: string): string {
  const one = /^\{"(?:Time|ImportPath|Action)":/.test(line) ? parse(line) : null;
  return one?.Action ? (one.Output ?? "") : line;
}

function parse(text: string): GoEvent | null {
  try {
    return JSON.parse(text) as GoEvent;
  } catch {
    return null;
  }
}
