import { CASES_MAX, caseName, countOfCases, type Tally, type TestCase, type TestCount } from "../test-case.ts";
import type { Dialect } from "./dialect.ts";
import { fieldLines, totalLines } from "./sums.ts";

/** What a line was to a reader: a sum of its runner, a part of a run that a sum will follow, or nothing of it. */
export type Heard = "sum" | "part" | null;
export type LineReader = { line(text: string): Heard; end(): Tally | null };

export function openDialect(dialect: Dialect): LineReader {
  const totals = totalLines(dialect);
  const fields = fieldLines(dialect.fields, dialect.begins);
  const cases = new Map<string, TestCase>();
  const notLoaded = new Set<string>();
  let file: string | null = null;
  let running: string | null = null;
  let repeating = false;

  function readCase(text: string): boolean {
    if (repeating || cases.size >= CASES_MAX) return false;
    for (const { pattern, outcome } of dialect.cases ?? []) {
      const match = pattern.exec(text);
      if (!match?.groups) continue;
      const { name = "", word = "", file: own = file, suite = "" } = match.groups;
      const decided = typeof outcome === "string" ? outcome : outcome(word);
      if (decided === null || name === "") return false;
      const one = { file: own, name: caseName([suite, name]), outcome: decided };
      cases.set(`${own ?? ""}\0${one.name}`, one);
      return true;
    }
    return false;
  }

  function retell(name: string): void {
    const whole = [...cases].find(([, one]) => one.outcome === "failed" && one.name.startsWith(`${name} `));
    if (!whole) return;
    cases.delete(whole[0]);
    cases.set(`\0${name}`, { ...whole[1], name });
  }

  const isQuoted = quoted(dialect.quotes);

  return {
    line(text) {
      if (isQuoted(text)) return null;
      if (dialect.retold && repeating && text.trim() !== "") retell(text.trim());
      const sums = totals.line(text);
      if (dialect.startsAt?.test(text)) repeating = false;
      if (dialect.repeatsAfter?.test(text)) repeating = true;
      file = dialect.file?.exec(text)?.[1]?.replace(/^\.\//, "") ?? file;
      const isField = fields.line(text);
      running = dialect.notLoadedFile?.exec(text)?.[1] ?? running;
      for (const pattern of dialect.notLoaded ?? []) {
        const said = pattern.exec(text)?.[1];
        const where = said && (running ?? said);
        if (where && notLoaded.size < NOT_LOADED_MAX) notLoaded.add(where);
      }
      const isCase = readCase(text);
      if (sums || isField) return "sum";
      return isCase || dialect.begins?.test(text) || dialect.shows?.test(text) ? "part" : null;
    },
    end() {
      const told = [...cases.values()];
      const found = dialect.named?.(told) ?? told;
      const ofNames = countOfCases(found);
      const correct = (one: TestCount) => dialect.corrected?.(one, ofNames) ?? one;
      const [total, apart] = [totals.end(found), fields.end(found, correct)];
      const said = apart && totals.isFaint() ? apart : (total ?? apart);
      const count = (said && correct(said)) ?? (dialect.casesCount && found.length > 0 ? ofNames : null);
      if (count === null && (dialect.needsSum || found.length === 0) && notLoaded.size === 0) return null;
      return { runner: dialect.runner, count, cases: found, notLoaded: [...notLoaded] };
    },
  };
}

/** Whether a line stands between two that say so; as long as the second is missing, whatever follows does. */
function quoted(quotes: Dialect["quotes"]): (text: string) => boolean {
  let within = false;
  return (text) => {
    const was = within;
    within = within ? !quotes?.to.test(text) : (quotes?.from.test(text) ?? false);
    return was || within;
  };
}

/** Enough to name; whether it was one or a hundred decides nothing. */
const NOT_LOADED_MAX = 50;
