import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import { entriesOf, TEST_KEY as KEY, TEST_START as AT, TEST_TICKET as TICKET } from "../../../test/support/builders.ts";
import { draft, MERGEABLE } from "../../../test/support/ledgers.ts";
import { entryOf } from "./entry.ts";
import { canonicalJson, type Entry, ENTRY_BYTES_MAX, firstFault, link } from "./chain.ts";
import { type LedgerKeys, ledgerKeys } from "./ledger-keys.ts";
import { sameMac } from "./seals.ts";

const chain = entriesOf(MERGEABLE);
const fault = (entries: readonly Entry[]) => firstFault(KEY, TICKET, entries);

/** The chain with one entry replaced. */
function with_(seq: number, change: (entry: Entry) => Entry): Entry[] {
  return chain.map((entry) => (entry.seq === seq ? change(entry) : entry));
}

/** A forger's best: content changed and every hash made to fit again, but without the key. */
function rehashed(key: LedgerKeys, entries: readonly Entry[]): Entry[] {
  return link(
    key,
    TICKET,
    [],
    entries.map(({ kind, data }) => ({ kind, data }) as never),
    AT,
  );
}

describe("a chain", () => {
  it("holds as it was linked, and is numbered from one without gaps", () => {
    expect(fault(chain)).toBeNull();
    expect(chain.map((entry) => entry.seq)).toEqual(MERGEABLE.map((_, index) => index + 1));
    expect(chain[0]?.prev).toBe("");
  });

  it("goes on from its end, and survives JSON and its own schema", () => {
    const more = link(KEY, TICKET, chain, [draft("merged"), draft("commanded")], AT);
    expect(fault([...chain, ...more])).toBeNull();
    const read = [...chain, ...more].map((entry) => entryOf(JSON.parse(JSON.stringify(entry))) as Entry);
    expect(fault(read)).toBeNull();
  });

  const other = link(KEY, "acme/tally#13", [], MERGEABLE, AT);
  const attacks: readonly (readonly [name: string, seq: number, problem: RegExp, entries: readonly Entry[]])[] = [
    [
      "content is changed",
      3,
      /hash does not fit/,
      with_(3, (entry) => ({ ...entry, data: { ...entry.data, model: "other" } }) as Entry),
    ],
    [
      "the time is changed",
      4,
      /hash does not fit/,
      with_(4, (entry) => ({ ...entry, at: "2020-01-01T00:00:00.000Z" })),
    ],
    ["the kind is changed", 4, /hash does not fit/, with_(4, (entry) => ({ ...entry, kind: "commanded" }) as Entry)],
    ["an entry is dropped", 2, /carries number 3 where 2/, chain.filter((entry) => entry.seq !== 2)],
    ["the first entry is dropped", 1, /carries number 2 where 1/, chain.slice(1)],
    [
      "an entry is dropped and the rest renumbered",
      2,
      /does not follow/,
      chain.filter((entry) => entry.seq !== 2).map((entry, index) => ({ ...entry, seq: index + 1 })),
    ],
    [
      "two entries change places",
      3,
      /carries number 4 where 3/,
      [...chain.slice(0, 2), chain[3] as Entry, chain[2] as Entry, ...chain.slice(4)],
    ],
    ["an entry stands there twice", 3, /carries number 2 where 3/, [...chain.slice(0, 2), ...chain.slice(1)]],
    ["an entry comes from another ticket", 5, /belongs to ticket acme\/tally#13/, with_(5, () => other[4] as Entry)],
    [
      "another ticket's entry is renamed to this one",
      1,
      /hash does not fit/,
      other.map((entry) => ({ ...entry, ticket: TICKET })),
    ],
    ["a signature is another entry's", 6, /wrong signature/, with_(6, (entry) => ({ ...entry, sig: chain[4]?.sig }))],
    [
      "a signature is cut short",
      6,
      /wrong signature/,
      with_(6, (entry) => ({ ...entry, sig: entry.sig?.slice(0, 84) })),
    ],
    ["a signature is taken off", 6, /wrong signature/, with_(6, ({ sig: _sig, ...entry }) => entry as Entry)],
    ["a HMAC is put beside a signature", 6, /hash does not fit/, with_(6, (entry) => ({ ...entry, mac: entry.hash }))],
    ["all of it is linked with another key", 1, /another key/, rehashed(ledgerKeys("another secret"), chain)],
  ];

  it.each(attacks)("names the place where %s", (_name, seq, problem, entries) => {
    expect(fault(entries)).toEqual({ seq, problem: expect.stringMatching(problem) });
  });

  it("breaks at or before any entry of which one byte was changed", () => {
    const bytes = fc.tuple(fc.integer({ min: 0, max: chain.length - 1 }), fc.nat(), fc.integer({ min: 33, max: 126 }));
    fc.assert(
      fc.property(bytes, ([index, at, code]) => {
        const text = JSON.stringify(chain[index]);
        const place = at % text.length;
        const changed = text.slice(0, place) + String.fromCharCode(code) + text.slice(place + 1);
        const entry = parsed(changed);
        fc.pre(entry !== null && canonicalJson(entry) !== canonicalJson(chain[index]));
        const found = fault(chain.map((one, number) => (number === index ? (entry as Entry) : one)));
        return found !== null && found.seq <= index + 1;
      }),
      { numRuns: 400 },
    );
  });

  it("refuses an entry that would not fit a comment", () => {
    const questions = Array.from({ length: 5 }, () => "x".repeat(300));
    expect(link(KEY, TICKET, [], [draft("question_asked", { questions })], AT)).toHaveLength(1);
    const details = Array.from({ length: 40 }, () => "ü".repeat(600));
    expect(Buffer.byteLength(canonicalJson(details))).toBeGreaterThan(ENTRY_BYTES_MAX);
    expect(() => link(KEY, TICKET, [], [draft("halted", { details })], AT)).toThrow(/Entry halted has \d+ bytes/);
  });

  it("refuses a malformed draft", () => {
    expect(() => link(KEY, TICKET, [], [draft("merged", { headSha: "main" })], AT)).toThrow();
  });
});

function parsed(text: string): Entry | null {
  try {
    return entryOf(JSON.parse(text));
  } catch {
    return null;
  }
}

describe("canonical JSON", () => {
  it("is the same for the same value, whatever the order of its keys", () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        expect(canonicalJson(reversed(value))).toBe(canonicalJson(value));
      }),
    );
  });

  it("is JSON of the same value", () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        const text = JSON.stringify(value);
        expect(JSON.parse(canonicalJson(value))).toEqual(JSON.parse(text));
      }),
    );
  });

  it("tells different values apart", () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.jsonValue(), (a, b) => {
        fc.pre(!Object.is(JSON.stringify(a), JSON.stringify(b)));
        if (canonicalJson(a) === canonicalJson(b))
          expect(JSON.parse(JSON.stringify(a))).toEqual(JSON.parse(JSON.stringify(b)));
      }),
    );
  });

  it("leaves out what is undefined, like JSON itself", () => {
    expect(canonicalJson({ b: undefined, a: [undefined] })).toBe('{"a":[null]}');
  });
});

function reversed(value: unknown): unknown {
  if (value === null || typeof value !== "object") return value;
  if (Array.isArray(value)) return value.map(reversed);
  const pairs = Object.entries(value).reverse();
  // defineProperty, because assigning `__proto__` would set the prototype instead of a key.
  return pairs.reduce(
    (to, [key, item]) =>
      Object.defineProperty(to, key, { value: reversed(item), enumerable: true, configurable: true, writable: true }),
    {},
  );
}

describe("comparing MACs", () => {
  it("accepts only the same one", () => {
    expect(sameMac("ab12", "ab12")).toBe(true);
    expect(sameMac("ab12", "ab13")).toBe(false);
    expect(sameMac("ab12", "ab1200")).toBe(false);
    expect(sameMac("ab12", "zz")).toBe(false);
  });
});
