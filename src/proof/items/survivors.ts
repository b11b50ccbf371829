import { QUOTE_CHARS_MAX, SURVIVORS_MAX } from "../../core/ledger/limits.ts";
import { type Survivor, survivorId } from "../../core/ticket/survivor.ts";
import type { ProofFacts } from "../evidence.ts";
import type { Mutant } from "../languages/mutants/mutants.ts";
import type { Tried } from "./try-mutants.ts";

/** A changed version that no test notices, as the finding that it becomes, and why it stands in nobody's way where somebody answered. */
export type Unnoticed = { readonly mutant: Mutant; readonly finding: Survivor; readonly answer: string | null };

/** Everything but whole functions, which no word excuses. */
const ANSWERABLE: ReadonlySet<Mutant["kind"]> = new Set(["wrapper", "data", "dropped", "telling", "subtle", "added", "fallback", "swallowed"]); // prettier-ignore

export function unnoticed({ files, equivalents = [] }: ProofFacts, tried: readonly Tried[]): Unnoticed[] {
  const answers = new Map(equivalents.map(({ id, why }) => [id, why]));
  const texts = new Map(files.map(({ path, after }) => [path, after.split("\n")]));
  const seen = new Map<string, number>();
  return tried.flatMap(({ mutant, fate }) => {
    if (!ANSWERABLE.has(mutant.kind)) return [];
    const { path, line, from, to } = mutant;
    const key = JSON.stringify([path, line, from, to]);
    const nth = seen.get(key) ?? 0;
    seen.set(key, nth + 1);
    if (fate !== "survived") return [];
    const lines = texts.get(path) ?? [];
    const text = lines[line - 1] ?? "";
    const alike = lines.slice(0, line - 1).filter((one) => one.trim() === text.trim()).length;
    const place = { path, line, quote: text.slice(0, QUOTE_CHARS_MAX), from, to };
    const id = survivorId(place, alike, nth);
    return [{ mutant, finding: { id, ...place }, answer: answers.get(id) ?? null }];
  });
}

/** What is recorded of those that nobody has answered. Of too many the first: once they are answered, the next come. */
export function listed(all: readonly Unnoticed[]): Survivor[] {
  return all.flatMap(({ finding, answer }) => (answer === null ? [finding] : [])).slice(0, SURVIVORS_MAX);
}
