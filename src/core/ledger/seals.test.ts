import { readFileSync } from "node:fs";
import { describe, expect, it } from "@jest/globals";
import { entriesOf, storyDrafts, TEST_START as AT, TEST_TICKET as TICKET } from "../../../test/support/builders.ts";
import { type Entry, firstFault, link } from "./chain.ts";
import { entryOf } from "./entry.ts";
import { ledgerKeys, publicKeys, readPublicKey, shownKey } from "./ledger-keys.ts";
import { keyInForce, withKeysOf } from "./seals.ts";

const FIRST = ledgerKeys("the first secret of a server");
const SECOND = ledgerKeys("the second secret of a server", ["the first secret of a server"]);
/** A process of the same server that was not restarted with the second one yet. */
const BEHIND = FIRST;
const STRANGER = ledgerKeys("a secret that somebody else chose");
const [key = "", second = ""] = [FIRST.trusted[0], SECOND.trusted[0]];
const story = storyDrafts();
const signed = entriesOf(story, { key: FIRST });
const went = entriesOf(story, { key: SECOND, after: signed.slice(0, 3) });

const old = JSON.parse(readFileSync("test/data/ledgers/2026-11-bug.json", "utf8")) as {
  key: string;
  ledgerSecret: string;
  entries: object[];
};
const unsigned = old.entries.map((raw) => entryOf(raw) as Entry);
const server = ledgerKeys(old.ledgerSecret);
const continued = [...unsigned, ...link(server, old.key, unsigned, story.slice(-1), AT)];

describe("who is believed", () => {
  it.each([
    ["the server itself", FIRST, signed, null],
    ["anybody with its public key", publicKeys([key]), signed, null],
    ["nobody with another key", publicKeys([second]), signed, 1],
    ["a server with a new secret that knows the one before", SECOND, signed, null],
    ["a server with a new secret that does not", ledgerKeys("the second secret of a server"), signed, 1],
    ["a key that the one before it hands over to", publicKeys([key]), went, null],
    ["the same, by a process that has the first secret alone", BEHIND, went, null],
    ["not what was before, by whoever has only the later key", publicKeys([second]), went, 1],
    ["both keys, given by hand", publicKeys([second, key]), went, null],
    [
      "a key that nobody handed over to",
      publicKeys([key]),
      entriesOf(story, { key: STRANGER, after: signed.slice(0, 3) }),
      4,
    ],
    ["entries of before they were signed, by their secret", server, unsigned, null],
    ["the same, by another secret", FIRST, unsigned, 1],
    ["the same with signed ones behind them, by the public key", publicKeys(server.trusted), continued, null],
  ] as const)("%s", (_who, keys, entries, seq) => {
    const ticket = entries[0]?.ticket ?? "";
    expect(firstFault(keys, ticket, entries)?.seq ?? null).toBe(seq);
    expect(firstFault(keys, ticket, entries, "last")?.seq ?? null).toBe(seq);
  });

  it("is never who only verifies: without a secret nothing can be written", () => {
    expect(() => link(publicKeys([key]), TICKET, signed, story.slice(-1), AT)).toThrow(/nothing can be written/);
  });
});

describe("a ledger whose key changes", () => {
  it("names its key in the first entry and where it changes, and nowhere else", () => {
    const named = (entries: readonly Entry[]) => entries.flatMap((one) => (one.signed ? [one.seq] : []));
    expect([named(signed), named(went), named(continued)]).toEqual([[1], [1, 4], [continued.length]]);
    expect(keyInForce(went)).toBe(second);
  });

  it("cannot be handed over with words from another ticket or another place", () => {
    const words = went[3]?.signed;
    const elsewhere = (prefix: readonly Entry[]) =>
      link(ledgerKeys("the second secret of a server"), TICKET, prefix, story.slice(3, 4), AT).map((entry) => ({
        ...entry,
        signed: words,
      }));
    const moved = [...signed.slice(0, 2), ...elsewhere(signed.slice(0, 2))];
    expect(firstFault(publicKeys([key]), TICKET, moved)?.seq).toBe(3);
  });

  it("goes on under a process that is behind, and comes back", () => {
    const back = entriesOf(story, { key: BEHIND, after: went.slice(0, 5) });
    const again = entriesOf(story, { key: SECOND, after: back.slice(0, 7) });
    expect(again.flatMap((one) => (one.signed ? [one.signed.key] : []))).toEqual([key, second, key, second]);
    for (const keys of [BEHIND, SECOND, publicKeys([key])]) expect(firstFault(keys, TICKET, again)).toBeNull();
    expect(new Set(withKeysOf(BEHIND, again).trusted)).toEqual(new Set([key, second]));
  });
});

describe("taking signatures away", () => {
  it.each([
    ["an entry with a HMAC after signed ones", [...signed.slice(0, 4), { ...signed[4], v: 1, mac: "0".repeat(64) }], 5],
    ["a first entry that names no key", signed.map(({ signed: _key, ...one }) => one), 1],
  ])("%s is no way around them", (_what, entries, seq) => {
    expect(firstFault(FIRST, TICKET, entries as Entry[])?.seq).toBe(seq);
  });

  it("is seen on the last entry, however far one looks, and in the middle when one looks at each", () => {
    const without = (at: number) => signed.map((one) => (one.seq === at ? { ...one, sig: signed[0]?.sig } : one));
    expect(firstFault(FIRST, TICKET, without(signed.length), "last")?.seq).toBe(signed.length);
    expect(firstFault(FIRST, TICKET, without(3))?.seq).toBe(3);
  });
});

describe("a public key", () => {
  it.each([
    ["as it is shown", shownKey(key), key],
    ["without its prefix", key, key],
    ["with blanks", ` ${shownKey(key)}\n`, key],
    ["cut short", key.slice(1), null],
    ["of another kind", `rsa:${key}`, null],
    ["spelled another way", `${key.slice(0, -1)}${key.endsWith("A") ? "B" : "z"}`, null],
    ["nothing", "", null],
  ])("%s", (_name, text, read) => expect(readPublicKey(text)).toBe(read));

  it("is the same for the same secret, and tells nothing of it", () => {
    expect(ledgerKeys("the first secret of a server").trusted).toEqual([key]);
    expect(new Set([...FIRST.trusted, ...SECOND.trusted, ...STRANGER.trusted]).size).toBe(3);
  });
});
