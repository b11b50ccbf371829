import { describe, expect, it } from "@jest/globals";
import { aTicketLedger, entriesOf, TEST_KEY, TEST_TICKET } from "../../test/support/builders.ts";
import { draft, PLANNED } from "../../test/support/ledgers.ts";
import type { Entry } from "../core/ledger/chain.ts";
import type { EntryKind } from "../core/ledger/entries.ts";
import { ForgeAway } from "../forge/forge.ts";
import { haltRefused, UNSAID_DAYS_MAX } from "./halt-refused.ts";
import { Quiet, REFUSALS_MIN, REFUSED_MS } from "./quiet.ts";
import type { World } from "./world.ts";

/** A refusal ends in one halt when it has come often enough for long enough, and only where somebody can act on it. */
const REFUSED = new ForgeAway("The repository is archived.", null, "not-done", "refused");

async function refused(
  ledger: readonly Entry[],
  error: unknown = REFUSED,
  times = REFUSALS_MIN,
  apartMs = REFUSED_MS,
  given: Given = {},
) {
  const { posted = null, waiting = [] } = given;
  const dropped: string[] = [];
  let at = Date.parse("2026-03-02T12:00:00Z");
  const entries = [...ledger];
  const world = {
    ledgerKeys: TEST_KEY,
    ...{
      quiet: new Quiet(() => at),
      now: () => new Date(at),
      redact: (text: string) => text,
      log: { info: () => undefined },
    },
    publications: { list: async () => (posted === null ? [] : [{ state: "posted", lastSeq: posted }]) },
    inbox: {
      pending: async () => waiting.map((receivedAt, index) => ({ source: `comment:${index}`, receivedAt })),
      setAside: async (_key: string, source: string) => void dropped.push(source),
    },
    ledgers: {
      read: async () => entries,
      append: async (_key: string, length: number, more: readonly Entry[]) => {
        if (length !== entries.length) return "stale";
        entries.push(...more);
        return "appended";
      },
    },
  } as unknown as World;
  const stands: string[] = [];
  for (let time = 0; time < times; time++, at += apartMs)
    stands.push(await haltRefused(world, TEST_TICKET, "work", error));
  return { stands, added: entries.slice(ledger.length), dropped };
}

type Given = { readonly posted?: number; readonly waiting?: readonly Date[] };

const upTo = (kind: EntryKind) => aTicketLedger(kind);

it("stands still after some refusals, with the forge's own sentence, and says so once", async () => {
  const { stands, added } = await refused(upTo("planned"), REFUSED, REFUSALS_MIN + 1);
  expect(stands).toEqual([...Array.from({ length: REFUSALS_MIN - 1 }, () => "may-pass"), "changed", "may-pass"]);
  expect(added.map(({ kind, data }) => [kind, data])).toEqual([
    ["halted", expect.objectContaining({ because: { code: "forge-refuses", facts: { reason: REFUSED.message } } })],
  ]);
});

it.each(["Unable to create comment because issue is locked.", "Unprocessable Entity: lock prevents review"])(
  "stands still at once for a lock, whose end is seen by itself: %s",
  async (reason) => {
    const error = new ForgeAway(`GitHub refused (403) while writing: ${reason}`, null, "not-done", "refused");
    const { stands, added } = await refused(upTo("planned"), error, 1);
    const because = { code: "conversation-locked", facts: {} };
    expect([stands, added[0]?.data]).toEqual([["changed"], expect.objectContaining({ because })]);
  },
);

it.each<[string, readonly Entry[], unknown, number, number]>([
  ["one that comes too seldom", upTo("planned"), REFUSED, REFUSALS_MIN - 1, REFUSED_MS],
  ["some at one moment", upTo("planned"), REFUSED, REFUSALS_MIN, 0],
  ["a forge that is away", upTo("planned"), new ForgeAway("away", null, "not-done"), REFUSALS_MIN, REFUSED_MS],
  ["a repository that is locked", upTo("planned"), new ForgeAway("Repository is locked", null, "not-done", "refused"), 1, 0], // prettier-ignore
  ["another error", upTo("planned"), new Error("broken"), REFUSALS_MIN, REFUSED_MS],
  ["a ticket that ended", upTo("merged"), REFUSED, REFUSALS_MIN, REFUSED_MS],
  ["what is no ticket", [], REFUSED, REFUSALS_MIN, REFUSED_MS],
])("goes on after %s", async (_what, ledger, error, times, apartMs) => {
  const { stands, added } = await refused(ledger, error, times, apartMs);
  expect([stands.filter((one) => one === "changed"), added]).toEqual([[], []]);
});

const DAY_MS = 24 * 60 * 60_000;
const HALTED = entriesOf([...PLANNED, draft("halted", { reason: "budget" })]);
const before = (days: number) => new Date(Date.parse("2026-03-02T12:00:00Z") - days * DAY_MS);

describe("what nobody can be told", () => {
  const often = REFUSALS_MIN + 1;
  it("stands still for a month, then ends, and is left alone a day later", async () => {
    const { stands, added } = await refused(HALTED, REFUSED, often, UNSAID_DAYS_MAX * DAY_MS);
    expect(stands).toEqual(["may-pass", "may-pass", "may-pass", "changed", "over"]);
    const because = { code: "refused-too-long", facts: { days: UNSAID_DAYS_MAX } };
    expect(added.map(({ kind, data }) => [kind, data])).toEqual([["stopped", expect.objectContaining({ because })]]);
  });

  it("does not end a ticket whose thread shows all of it, nor one whose last word is younger", async () => {
    const said = await refused(HALTED, REFUSED, often, UNSAID_DAYS_MAX * DAY_MS, { posted: HALTED.length });
    const young = await refused(HALTED, REFUSED, often, REFUSED_MS);
    expect([...said.stands, ...young.stands].filter((one) => one !== "may-pass")).toEqual([]);
  });

  it("goes on by itself where the App was let out, and says so", async () => {
    const away = new ForgeAway("GitHub gave no token: Not Found", null, "not-done", "out-of-reach");
    const { added } = await refused(upTo("planned"), away);
    expect(added[0]?.data).toMatchObject({ because: { code: "repository-away" }, reason: "github-refused" });
  });

  it("is dropped after a day where there is no ticket", async () => {
    const { dropped } = await refused([], REFUSED, REFUSALS_MIN, REFUSED_MS, { waiting: [before(2), before(0.5)] });
    expect(dropped).toEqual(["comment:0"]);
  });
});
