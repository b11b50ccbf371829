import type { Line } from "../../core/ticket/proof-facts.ts";
import { type Evidence, evidence, type ProofFacts } from "../evidence.ts";
import { copiedFromTests, productOf } from "./copied-from-tests.ts";
import { asksForTests } from "../languages/answers/test-aware.ts";
import { caughtAll } from "../languages/unfinished/caught-all.ts";
import { endsInFinally } from "../languages/unfinished/ends-in-finally.ts";
import { importedBy } from "../languages/tests/imported.ts";
import { basesIn, stubsIn } from "../languages/unfinished/stubs.ts";
import { isCode } from "../languages/tests/test-files.ts";
import { unfinished } from "../languages/unfinished/unfinished.ts";
import type { Trial } from "./try-mutants.ts";

/** Nothing in the added lines was left for later, knows that it is tested, or answers exactly what the tests ask. */
export async function completeness(facts: ProofFacts, trial: Trial): Promise<Evidence> {
  const code = await Promise.all(
    facts.files.map(async (file) => (isCode(file.path) ? await facts.syntax.parse(file.path, file.after) : null)),
  );
  // A class may be filled in by another file, also by a test's.
  const bases = basesIn(...code.flatMap((one) => (one?.outcome === "parsed" ? [one.root] : [])));
  const read = facts.files.map((file, at) => unfinished(file, code[at] ?? null, bases));
  const left = [
    ...read.flat().map(undone),
    ...(await unneeded(facts, trial)),
    ...(await hidden(facts)),
    ...(await thrownAway(facts)),
  ];
  if (left.length > 0) return refuted("left-undone", left);
  const aware = await awareOfTests(facts);
  if (aware.length > 0) return refuted("knows-tests", aware);
  const copied = await copiedFromTests(facts);
  if (copied.length > 0) return refuted("copies-answers", copied);
  return evidence("completeness", "complete", { added: facts.files.reduce((sum, file) => sum + file.added, 0) });
}

/** Forms without content that may be meant, but that no test needs. */
async function unneeded(facts: ProofFacts, trial: Trial): Promise<Line[]> {
  if (trial.outcome !== "tried") return [];
  const found = productOf(facts).map(async (file) => {
    const parsed = await facts.syntax.parse(file.path, file.after);
    if (parsed.outcome === "cannot") return [];
    const lines = new Set(file.addedLines.map((one) => one.line));
    const isUnneeded = (line: number) =>
      trial.tried.some(
        ({ mutant, fate }) =>
          mutant.kind === "emptied" && mutant.path === file.path && mutant.line === line && fate === "survived",
      );
    return stubsIn(parsed.root, parsed.language, lines)
      .filter((one) => !one.certain && isUnneeded(one.line))
      .map(({ line, name, what }): Line => ({ code: "unneeded", facts: { path: file.path, line, name, what } }));
  });
  return (await Promise.all(found)).flat();
}

/** Defects that are caught where they show. */
async function hidden(facts: ProofFacts): Promise<Line[]> {
  const { syntax } = facts;
  const catches = (text: string) => text.match(/\bcatch\b|\bexcept\b|\brecover\(/g)?.length ?? 0;
  const changed = productOf(facts).filter((file) => catches(file.after) > catches(file.before) && file.before !== "");
  const found = changed.map(async (file) => {
    const [before, after] = [await syntax.parse(file.path, file.before), await syntax.parse(file.path, file.after)];
    const { tree } = facts.head;
    const others = await importedBy(file.path, after, [...tree.keys()], async (path) => {
      const text = (await facts.blobs.get(tree.get(path)?.sha ?? ""))?.toString("utf8") ?? "";
      return await syntax.parse(path, text);
    });
    return caughtAll(file, before, after, others).map(({ line, what }) => undone({ path: file.path, line, what }));
  });
  return (await Promise.all(found)).flat();
}

/** Errors that nobody hears of. */
async function thrownAway(facts: ProofFacts): Promise<Line[]> {
  const found = productOf(facts).map(async (file) => {
    const ends = endsInFinally(file, await facts.syntax.parse(file.path, file.after));
    return ends.map(({ line, what }) => undone({ path: file.path, line, what }));
  });
  return (await Promise.all(found)).flat();
}

function refuted(code: "left-undone" | "knows-tests" | "copies-answers", lines: readonly Line[]): Evidence {
  return evidence("completeness", code, { lines }, lines);
}

function undone({ path, line, what }: { readonly path: string; readonly line: number; readonly what: string }): Line {
  return { code: "undone", facts: { path, line, what } };
}

async function awareOfTests(facts: ProofFacts): Promise<Line[]> {
  const found = await Promise.all(
    productOf(facts).map(async (file) => asksForTests(file, await facts.syntax.parse(file.path, file.after))),
  );
  return found.flat().map(undone);
}
