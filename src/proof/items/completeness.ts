import { type Evidence, evidence, plural, type ProofFacts } from "../evidence.ts";
import { literalsOf } from "../languages/assertions.ts";
import { asksForTests, casesIn } from "../languages/test-aware.ts";
import { isCode, isTestCode, isTestFile } from "../languages/test-files.ts";
import { unfinished } from "../languages/unfinished.ts";

/** Nothing in the added lines was left for later, knows that it is tested, or answers exactly what the tests ask. */
export async function completeness(facts: ProofFacts): Promise<Evidence> {
  const undone = facts.files.flatMap(unfinished).map((one) => `${one.path}:${one.line} ${one.what}`);
  if (undone.length > 0) return refuted("The added lines contain work that was left undone", undone);
  const aware = await awareOfTests(facts);
  if (aware.length > 0) return refuted("The added code behaves differently when it is tested", aware);
  const copied = await copiedAnswers(facts);
  if (copied.length > 0) return refuted("The added code answers with what the new tests expect", copied);
  const lines = facts.files.reduce((sum, file) => sum + file.added, 0);
  const sentence = `${plural(lines, "added line")} read: no placeholder, stub, debugging or TODO, and nothing made for tests only.`;
  return evidence("completeness", "proven", sentence);
}

function refuted(what: string, found: readonly string[]): Evidence {
  return evidence("completeness", "refuted", `${what}: ${found.slice(0, 4).join("; ")}.`, found);
}

function productOf(facts: ProofFacts) {
  return facts.files.filter((file) => isCode(file.path) && !isTestFile(file.path) && file.added > 0);
}

async function awareOfTests(facts: ProofFacts): Promise<string[]> {
  const found = await Promise.all(
    productOf(facts).map(async (file) => asksForTests(file, await facts.syntax.parse(file.path, file.after))),
  );
  return found.flat().map((one) => `${one.path}:${one.line} ${one.what}`);
}

/** A question and its answer, both word for word in the new code and in the new tests. */
async function copiedAnswers(facts: ProofFacts): Promise<string[]> {
  const expected = new Set<string>();
  for (const file of facts.files.filter((one) => isTestCode(one.path) && one.added > 0)) {
    const [after, before] = [
      await facts.syntax.parse(file.path, file.after),
      await facts.syntax.parse(file.path, file.before),
    ];
    const old = before.outcome === "parsed" ? literalsOf(before.root) : new Set<string>();
    if (after.outcome === "parsed") for (const one of literalsOf(after.root)) if (!old.has(one)) expected.add(one);
  }
  const found: string[] = [];
  for (const file of productOf(facts)) {
    const { asked, answered } = casesIn(file, await facts.syntax.parse(file.path, file.after));
    const isCopied = (one: string) => expected.has(one) && !file.before.includes(one);
    const [questions, answers] = [[...asked].filter(isCopied), [...answered].filter(isCopied)];
    if (questions.length > 0 && answers.length > 0)
      found.push(
        `${file.path} has ${[...new Set([...questions, ...answers])]
          .slice(0, 4)
          .map((one) => JSON.stringify(one.slice(0, 60)))
          .join(", ")}`,
      );
  }
  return found;
}
