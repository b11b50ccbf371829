import { describe, expect, it } from "@jest/globals";
import { aTicket, aTicketLedger, TEST_KEY } from "../../test/support/builders.ts";
import type { Entry } from "../core/ledger/chain.ts";
import type { EntryKind } from "../core/ledger/entries.ts";
import { lookAtNeighbours, tellNeighbours } from "./neighbours.ts";
import type { World } from "./world.ts";

/** Open tickets of one repository: which files they write, and who looks again when one of them moves on. */
type Beside = { readonly ticket: string; readonly upTo: EntryKind; readonly phase?: string; readonly broken?: "yes" };

function worldOf(beside: readonly Beside[]) {
  const [nudged, warned]: [string[], unknown[]] = [[], []];
  const ledgers = new Map(
    beside.map(({ ticket, upTo, broken }): [string, Entry[]] => {
      const entries = aTicketLedger(upTo, { ticket: ticket as never });
      return [ticket, broken ? entries.slice(1) : entries];
    }),
  );
  const world = {
    ledgerKeys: TEST_KEY,
    log: { warn: (what: unknown) => warned.push(what) },
    ledgers: { read: async (key: string) => ledgers.get(key) ?? [] },
    index: {
      openIn: async (repository: string) =>
        beside
          .filter(({ ticket }) => ticket.startsWith(`${repository}#`))
          .map(({ ticket, phase = "implementing" }) => ({ ticket, phase, repository })),
    },
    nudge: async (ticket: string, { lane }: { lane: string }) => void nudged.push(`${lane} ${ticket}`),
  } as unknown as World;
  return { world, nudged, warned };
}

describe("neighbours", () => {
  it("are the open tickets of the same repository, without the ticket itself", async () => {
    const { world } = worldOf([
      { ticket: "acme/tally#12", upTo: "planned" },
      { ticket: "acme/tally#20", upTo: "planned" },
      { ticket: "acme/other#21", upTo: "planned" },
      { ticket: "acme/tally#22", upTo: "opened" },
    ]);
    const seen = await lookAtNeighbours(world, aTicket());
    expect(seen.map(({ issue }) => issue)).toEqual([20]);
    expect(seen[0]?.files.length).toBeGreaterThan(0);
  });

  it("are passed over where their ledger is broken, which the operator is told", async () => {
    const { world, warned } = worldOf([
      { ticket: "acme/tally#20", upTo: "planned", broken: "yes" },
      { ticket: "acme/tally#21", upTo: "planned" },
    ]);
    expect((await lookAtNeighbours(world, aTicket())).map(({ issue }) => issue)).toEqual([21]);
    expect(warned).toHaveLength(1);
  });

  it("are the hundred that moved last, where there are more", async () => {
    const many = Array.from({ length: 102 }, (_, at) => ({
      ticket: `acme/tally#${at + 100}`,
      upTo: "planned" as const,
    }));
    const seen = await lookAtNeighbours(worldOf(many).world, aTicket());
    expect([seen.length, seen[0]?.issue, seen.at(-1)?.issue]).toEqual([100, 102, 201]);
  });
});

describe("who waits for the files of a ticket", () => {
  const beside: readonly Beside[] = [
    { ticket: "acme/tally#20", upTo: "planned" },
    { ticket: "acme/tally#21", upTo: "planned", phase: "reviewing" },
    { ticket: "acme/other#22", upTo: "planned" },
  ];
  it.each<[string, EntryKind, readonly string[]]>([
    ["looks again when it has ended", "merged", ["work acme/tally#20"]],
    ["looks again when it waits for a person", "proof_collected", ["work acme/tally#20"]],
    ["is left alone while it is at work", "implemented", []],
    ["is left alone before it has a plan", "routed", []],
  ])("%s", async (_what, upTo, nudged) => {
    const given = worldOf(beside);
    await tellNeighbours(given.world, aTicket(aTicketLedger(upTo)));
    expect(given.nudged).toEqual(nudged);
  });
});
