import type { FoundFacts } from "../../core/ticket/proof-facts.ts";
import type { FoundSentences } from "./by-code.ts";
import { doneWhy } from "./done-why.ts";
import { all, plural } from "./spelled.ts";

export const DONE: FoundSentences<"done"> = {
  shown: ({ items }) => `${all(items, "item")} of the Definition of Done ${items === 1 ? "has" : "have"} evidence.`,
  "needs-reviewers": () => "Nothing of the Definition of Done can be shown without a reviewer.",
  "no-plan": () => "There is no plan, so there is no Definition of Done.",
  "not-shown": open,
  "not-met": open,
};

function open({ open: count, items, worst }: FoundFacts["done"]["not-met"]): string {
  const what = worst.map(({ id, statement, why }) => `${id} ("${statement}"): ${doneWhy(why)}`);
  return `${count} of ${plural(items, "item")} without evidence. ${what.join(" ")}`;
}
