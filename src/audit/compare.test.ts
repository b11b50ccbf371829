import { describe, expect, it } from "@jest/globals";
import { aDraft, aTicketLedger, entriesOf, TEST_KEY, TEST_TICKET } from "../../test/support/builders.ts";
import { type Entry, sha256 } from "../core/ledger/chain.ts";
import type { ThreadCopy, ThreadFault } from "../flow/thread-copy.ts";
import { compareCopies } from "./compare.ts";

const LEDGER = aTicketLedger();
const END = LEDGER.length;

function published(entries: readonly Entry[], faults: readonly ThreadFault[] = []): ThreadCopy {
  return {
    entries: new Map(entries.map((entry) => [entry.seq, { entry, place: `comment ${entry.seq}` }])),
    comments: [],
    faults,
  };
}

const compare = (stored: readonly Entry[], thread: ThreadCopy, upTo = 0) =>
  compareCopies({ key: TEST_TICKET, stored, thread, ledgerKeys: TEST_KEY, published: upTo });

const changed = (seq: number) =>
  LEDGER.map((entry) => (entry.seq === seq ? ({ ...entry, data: { ...entry.data, by: "mallory" } } as Entry) : entry));
const without = (...seqs: number[]) => LEDGER.filter((entry) => !seqs.includes(entry.seq));
const fault = (nature: ThreadFault["nature"], seq: number): ThreadFault => ({
  ...{ nature, seq, place: "comment 9", problem: "was touched", contentHash: sha256("x"), by: null },
});
const other = entriesOf([
  ...aTicketLedger("planned").map(({ kind, data }) => ({ kind, data }) as never),
  aDraft("stopped"),
]);

describe("comparing the copies of a ledger", () => {
  it("finds equal ones equal", () => {
    expect(compare(LEDGER, published(LEDGER), END)).toEqual({ outcome: "equal", entries: END, unpublished: 0 });
  });

  it("does not miss what is not published yet, but misses what was", () => {
    const early = published(LEDGER.slice(0, -2));
    expect(compare(LEDGER, early, END - 2)).toEqual({ outcome: "equal", entries: END, unpublished: 2 });
    expect(compare(LEDGER, early, END)).toMatchObject({
      first: { seq: END - 1, where: "thread" },
      others: [{ seq: END }],
    });
  });

  it.each([
    ["a changed row", changed(2), published(LEDGER), 2, "routed", "database", "was changed"],
    [
      "a row whose signature is not ours",
      LEDGER.map((one) => (one.seq === 3 ? { ...one, sig: LEDGER[0]?.sig } : one)),
      published(LEDGER),
      3,
      "planned",
      "database",
      "not written by this server",
    ],
    [
      "a row that is gone from the middle",
      without(4),
      published(LEDGER),
      4,
      "plan_approved",
      "database",
      "carries number 5 where 4 is due",
    ],
    [
      "a chain that was shortened",
      LEDGER.slice(0, -1),
      published(LEDGER),
      END,
      "merged",
      "database",
      "whose chain is shorter",
    ],
    ["an empty database", [], published(LEDGER), 1, "opened", "database", "not in the database"],
    ["a missing comment", LEDGER, published(without(5)), 5, "implemented", "thread", "missing in the thread"],
    [
      "two genuine entries under one number",
      LEDGER,
      published(LEDGER.map((one) => (one.seq === 4 ? (other[3] as Entry) : one))),
      4,
      "stopped",
      "thread",
      "two different entries",
    ],
    [
      "an edited text",
      LEDGER,
      published(LEDGER, [fault("edited", 3)]),
      3,
      "planned",
      "thread",
      "comment 9 was touched",
    ],
  ] as const)("names %s", (_name, stored, thread, seq, kind, where, how) => {
    expect(compare(stored, thread)).toMatchObject({
      outcome: "different",
      first: { seq, kind, where, how: expect.stringContaining(how) },
    });
  });

  it("tells a stranger's forgery last: it changes neither copy", () => {
    const verified = compare(LEDGER, published(without(5), [fault("stranger", 1)]));
    expect(verified).toMatchObject({ first: { seq: 5 }, others: [{ seq: 1 }] });
  });
});
