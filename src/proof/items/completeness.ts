import { type Evidence, evidence, plural, type ProofFacts } from "../evidence.ts";
import { unfinished } from "../languages/unfinished.ts";

/** Nothing in the added lines says that work was left for later. */
export function completeness(facts: ProofFacts): Evidence {
  const found = facts.files.flatMap(unfinished).map((one) => `${one.path}:${one.line} ${one.what}`);
  if (found.length > 0) {
    const sentence = `The added lines contain work that was left undone: ${found.slice(0, 4).join("; ")}.`;
    return evidence("completeness", "refuted", sentence, found);
  }
  const lines = facts.files.reduce((sum, file) => sum + file.added, 0);
  return evidence(
    "completeness",
    "proven",
    `${plural(lines, "added line")} read: no placeholder, stub, debugging or TODO.`,
  );
}
