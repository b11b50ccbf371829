import { expect, it } from "@jest/globals";
import { SENTENCES } from "./sentences.ts";
import type { Reading } from "./text.ts";

/** What kind of sentence a title is: an order, what people or things do, what became of something, or a thing in its place. */
const kindsOf = (title: string) =>
  Object.entries(SENTENCES).flatMap(([name, { holds }]) =>
    holds({ title, prose: "" } as Reading) ? [name.slice("title-".length)] : [],
  );

it.each<[string, readonly string[]]>([
  ["Count the words", ["orders"]],
  ["Shorten titles in the list", ["orders"]],
  ["Set the limit when it fails", ["orders", "orders-at-fault"]],
  ["Add a missing label", ["orders-at-fault"]],
  ["Rename fields that get lost", ["orders-at-fault"]],
  ["Add a label", []],
  ["Users can see drafts of others", ["people-do", "can-happen"]],
  ["People see a blank page", ["people-do"]],
  ["Let users see drafts", ["orders"]],
  ["Hide drafts that users can see", []],
  ["Tests open twice and stay open", ["things-do"]],
  ["Search complains about dots", ["things-do"]],
  ["Tags get lost", ["things-do", "became"]],
  ["Keep tags sorted", ["orders"]],
  ["Remove what users get", []],
  ["Shows the wrong month", ["no-subject"]],
  ["Stays open after logout", ["things-do", "no-subject"]],
  ["Images vanish", ["things-do", "became"]],
  ["Old prices visible to guests", ["became"]],
  ["Remove images that vanish", []],
  ["Move the button that is missing", ["orders", "orders-at-fault"]],
  ["Drafts can be read by strangers", ["can-happen"]],
  ["My cart is empty", ["first-person"]],
  ["Line numbers in the preview", ["thing-in-place"]],
  ["Same name in the list", ["no-subject"]],
  ["What people can do", ["asks-which"]],
  ["Which files were changed", ["things-do", "asks-which"]],
  ["A guest can leave", ["people-do", "one-can"]],
  ["An organiser may close the list", ["one-can"]],
  ["Admin must be able to sign people out", ["people-do", "one-can"]],
  ["A guest cannot leave", []],
  ["Name stops so guests can find them", ["orders", "what-for"]],
  ["Filters not working", ["not-working"]],
  ["Working on filters", []],
  ["Fix icons in the list", []],
  ["Words", []],
])("%s: %j", (title, kinds) => expect(kindsOf(title)).toEqual(kinds)); // prettier-ignore

it.each([
  ["Is it possible to move it?", true],
  ["Is there a way to keep them?", true],
  ["Any chance of a second column?", true],
  ["It was possible before.", false],
  ["There is no way back.", false],
])("asks whether it can be had: %j %j", (prose, asks) =>
  expect(SENTENCES["text-asks-possible"].holds({ title: "", prose } as Reading)).toBe(asks)); // prettier-ignore
