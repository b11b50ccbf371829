import { expect, it } from "@jest/globals";
import type { Stuck } from "../messages/stuck.ts";
import { stuckTickets } from "./stuck.ts";

const failed = (number: number): Stuck => ({ ticket: `acme/tally#${number}`, lane: "work", why: "", at: new Date(0) });
const shown = (stuck: readonly Stuck[]) => stuckTickets(stuck)?.html ?? "";
const many = (count: number) => Array.from({ length: count }, (_, at) => failed(at + 1));

it("names ten stuck tickets above the list, each once, and counts the others", () => {
  expect(stuckTickets([])).toBeNull();
  expect(shown([failed(1), { ...failed(1), lane: "guard" }])).toContain("1 ticket is stuck:");
  expect(shown(many(10))).toMatch(/acme\/tally#10<\/a>\.\s/);
  expect(shown(many(11))).toMatch(/acme\/tally#10<\/a> and 1 more\./);
});
