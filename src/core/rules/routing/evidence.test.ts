import { describe, expect, it } from "@jest/globals";
import { EVIDENCE } from "./evidence.ts";
import { readTicket } from "./text.ts";

const told = (title: string, body: string) =>
  Object.entries(EVIDENCE).filter(([, one]) => one.holds(readTicket(title, body))).map(([name]) => name); // prettier-ignore

describe("what speaks of a fault though the title orders something", () => {
  it.each([
    ["Make sure that the lock is released", "If the callback throws, the next caller hangs.", ["text-seen-go-wrong", "sure-and-seen", "text-first-fault", "order-and-fault"]], // prettier-ignore
    ["Handle an empty body", "The client ends with a SyntaxError.", ["text-error-name", "sure-and-seen"]],
    ["Arm64 image", "The one of 5.1 works, 5.2.0 does not start.", ["text-elsewhere"]],
    ["Respect NO_COLOR", "Colours are printed although it is set.", ["text-elsewhere", "text-contrast"]],
    ["Safari: date picker", "It opens behind the dialog.", ["text-seen-go-wrong"]],
    // Wishes, some of which speak of faults as well.
    ["Retry failed uploads", "When the network breaks, people start again by hand.", []],
    ["Handle several currencies", "So far only euro can be chosen.", []],
    ["Make sure that admins see changes", "I would like a page for it; today the list hangs on a wall.", []],
    ["Split cart.js", "Nobody finds anything in it.", []],
  ] as const)("%s: %s", (title, body, expected) => expect(told(title, body)).toEqual(expected));
});
