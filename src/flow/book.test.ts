import { describe, expect, it } from "@jest/globals";
import { aDraft, TEST_TICKET } from "../../test/support/builders.ts";
import { draft, OPENED, READY, ROUTED, sha, ticketOf } from "../../test/support/ledgers.ts";
import type { Entry } from "../core/ledger/chain.ts";
import type { EntryDraft } from "../core/ledger/entries.ts";
import { append, readBook, readOther, rowOf } from "./book.ts";
import { paper } from "./thread.fixture.ts";
import type { World } from "./world.ts";

const NOW = new Date("2026-06-01T00:00:00Z");

describe("a ledger", () => {
  /** One whose entries somebody changed in the database. */
  function stage(change: (entries: readonly Entry[]) => readonly Entry[] = (same) => same) {
    const there = paper(ROUTED);
    const warned: object[] = [];
    const world = {
      ...there.world,
      log: { info: () => undefined, warn: (about: object) => void warned.push(about) },
      ledgers: { ...there.world.ledgers, read: async () => change(there.book().entries) },
    } as unknown as World;
    return { ...there, world, warned };
  }
  const changed = (entries: readonly Entry[]) =>
    entries.map((one, at) => (at === entries.length - 1 ? { ...one, prev: sha(9) } : one)) as Entry[];

  it("is read with what is believed of it", async () => {
    const { key, ref, entries, ticket } = await readBook(stage().world, TEST_TICKET);
    expect([key, ref.number, entries.length, ticket?.length]).toEqual([TEST_TICKET, 12, 2, 2]);
  });

  it("is not read once it was changed in the database, and the sentence says what to do", async () => {
    const { world } = stage(changed);
    await expect(readBook(world, TEST_TICKET)).rejects.toMatchObject({
      name: "LedgerBroken",
      message: expect.stringMatching(
        /^The ledger of acme\/tally#12 is broken in the database: entry 2 .+ Run "coop verify acme\/tally#12"\.$/,
      ),
    });
  });

  it("of another ticket is passed over where it is broken, which the operator is told", async () => {
    const whole = stage();
    expect(await readOther(whole.world, TEST_TICKET)).toMatchObject({ key: TEST_TICKET });
    const { world, warned } = stage(changed);
    expect(await readOther(world, TEST_TICKET)).toBe("broken");
    expect(warned).toEqual([{ ticket: TEST_TICKET, error: expect.stringContaining("is broken in the database") }]);
    const away = { ...world, ledgers: { ...world.ledgers, read: () => Promise.reject(new Error("away")) } } as World;
    await expect(readOther(away, TEST_TICKET)).rejects.toThrow("away");
  });

  it("grows by what was decided on it, and by nothing where another worker was faster", async () => {
    const { world, book } = stage();
    const before = book();
    const after = await append(world, before, [draft("halted")]);
    expect(after === "stale" ? after : after.entries.map(({ kind }) => kind)).toEqual(["opened", "routed", "halted"]);
    expect(await append(world, before, [draft("halted")])).toBe("stale");
    expect(await append(world, before, [])).toBe(before);
  });

  it("holds no secret of the server, wherever a model or a person has put it", async () => {
    const { world, book } = stage();
    const redact = (text: string) => text.replaceAll("hunter2", "***");
    const said = aDraft("commanded", { args: "hunter2", reply: "It is hunter2.", outcome: "informed" });
    const after = await append({ ...world, redact }, book(), [said]);
    expect(JSON.stringify(after)).not.toContain("hunter2");
    expect(after === "stale" ? null : after.entries.at(-1)?.data).toMatchObject({ args: "***", reply: "It is ***." });
  });
});

describe("what a list shows of a ticket", () => {
  const row = (drafts: readonly EntryDraft[]) => rowOf(ticketOf(...drafts), NOW);

  it("is all there before anything is written", () => {
    expect(row(OPENED)).toEqual({
      ...{ ticket: TEST_TICKET, repository: "acme/tally", issueNumber: 12, pullNumber: null, headSha: null },
      ...{ installationId: 7, phase: "planning", standing: "open", updatedAt: NOW },
      shown: { title: expect.any(String), type: "feature", round: 0, costMicroUsd: 0 },
    });
  });

  it("tells of its pull request, round and cost", () => {
    const rounds = [...READY, draft("rework_requested"), draft("implemented", { round: 1, headSha: sha(3) })];
    expect(row(rounds)).toMatchObject({
      ...{ pullNumber: 8, headSha: sha(3), standing: "open" },
      shown: { round: 1, costMicroUsd: ticketOf(...rounds).spend.costMicroUsd },
    });
    expect(row(rounds).shown?.costMicroUsd).toBeGreaterThan(0);
  });

  it("is closed once it has ended, and belongs to no installation at a desk", () => {
    expect(row([...READY, draft("stopped")]).standing).toBe("closed");
    const desk = draft("opened", { forge: { kind: "desk" } } as never);
    expect(row([desk]).installationId).toBeNull();
  });
});
