import { afterAll, afterEach, describe, expect, it } from "@jest/globals";
import { closeShared, strike } from "../../support/scenario.ts";
import type { WireName } from "./encode.ts";
import { failuresOf } from "./odd-tickets.check.ts";
import { ALWAYS, inTickets, ONCE, TOO_LARGE } from "./odd-tickets.ts";
import { halted, offered, tried } from "./offers.check.ts";
import type { OddTicket } from "./ticket.ts";

/**
 * Odd answers in the middle of whole tickets. The ticket comes to its end without a person, nothing is paid twice, nothing
 * goes back that a provider refuses, and ledger, journal and provider name the same sum.
 */
const WIRES: readonly WireName[] = ["openai-chat", "anthropic", "openai-responses"];
const MINUTES_MAX = 10;

afterEach(strike);
afterAll(closeShared);

describe.each([...WIRES.entries()])("%i, over %s, a ticket", (nth, wire) => {
  it.each<[string, readonly OddTicket[]]>([
    ["with odd answers in a row", ONCE],
    ["that is too large", TOO_LARGE.filter((_, index) => index % WIRES.length === nth)],
  ])(
    "%s comes to its end",
    async (_name, all) => {
      const failures: string[] = [];
      for (const [index, odds] of inTickets(all).entries()) {
        failures.push(...(await failuresOf(odds, wire, index % 2 === 0 ? "streamed" : "whole")));
        await strike();
      }
      expect(failures).toEqual([]);
    },
    MINUTES_MAX * 60_000,
  );
});

describe("what no waiting ends halts a ticket", () => {
  it.each([...ALWAYS.entries()].map(([nth, odd]) => [odd.to, odd.name, nth, odd] as const))(
    "when for the %s %s, and each command that the halt offers helps (%i)",
    async (_to, _name, nth, odd) => {
      const wire = WIRES[nth % WIRES.length] ?? "openai-chat";
      const first = await halted(odd, wire);
      expect(first.told).toMatch(odd.tells ?? /./);
      const offers = offered(first.next);
      expect(offers).toContain("/coop stop");
      expect(offers.length).toBeGreaterThan(1);
      const failures: string[] = [];
      for (const [nth, offer] of offers.entries()) {
        if (nth > 0) await strike();
        failures.push(...(await tried(offer, odd, nth === 0 ? first : await halted(odd, wire))));
      }
      expect(failures).toEqual([]);
    },
    MINUTES_MAX * 60_000,
  );
});
