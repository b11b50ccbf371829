import type { FoundSentences } from "./by-code.ts";
import { lineInWords } from "./lines.ts";
import { plural, several } from "./spelled.ts";
import type { Line } from "../../core/ticket/proof-facts.ts";

type Lines = { readonly lines: readonly Line[] };
const found = ({ lines }: Lines) => several(lines.map(lineInWords));

export const COMPLETENESS: FoundSentences<"completeness"> = {
  complete: ({ added }) =>
    `${plural(added, "added line")} read: no placeholder, stub, debugging or TODO, and nothing made for tests only.`,
  "left-undone": (facts) => `The added lines contain work that was left undone: ${found(facts)}.`,
  "knows-tests": (facts) => `The added code behaves differently when it is tested: ${found(facts)}.`,
  "copies-answers": (facts) => `The added code answers with what the new tests expect: ${found(facts)}.`,
};
