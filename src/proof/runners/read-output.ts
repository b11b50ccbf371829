import { addCounts, CASES_MAX, caseName, type Tally, type TestCase } from "./test-case.ts";
import { DocumentCollector } from "./reports/document.ts";
import { BROWSERS } from "./text/browsers.ts";
import { COMPILED } from "./text/compiled.ts";
import { type LineReader, openDialect } from "./text/line-reader.ts";
import { DOMAINS } from "./text/domains.ts";
import { goReader } from "./text/go.ts";
import { headedReader, withNames } from "./text/headed.ts";
import { jasmineReader } from "./text/jasmine.ts";
import { JAVASCRIPT } from "./text/javascript.ts";
import { DOTNET, JVM } from "./text/jvm.ts";
import { cutLines } from "./text/lines.ts";
import { mochaReader } from "./text/mocha.ts";
import { nodeReader } from "./text/outline.ts";
import { packageOf, prefixSplitter } from "./text/prefix.ts";
import { PYTHON } from "./text/python.ts";
import { RARER } from "./text/rarer.ts";
import { SCRIPTING } from "./text/scripting.ts";
import { SYSTEMS } from "./text/systems.ts";
import { tapReader } from "./text/tap.ts";
import { tracked, withoutPrinted } from "./text/tracked.ts";
import { unittestReader } from "./text/unittest.ts";

/**
 * Reads what a test run prints while it prints it: every byte, whatever is cut out of the text that people see later.
 * The runner need not be known; every reader meets every line, and those that find a summary of theirs speak.
 */
export type OutputReader = {
  add(chunk: Buffer): void;
  /** @returns null when nothing in the output tells of tests */
  end(): Tally | null;
};

const DIALECTS = [
  ...JAVASCRIPT,
  ...BROWSERS,
  ...PYTHON,
  ...COMPILED,
  ...JVM,
  ...DOTNET,
  ...SCRIPTING,
  ...RARER,
  ...SYSTEMS,
  ...DOMAINS,
];
/** Packages of one workspace whose lines are kept apart; beyond that they share one place. */
const CHANNELS_MAX = 300;

/** More empty lines in a row say nothing to any reader, and a run can print millions of them. */
const EMPTY_LINES_READ = 3;
/** No runner writes a summary line that is longer; the rest of such a line is data. */
const TEXT_CHARS_MAX = 4_000;

/** @param inTurn the command tests several packages, one after the other */
export function openOutputReader(inTurn = false): OutputReader {
  const channels = new Map<string, Channel>();
  const split = prefixSplitter((turn) => inTurn && (channels.get(turn)?.isDone() ?? true));
  const documents = new DocumentCollector();
  let empty = 0;
  const cutter = cutLines((line) => {
    empty = line.trim() === "" ? empty + 1 : 0;
    if (empty > EMPTY_LINES_READ) return;
    documents.line(line);
    const { channel, text } = split(line.slice(0, TEXT_CHARS_MAX));
    const name = channels.has(channel) || channels.size < CHANNELS_MAX ? channel : "";
    let readers = channels.get(name);
    if (!readers) channels.set(name, (readers = openChannel()));
    readers.line(text);
  });
  return {
    add: cutter.add,
    end() {
      cutter.end();
      const document = documents.end();
      if (document) return document;
      return together([...channels].flatMap(([name, one]) => ofPackage(packageOf(name), one.end())));
    },
  };
}

/** Two packages may have tests of one name. */
function ofPackage(name: string | null, tallies: readonly Tally[]): readonly Tally[] {
  if (name === null) return tallies;
  const named = (one: TestCase): TestCase => ({ ...one, name: caseName([name, one.name]) });
  return tallies.map((one) => ({ ...one, cases: one.cases.map(named) }));
}

type Channel = {
  line(text: string): void;
  /** Whether nothing was told of tests, or all that was has been summed up. */
  isDone(): boolean;
  end(): Tally[];
};

/** One package's lines. */
function openChannel(): Channel {
  const tap = tapReader();
  const headed = headedReader();
  const own = [nodeReader(tapReaderOver(tap)), mochaReader(), jasmineReader(), unittestReader(), goReader()];
  const readers = [...own.map((one) => tracked(one)), ...DIALECTS.map((one) => tracked(openDialect(one), one.holds))];
  let at = 0;
  return {
    line(text) {
      at++;
      for (const reader of readers) reader.line(text, at);
      tap.line(text, at);
      headed.line(text);
    },
    isDone() {
      const begun = readers.map((one) => one.partAt()).filter((from) => from >= 0);
      // A sum of a runner that showed nothing of a run was printed by a test, if another one showed something before.
      const isSummed = readers.some((one) => one.sumAt() > 0 && (one.partAt() > 0 || begun.every((from) => from > one.sumAt()))); // prettier-ignore
      return isSummed || (tap.isWhole() ?? begun.length === 0);
    },
    end() {
      const heads = headed.end() ?? undefined;
      const spoken = readers.map((reader) => reader.end()).filter((one) => one !== null);
      const heard = withoutPrinted(spoken);
      const said = heard.map(({ tally }) => tally);
      const all = withNames(
        said.filter((one) => one.count !== null),
        heads,
      );
      const ofTap = tap.end();
      // A runner that was asked for TAP sums up in no other words: those are of what it ran, unless they tell of more failures.
      const failed = ofTap?.count?.failed ?? 0;
      const printed = new Set(heard.filter(({ at }) => tap.isAround(at)).map(({ tally }) => tally.runner));
      const lone = new Set(heard.filter(({ at }) => tap.isAround(at) && !at.ran).map(({ tally }) => tally.runner));
      const isKept = (one: Tally) =>
        (one.cases.length > 0 && !printed.has(one.runner)) ||
        (!SPEAKS_TAP.test(one.runner) && !lone.has(one.runner)) ||
        (one.count?.failed ?? 0) > failed;
      const sums = ofTap?.cases.length ? all.filter(isKept) : all;
      if (sums.length > 0) return sums;
      return ofTap ? [ofTap] : said.slice(0, 1);
    },
  };
}

const SPEAKS_TAP = /^(?:jest|vitest|mocha|ava|tap)$/;

/** Node's own runner also speaks TAP; the same points then belong to its summary. */
function tapReaderOver(tap: Pick<LineReader, "end">): LineReader {
  return { line: () => null, end: () => tap.end() };
}

/** Several runs in one output: one after the other, or side by side. */
export function together(tallies: readonly Tally[]): Tally | null {
  if (tallies.length === 0) return null;
  const sums = tallies.map((one) => one.count).filter((one) => one !== null);
  return {
    runner: [...new Set(tallies.map((one) => one.runner))].join(" + "),
    count: sums.length > 0 ? addCounts(sums) : null,
    cases: tallies.flatMap((one) => one.cases).slice(0, CASES_MAX),
    notLoaded: [...new Set(tallies.flatMap((one) => one.notLoaded))],
  };
}

export function readOutput(output: string | Buffer, inTurn = false): Tally | null {
  const reader = openOutputReader(inTurn);
  reader.add(Buffer.from(output));
  return reader.end();
}
