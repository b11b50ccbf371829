import { expect, it } from "@jest/globals";
import { readTicket } from "./text.ts";
import { TURNS } from "./turns.ts";

type TurnName = keyof typeof TURNS;
const holds = (name: TurnName, title: string, body: string) => TURNS[name].holds(readTicket(title, body));

/** Each turn with a ticket that has it, and one that only looks so. */
it.each<[TurnName, string, string]>([
  ["title-better-message", "Clearer message for a bad date", "Message about a bad date"],
  ["title-code-fault", "Inconsistent naming of handlers", "Inconsistent units on the page"],
  ["fix-code", "Fix lint warnings", "Fix the flaky tests"],
  ["title-hard-coded", "Hard-coded addresses", "Hard drive is full"],
  ["title-dependencies", "Dependency update", "Update the logo"],
  ["title-renews", "Upgrade to Java 21", "Upgrade button is grey"],
  ["title-test-work", "Add unit tests for the parser", "Tests fail on Windows"],
  ["title-leads-to", "Zooming resets the colours", "Add resets of colours"],
  ["title-doing", "Renaming a folder hides its files", "Renaming folders with one click"],
  ["title-doing", "Sorting changes the width", "Adding a width changes nothing"],
  ["title-compatible", "Incompatible with Node 22", "Works with Node 22"],
  ["title-looks-off", "Labels are misaligned", "Labels are long"],
  ["title-look", "New layout for the list", "Layout is broken"],
  ["title-renovates", "Improve the layout of the list", "Layout of the list"],
  ["title-asks-for", "Is it possible to add a column?", "Add a column"],
  ["title-clear-words", "Make it clear that root is needed", "Make it blue"],
  ["title-instructions", "Installation instructions", "Window sizes"],
  ["title-repeats", "Two mails for one order", "Mail for an order"],
  ["title-should-not", "Views should not run queries", "Views should run queries"],
  ["title-tooling", "Set up dependabot", "Set up a table"],
])("%s: %j, not %j", (name, title, other) => {
  expect(holds(name, title, "")).toBe(true);
  expect(holds(name, other, "")).toBe(false);
});

it.each<[TurnName, string, string]>([
  ["text-better-message", "A more helpful error would do.", "It prints an error."],
  ["text-hard-coded", "The path is hardcoded.", "The path is long."],
  ["text-looks-off", "The icon is shifted to the left.", "The icon is green."],
  ["text-asks-help", "Any idea what is going on?", "Nothing is going on."],
  ["text-to-mend", "Please debug and fix.", "Bugs are small animals."],
  ["text-wants-words", "There is nothing about it in the docs.", "There is nothing in the basket."],
  ["text-begins-making", "Add a switch for it.", "It has no switch to add."],
  ["text-begins-reshaping", "Move it into a module.", "It does not move."],
  ["title-noun-text-wish", "I would like to have folders.", "Folders vanish."],
  ["title-noun-text-fault", "They don't open any more.", "They open in a row."],
  ["text-complains-only", "It stays grey after a click.", "It would be better if it stays grey."],
])("%s: text %j, not %j", (name, body, other) => {
  expect(holds(name, "Folders", body)).toBe(true);
  expect(holds(name, "Folders", other)).toBe(false);
});
