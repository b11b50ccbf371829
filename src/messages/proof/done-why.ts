import type { DoneFacts, DoneWhy, Found } from "../../core/ticket/proof-facts.ts";
import { ANY_ITEM } from "./any-item.ts";
import { said, type Sentences } from "./by-code.ts";
import { CHECKS } from "./checks.ts";
import { VERIFICATION } from "./verification.ts";

/** Why an item of the Definition of Done is met or not. It leans on what other items found, in their words. */
const WHY: Sentences<DoneFacts> = {
  denied: ({ role, said: words }) => `The ${role} says that it is not met: ${words}`,
  "nothing-ran": () => "Nothing was run on this commit that could show it.",
  "by-run": ({ where, state, ran }) => {
    if (where === null) return ranInWords(ran);
    return state === "proven" ? `${where}: ${ranInWords(ran)}` : `${where} exists, but: ${ranInWords(ran)}`;
  },
  "not-among": ({ title, file, then }) => `No test "${title}" ran and passed in ${file} on this commit.${THEN[then]}`,
  "no-test-fits": ({ reference, then }) => `No test on this commit fits "${reference}".${THEN[then]}`,
  "files-changed": ({ files }) => `${files.join(", ")} changed on this commit.`,
  "files-exist": ({ files }) => `${files.join(", ")} exists on this commit.`,
  "file-gone": ({ path }) => `${path} is gone, as planned.`,
  "no-file": ({ reference }) => `No file on this commit fits "${reference}".`,
  "command-passes": ({ command }) => `\`${command}\` passes on this commit.`,
  unconfirmed: ({ yes, of }) => `Not every review on this commit confirms it (${yes} of ${of}).`,
  confirmed: ({ words }) => words.map((one) => `${one.role}: ${one.said}`).join(" "),
};

const THEN = {
  "no-more": "",
  "a-person-tells": " A reviewer says that the item is met; a person has to tell.",
  "name-it": " Name the test as its runner does.",
} as const;

export function doneWhy(why: DoneWhy): string {
  return said(WHY, why);
}

function ranInWords(ran: Found<"verification" | "checks">): string {
  return ran.id === "verification"
    ? said({ ...VERIFICATION, ...ANY_ITEM }, ran)
    : said({ ...CHECKS, ...ANY_ITEM }, ran);
}
