import type { ProofCode } from "../../core/ticket/proof-codes.ts";
import { type Evidence, evidence, plural, type ProofFacts, several } from "../evidence.ts";
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
  const undone = [
    ...read.flat().map((one) => `${one.path}:${one.line} ${one.what}`),
    ...(await unneeded(facts, trial)),
    ...(await hidden(facts)),
    ...(await thrownAway(facts)),
  ];
  if (undone.length > 0) return refuted("left-undone", "The added lines contain work that was left undone", undone);
  const aware = await awareOfTests(facts);
  if (aware.length > 0) return refuted("knows-tests", "The added code behaves differently when it is tested", aware);
  const copied = await copiedFromTests(facts);
  if (copied.length > 0)
    return refuted("copies-answers", "The added code answers with what the new tests expect", copied);
  const lines = facts.files.reduce((sum, file) => sum + file.added, 0);
  const sentence = `${plural(lines, "added line")} read: no placeholder, stub, debugging or TODO, and nothing made for tests only.`;
  return evidence("completeness", "complete", sentence);
}

/** Forms without content that may be meant, but that no test needs. */
async function unneeded(facts: ProofFacts, trial: Trial): Promise<string[]> {
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
      .map(({ line, name, what }) => `${file.path}:${line} the function \`${name}\` that ${what}, which no test needs`);
  });
  return (await Promise.all(found)).flat();
}

/** Defects that are caught where they show. */
async function hidden(facts: ProofFacts): Promise<string[]> {
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
    return caughtAll(file, before, after, others).map(({ line, what }) => `${file.path}:${line} ${what}`);
  });
  return (await Promise.all(found)).flat();
}

/** Errors that nobody hears of. */
async function thrownAway(facts: ProofFacts): Promise<string[]> {
  const found = productOf(facts).map(async (file) => {
    const ends = endsInFinally(file, await facts.syntax.parse(file.path, file.after));
    return ends.map(({ line, what }) => `${file.path}:${line} ${what}`);
  });
  return (await Promise.all(found)).flat();
}

function refuted(code: ProofCode<"completeness">, what: string, found: readonly string[]): Evidence {
  return evidence("completeness", code, `${what}: ${several(found)}.`, found);
}

async function awareOfTests(facts: ProofFacts): Promise<string[]> {
  const found = await Promise.all(
    productOf(facts).map(async (file) => asksForTests(file, await facts.syntax.parse(file.path, file.after))),
  );
  return found.flat().map((one) => `${one.path}:${one.line} ${one.what}`);
}
