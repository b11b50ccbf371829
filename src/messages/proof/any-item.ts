import type { UnreadFacts } from "../../core/ticket/proof-fact-parts.ts";
import type { AnyItemFacts } from "../../core/ticket/proof-facts.ts";
import { said, type Sentences } from "./by-code.ts";
import { names } from "./spelled.ts";

/** What can be found whatever the item. */
export const ANY_ITEM: Sentences<AnyItemFacts> = {
  unread: ({ files, why }) =>
    files === null
      ? `This change could not be read (${said(UNREAD, why)}), so nothing is known about it. Split it into smaller changes, or have a person review it.`
      : `${names(files)} could not be read (${said(UNREAD, why)}), so nothing is known about it.`,
  "no-ticket": () => "There is no ticket here, so nobody was asked.",
  "no-plan-given": ({ at }) => (at === "desk" ? "No plan was given (--plan)." : "No ticket planned this change."),
};

const UNREAD: Sentences<UnreadFacts> = {
  so: ({ why }) => why,
  "no-text": () => "it is no text in any encoding that is known here",
  gone: () => "the thread that read it broke off",
  silent: ({ seconds }) => `reading it took more than ${seconds} seconds`,
  starved: () => "this machine was too busy to read it",
  stack: () => "it is nested too deeply",
  size: () => "a text or list that it leads to is larger than can be held",
  memory: ({ mb }) => `reading it took more than ${mb} MB of memory`,
};
