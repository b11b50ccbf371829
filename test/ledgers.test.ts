import { globSync, readFileSync } from "node:fs";
import { describe, expect, it } from "@jest/globals";
import { entryLine } from "../src/audit/export.ts";
import { replay } from "../src/audit/replay.ts";
import { scorecard } from "../src/audit/scorecard.ts";
import { canonicalJson, firstFault } from "../src/core/ledger/chain.ts";
import { type Entry, entryOf, isKnown, rawOf } from "../src/core/ledger/entry.ts";
import { ledgerKeys } from "../src/core/ledger/ledger-keys.ts";
import { fold } from "../src/core/ticket/fold.ts";
import { KINDS } from "../src/core/ticket/kinds.ts";
import { believable, readThread } from "../src/flow/thread-copy.ts";
import { renderEntries } from "../src/messages/entry.ts";
import { headline } from "../src/messages/headline.ts";
import { readMarker, withMarker } from "../src/messages/marker.ts";
import { ticketPage } from "../src/web/ticket-page.ts";
import type { ThreadComment } from "../src/forge/forge.ts";
import { type Believed, believedOf } from "./support/freeze.ts";

/**
 * Ledgers that real runs wrote, with the comments that carried them, kept for ever: every later version reads, verifies,
 * folds and shows them. A file is added when the format gains something; none is ever changed.
 */
type Frozen = {
  readonly key: string;
  readonly ledgerSecret: string;
  readonly appId: number;
  readonly pull: number | null;
  readonly believed: Believed;
  readonly thread: Readonly<Record<"issue" | "pull" | "reviews", readonly ThreadComment[]>>;
  readonly entries: readonly object[];
};

const frozen = globSync("test/data/ledgers/*.json")
  .sort()
  .map((path) => [path, JSON.parse(readFileSync(path, "utf8")) as Frozen] as const);

function read(entries: readonly unknown[]): Entry[] {
  return entries.map((raw) => {
    const entry = entryOf(raw);
    if (!entry) throw new Error(`This is no entry: ${JSON.stringify(raw).slice(0, 200)}`);
    return entry;
  });
}

describe("ledgers of earlier versions", () => {
  it("are there, and between them hold an entry of every kind", () => {
    expect(frozen.length).toBeGreaterThanOrEqual(22);
    const shown = new Set(frozen.flatMap(([, { believed }]) => believed.kinds));
    // Whoever adds a kind freezes a ledger that has it: see `freezeLedgers`.
    expect(Object.keys(KINDS).filter((kind) => !shown.has(kind))).toEqual([]);
  });

  it.each(frozen)("%s is read, verified and folded as when it was written", (_path, ledger) => {
    const entries = read(ledger.entries);
    expect(entries.filter((entry) => !isKnown(entry))).toEqual([]);
    expect(firstFault(ledgerKeys(ledger.ledgerSecret), ledger.key, entries)).toBeNull();
    const ticket = fold(entries);
    if (!ticket) throw new Error("It folds to no ticket");
    expect(believedOf(ticket, entries)).toEqual(ledger.believed);
  });

  it.each(frozen)("%s is found in its thread, whole and unchanged", async (_path, ledger) => {
    const { key, thread, pull, appId } = ledger;
    const secret = ledgerKeys(ledger.ledgerSecret);
    const access = {
      comments: (number: number) => Promise.resolve([...(number === pull ? thread.pull : thread.issue)]),
      reviews: () => Promise.resolve([...thread.reviews]),
    };
    const copy = await readThread(access, key, pull, appId, secret);
    expect(copy.faults.filter((fault) => fault.nature !== "edited")).toEqual([]);
    const found = believable(copy, key, secret);
    expect(found.map(rawOf)).toEqual(ledger.entries);
  });

  it.each(frozen)("%s is replayed, exported and shown", (_path, ledger) => {
    const entries = read(ledger.entries);
    // Rules may ask for more from now on; what followed from the rules of its time must not look like a forgery later.
    expect(replay(entries).map(({ verdict }) => verdict)).toEqual(entries.map(() => "follows"));
    expect(entries.map((entry) => entryLine(entry, []))).toHaveLength(entries.length);
    expect(() => scorecard([entries])).not.toThrow();
    expect(ticketPage({ entries, fault: null, forgeUrl: null })).toContain(ledger.key);
    expect(entries.filter((one) => renderEntries(entries, [one]).trim() === "")).toEqual([]);
    expect(renderEntries(entries, entries).split("\n\n---\n\n").length).toBeGreaterThanOrEqual(entries.length - 2);
    expect(entries.map((one) => headline(one, "github")).join("\n")).not.toContain("undefined");
  });

  it.each(frozen)("%s is published again with the same bytes inside", (_path, ledger) => {
    const secret = ledgerKeys(ledger.ledgerSecret);
    const entries = read(ledger.entries).slice(0, 5);
    const reading = readMarker(withMarker("words", entries, secret), secret);
    if (reading.state !== "genuine") throw new Error(reading.state);
    expect(reading.entries.map((entry) => canonicalJson(rawOf(entry)))).toEqual(
      ledger.entries.slice(0, 5).map((raw) => canonicalJson(raw)),
    );
  });
});
