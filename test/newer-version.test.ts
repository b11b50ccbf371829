import { describe, expect, it } from "@jest/globals";
import { compareCopies } from "../src/audit/compare.ts";
import { artifactsOf, entryLine } from "../src/audit/export.ts";
import { dueNow, replay } from "../src/audit/replay.ts";
import { scorecard } from "../src/audit/scorecard.ts";
import { soundPart } from "../src/audit/sound.ts";
import { canonicalJson, firstFault, link } from "../src/core/ledger/chain.ts";
import type { EntryKind } from "../src/core/ledger/entries.ts";
import { type Entry, entryOf, kindOf, rawOf } from "../src/core/ledger/entry.ts";
import { decide } from "../src/core/rules/decide.ts";
import { isLeftToNewer } from "../src/core/rules/newer.ts";
import type { Trigger } from "../src/core/rules/trigger.ts";
import { fold } from "../src/core/ticket/fold.ts";
import type { Ticket } from "../src/core/ticket/ticket.ts";
import { renderEntries } from "../src/messages/entry.ts";
import { headline } from "../src/messages/headline.ts";
import { readMarker, withMarker } from "../src/messages/marker.ts";
import { publications } from "../src/messages/split-comments.ts";
import { informing } from "../src/messages/replies.ts";
import { statusComment } from "../src/messages/status.ts";
import { summaryOf } from "../src/web/summary.ts";
import { ticketPage } from "../src/web/ticket-page.ts";
import { aDraft, TEST_KEY, TEST_START, TEST_TICKET } from "./support/builders.ts";
import { factsAs, issueAs } from "./support/ledgers.ts";
import { BEYOND, ESCORTED, linkRaw, NEW_FIELDS, readRaw } from "./support/newer.ts";

/**
 * In a rolling update two versions work on the same tickets. What a newer one wrote is read without damage: kept as it
 * stands, never called forged, and never acted on by who does not understand it.
 */
function ticketOf(entries: readonly Entry[]): Ticket {
  const ticket = fold(entries);
  if (!ticket) throw new Error("It folds to no ticket");
  return ticket;
}

const raw = linkRaw(NEW_FIELDS);
const verdicts = (entries: readonly Entry[]) => replay(entries).map((one) => one.verdict);
/** What the rules make of the same story without anything new in it. */
const plainVerdicts = verdicts(readRaw(linkRaw(NEW_FIELDS.map(({ kind }) => aDraft(kind as EntryKind)))));

describe("a field that came later", () => {
  const entries = readRaw(raw);

  it("breaks neither the chain nor what is believed", () => {
    expect(entries.map(kindOf)).toEqual(NEW_FIELDS.map(({ kind }) => kind));
    expect(firstFault(TEST_KEY, TEST_TICKET, entries)).toBeNull();
    expect(ticketOf(entries)).toMatchObject({ newer: null, length: 4, plan: { approvedBy: "alice" } });
    expect(decide(ticketOf(entries), factsAs({ issue: issueAs({ textHash: ticketOf(entries).text.hash }) })).do).toBe(
      "step",
    );
  });

  it("is kept in the marker, the audit log and under the next entry", () => {
    const reading = readMarker(withMarker("words", entries, TEST_KEY), TEST_KEY);
    expect("entries" in reading && reading.entries.map(rawOf)).toEqual(raw);
    expect(entries.map((entry) => entryLine(entry, []))).toEqual(raw.map((entry) => ({ type: "entry", entry })));
    const more = link(TEST_KEY, TEST_TICKET, entries, [aDraft("stopped")], TEST_START);
    expect(firstFault(TEST_KEY, TEST_TICKET, [...entries, ...more])).toBeNull();
  });

  it("is sealed like every other: changed or taken out, the entry is found", () => {
    const { epic: _epic, ...data } = (raw[1] as { data: { epic: null } }).data;
    const { via: _via, ...without } = raw[1] as { via?: string };
    for (const changed of [{ ...raw[1], data }, { ...raw[1], via: "door" }, without]) {
      const edited = readRaw(raw.map((entry, index) => (index === 1 ? changed : entry)));
      expect(firstFault(TEST_KEY, TEST_TICKET, edited)).toMatchObject({
        seq: 2,
        problem: expect.stringMatching(/changed/),
      });
    }
  });

  it("leaves the replay as it was", () => {
    expect(verdicts(entries)).toEqual(plainVerdicts);
  });
});

describe.each(BEYOND)("%s that came later", (_what, body) => {
  const written = linkRaw([...NEW_FIELDS, body, aDraft("commanded")]);
  const entries = readRaw(written);
  const ticket = ticketOf(entries);
  const words = /newer version/i;

  it("is kept byte for byte, and the chain holds", () => {
    expect(entries.map(rawOf)).toEqual(written);
    expect(entries.map(kindOf)[4]).toBe(body.kind);
    expect(firstFault(TEST_KEY, TEST_TICKET, entries)).toBeNull();
    expect(soundPart(TEST_TICKET, entries, null).fault).toBeNull();
    const reading = readMarker(withMarker("words", entries, TEST_KEY), TEST_KEY);
    expect("entries" in reading && canonicalJson(reading.entries.map(rawOf))).toBe(canonicalJson(written));
  });

  it("is no difference between two copies", () => {
    const standing = entries.map(
      (entry) => [entry.seq, { entry: entryOf(rawOf(entry)) as Entry, place: "comment 1" }] as const,
    );
    const thread = { entries: new Map(standing), comments: [], faults: [] };
    const copies = { key: TEST_TICKET, stored: entries, thread, ledgerKeys: TEST_KEY, published: entries.length };
    expect(compareCopies(copies)).toEqual({ outcome: "equal", entries: 6, unpublished: 0 });
  });

  it("folds to itself: what stood before it stands, and what comes after it is understood", () => {
    const before = ticketOf(entries.slice(0, 4));
    const end = { length: 5, head: entries[4]?.hash };
    expect(ticketOf(entries.slice(0, 5))).toEqual({ ...before, ...end, newer: { seq: 5, kind: body.kind } });
    expect(ticket).toMatchObject({ length: 6, newer: { seq: 5, kind: body.kind } });
    expect(ticket.sources).toContain("comment:105");
  });

  it("is waited over, whatever GitHub shows", () => {
    const closed = factsAs({ issue: issueAs({ state: "closed" }) });
    for (const facts of [factsAs(), closed])
      expect(decide(ticket, facts)).toMatchObject({
        do: "wait",
        for: "newer-version",
        why: { code: "left-to-newer", facts: { seq: 5, kind: body.kind } },
      });
  });

  it("is named wherever people look", () => {
    expect(renderEntries(entries, entries)).toMatch(words);
    expect(headline(entries[4] as Entry, "github")).toMatch(words);
    expect(
      publications(entries)
        .map((one) => one.visible)
        .join(),
    ).toMatch(words);
    expect(statusComment(ticket)).toMatch(words);
    expect(informing("explain", ticket, entries)).toMatch(words);
    expect(informing("status", ticket, entries)).toMatch(words);
    expect(ticketPage({ entries, fault: null, forgeUrl: null })).toMatch(words);
    expect(summaryOf(entries)).toMatchObject({ key: TEST_TICKET });
    expect(dueNow(ticket, entries)).toMatch(words);
  });

  it("is neither explained nor accused by the replay", () => {
    expect(replay(entries).map(({ kind, verdict }) => [kind, verdict])).toEqual([
      ...NEW_FIELDS.map(({ kind }, index) => [kind, plainVerdicts[index]]),
      [body.kind, "newer"],
      ["commanded", "newer"],
    ]);
    expect(entryLine(entries[4] as Entry, [])).toEqual({ type: "entry", entry: written[4] });
    expect(artifactsOf(entries)).toHaveLength(2);
    expect(scorecard([entries]).map((one) => one.role)).toEqual(["architect"]);
  });
});

describe("what people say on a ticket that is left to a newer version", () => {
  const ticket = ticketOf(readRaw(linkRaw([...NEW_FIELDS, ESCORTED])));
  const common = {
    source: "comment:9",
    forge: { kind: "github" as const, installationId: 7, repositoryId: 70 },
    defaultBranch: "main",
  };
  const said = (body: string): Trigger => ({
    ...common,
    kind: "commented",
    by: { login: "mona", id: 1, type: "User" },
    commentId: 9,
    body,
    issue: issueAs(),
  });

  it.each(["/coop status", "/coop explain", "/coop help", "/coop stop"])("%s is heard", (body) => {
    expect(isLeftToNewer(ticket, said(body))).toBe(false);
  });

  it.each(["/coop approve", "/coop park", "/coop rework this", "/coop budget +1", "/coop nonsense", "Yes."])(
    "%s is kept for it",
    (body) => expect(isLeftToNewer(ticket, said(body))).toBe(true),
  );

  it("is heard as always when nothing is beyond this version", () => {
    expect(isLeftToNewer(ticketOf(readRaw(raw)), said("/coop approve"))).toBe(false);
    expect(isLeftToNewer(null, said("/coop approve"))).toBe(false);
  });
});

describe("what is no entry of any version", () => {
  it.each([
    ["nothing", null],
    ["a text", "entry"],
    ["no envelope", { kind: "opened", data: {} }],
    ["a place that is none", { ...raw[0], seq: 0 }],
    ["a ticket that is none", { ...raw[0], ticket: "nowhere" }],
    ["no kind", { ...raw[0], kind: undefined }],
  ])("%s", (_what, value) => expect(entryOf(value)).toBeNull());

  it("an entry of another format is not believed, and the sentence says why", () => {
    const [other] = readRaw([{ ...raw[0], v: 3 }]);
    expect(firstFault(TEST_KEY, TEST_TICKET, [other as Entry])).toEqual({
      seq: 1,
      problem: "is of format 3, which needs a newer version",
    });
  });
});
