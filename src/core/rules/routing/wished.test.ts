import { expect, it } from "@jest/globals";
import { EVIDENCE } from "./evidence.ts";
import { readTicket } from "./text.ts";
import { WISHED } from "./wished.ts";

type Name = keyof typeof WISHED | keyof typeof EVIDENCE;
const SIGNALS = { ...WISHED, ...EVIDENCE };

/** Each signal with a ticket that has it, and one that only looks so. */
it.each<[Name, [title: string, body: string], [title: string, body: string]]>([
  ["text-first-wish", ["Folders", "It would be nice to have them. Now all is in one list."], ["Folders", "They are gone. It would be nice to have them."]], // prettier-ignore
  ["text-first-fault", ["Folders", "They don't open any more. Please have a look."], ["Folders", "Please add them. Files don't fit."]], // prettier-ignore
  ["title-knob", ["Timeout for uploads", ""], ["Timeout is ignored", ""]],
  [
    "title-knob-text-wish",
    ["Level of the log", "It should be possible to set it."],
    ["Level of the log", "It is red."],
  ],
  ["title-capacity", ["Completion from the history", ""], ["Completion fails", ""]],
  [
    "text-seen-no-wish",
    ["Cookies", "Set to a week. After a day they were gone."],
    ["Cookies", "They were for a week. We need a day."],
  ],
  [
    "title-promise-text-seen",
    ["Cookie lifetime limit", "I set it to a week and it ends after a day."],
    ["Cookie lifetime limit", "A week for us, a day for guests."],
  ],
  [
    "title-promise-no-wish",
    ["Names must be in capitals", "Ours stand in small letters."],
    ["Names must be in capitals", "It would look better."],
  ],
  ["title-thing-that", ["Hook that runs before saving", ""], ["Hook runs before saving", ""]],
  ["title-somebody-needs", ["Users want to see who voted", ""], ["Users see who voted", ""]],
  ["title-should-tell", ["Say which file is meant", ""], ["Say which page of the docs is meant", ""]],
  ["title-asks-no-docs", ["How can I see more rows?", "There are ten."], ["How can I see more rows?", "The guide is silent."]], // prettier-ignore
  ["order-and-fault", ["Clear the list after sending", "It still shows the old ones."], ["Clear the list after sending", "Would be tidier."]], // prettier-ignore
  ["should-and-fault", ["Dates should be sorted", "They are not."], ["Dates should be sorted", "Maybe by an option."]],
  ["title-two-for-one", ["Two mails for one order", ""], ["Two columns of dates", ""]],
  ["title-without", ["Video without sound on phones", ""], ["Add a video without sound", ""]],
  ["title-always", ["Check is always red", ""], ["Add a check that is never red", ""]],
  ["text-contrast", ["Sum", "The sum is 41, but the rows make 40."], ["Sum", "Please show the sum, but not the rows."]],
])("%s: %j, not %j", (name, [title, body], [other, text]) => {
  expect(SIGNALS[name].holds(readTicket(title, body))).toBe(true);
  expect(SIGNALS[name].holds(readTicket(other, text))).toBe(false);
});
