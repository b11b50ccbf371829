import { readFileSync } from "node:fs";
import { describe, expect, it } from "@jest/globals";
import { entriesOf, storyDrafts, TEST_START, TEST_TICKET as TICKET } from "../../test/support/builders.ts";
import { type Entry, link } from "../core/ledger/chain.ts";
import { entryOf } from "../core/ledger/entry.ts";
import { type LedgerKeys, ledgerKeys } from "../core/ledger/ledger-keys.ts";
import { withMarker } from "../messages/marker.ts";
import { type ThreadWords, verifyThread } from "./verify-thread.ts";

const SECRET = "the secret of a server that nobody has";
const SERVER = ledgerKeys(SECRET);
const TURNED = ledgerKeys("what came after it", [SECRET]);
const story = storyDrafts();
const entries = entriesOf(story, { key: SERVER });
const END = entries.length;
/** Two entries a comment. */
const threadOf = (all: readonly Entry[], keys: LedgerKeys, author = "coop[bot]"): ThreadWords[] =>
  all.flatMap((_, at) =>
    at % 2 === 0 ? [{ id: at, author, body: withMarker(`Words of ${at}.`, all.slice(at, at + 2), keys) }] : [],
  );
const thread = threadOf(entries, SERVER);
const talk: ThreadWords = { id: 99, author: "olaf", body: "Thank you! What is `coop:ledger`?" };
const verify = (comments: readonly ThreadWords[], keys = SERVER, heads: string[] = []) =>
  verifyThread(TICKET, comments, keys.trusted.slice(0, 1), heads);
const says = (id: number, change: (body: string) => string, author = "coop[bot]") =>
  thread.map((one) => (one.id === id ? { ...one, author, body: change(one.body) } : one));
/** A stranger's own ledger of this ticket, under a key of their own. */
const forged = (author: string) => threadOf(entriesOf(story, { key: ledgerKeys("a stranger's secret") }), ledgerKeys("a stranger's secret"), author); // prettier-ignore
const head = entries.at(-1)?.hash ?? "";
const turned = entriesOf(story, { key: TURNED, after: entries.slice(0, 4) });

describe("a thread that holds", () => {
  it.each<readonly [string, readonly ThreadWords[]]>([
    ["as it was written", [...thread, talk]],
    ["in any order", [...thread].reverse()],
    ["with carriage returns", thread.map((one) => ({ ...one, body: one.body.replaceAll("\n", "\r\n") }))],
    [
      "with a genuine comment copied by a stranger",
      [...thread, { ...(thread[0] as ThreadWords), id: 50, author: "eve" }],
    ],
    ["from a file that names no authors", thread.map((one) => ({ ...one, author: null }))],
  ])("%s", (_name, comments) => {
    expect(verify(comments, SERVER, [head])).toMatchObject({ outcome: "holds", signedFrom: 1, strangers: [] });
  });

  it.each<readonly [string, readonly ThreadWords[]]>([
    ["a whole forged ledger", [...forged("eve"), ...thread]],
    ["one behind it", [...thread, ...forged("eve")]],
    ["a copy with other words", [...thread, ...says(0, (body) => `So: ${body}`, "eve").slice(0, 1)]],
    [
      "another App, that forges a whole ledger",
      [...forged("helper[bot]").map((one) => ({ ...one, id: 60 })), ...thread],
    ],
    [
      "another App, that copies a comment, and one that changes the copy",
      [
        ...thread,
        { ...(thread[0] as ThreadWords), id: 50, author: "helper[bot]" },
        ...says(0, (body) => `So: ${body}`, "helper[bot]")
          .slice(0, 1)
          .map((one) => ({ ...one, id: 51 })),
      ],
    ],
    [
      "an App that took the name which ours gave up",
      [
        ...thread.map((one) => ({ ...one, authorId: 1 })),
        ...forged("coop[bot]").map((one) => ({ ...one, id: 60, authorId: 2 })),
      ],
    ],
    ["half a marker", [...thread, { id: 7, author: "eve", body: "<!-- coop:ledger v2 x y -->" }]],
  ])("whatever a stranger posts: %s", (_name, comments) => {
    const verified = verify(comments);
    expect(verified).toMatchObject({ outcome: "holds" });
    expect("strangers" in verified && verified.strangers.length).toBeGreaterThan(0);
    expect("entries" in verified && verified.entries).toHaveLength(END);
  });

  it("is found among more forgeries than anybody could try, also behind a key that it was handed over to", () => {
    const stranger = ledgerKeys("a stranger's secret");
    const flood = entriesOf(
      Array.from({ length: 260 }, () => story[1] as (typeof story)[number]),
      { key: stranger },
    );
    const noise = threadOf(flood, stranger, "eve");
    expect(verify([...noise, ...thread], SERVER, [head])).toMatchObject({ outcome: "holds", signedFrom: 1 });
    const handedOver = [...noise, ...threadOf(turned, TURNED)];
    expect(verify(handedOver, SERVER, [turned.at(-1)?.hash ?? ""])).toMatchObject({ outcome: "holds" });
  });

  it("holds when a stranger puts other words under a genuine entry's hash and signature", () => {
    const [first, second] = entries as [Entry, Entry];
    const changed = [
      { ...first, at: "2020-01-01T00:00:00.000Z" },
      { ...second, seq: 9_999 },
    ] as Entry[];
    const posted = threadOf(changed, ledgerKeys("a stranger's secret"), "eve").map((one) => ({ ...one, id: 77 }));
    expect(verify([...thread, ...posted], SERVER, [head])).toMatchObject({ outcome: "holds", signedFrom: 1 });
  });

  it("goes from one key to the next", () => {
    expect(verify(threadOf(turned, TURNED))).toMatchObject({ outcome: "holds", entries: turned });
    // The second key alone was given: it does not say who wrote what came before it.
    expect(verify(threadOf(turned, TURNED), TURNED)).toMatchObject({ outcome: "different" });
  });
});

describe("a thread that does not hold", () => {
  it.each<readonly [string, ReturnType<typeof verify>, number, RegExp]>([
    [
      "a comment is gone from the middle",
      verify(thread.filter(({ id }) => id !== 4)),
      4,
      /^Entry 5 is missing or changed, though entry \d+, which is genuine, stands in the thread\.$/,
    ],
    ["its first comment is gone", verify(thread.slice(1)), 0, /Entry 1 /],
    [
      "its last comments are gone, and their hash is known",
      verify(thread.slice(0, 2), SERVER, [head]),
      4,
      /taken off the end/,
    ],
    [
      "a readable text was changed",
      verify(says(2, (body) => body.replace("Words", "Other words"))),
      END,
      /comment 2 by coop\[bot\] was edited/,
    ],
    [
      "a readable text was changed, and its marker made to look as if nobody had signed texts yet",
      verify(
        says(2, (body) =>
          body.replace("Words", "Other words").replace(/v2 (\S+) \S+/, `v1 $1 ${"0".repeat(64)}.${"0".repeat(64)}`),
        ),
      ),
      END,
      /comment 2 by coop\[bot\] was edited/,
    ],
    [
      "the App has another name since, and a text of before was changed",
      verify([
        ...says(2, (body) => body.replace("Words", "Other words"), "old[bot]")
          .slice(0, 3)
          .map((one) => ({ ...one, authorId: 1 })),
        ...thread.slice(3).map((one) => ({ ...one, authorId: 1 })),
      ]),
      END,
      /comment 2 by old\[bot\] was edited/,
    ],
    [
      "every text was changed, so that nothing says who the App is",
      verify(thread.map((one) => ({ ...one, body: one.body.replace("Words", "Other words") }))),
      END,
      /comment 0 by coop\[bot\] was edited/,
    ],
    [
      "a marker was broken",
      verify([...thread, ...says(2, (body) => body.replace("v2 ", "v2 A")).slice(1, 2)]),
      END,
      /comment 2 .* not believed/,
    ],
    ["it is signed with another key", verify(thread, ledgerKeys("another")), 0, /names ed25519:[\w-]{43}\.$/],
    [
      "only today's key was given, and it began under the one before",
      verify([...threadOf(entries.slice(0, 4), SERVER), ...threadOf(turned.slice(4), TURNED)], TURNED),
      0,
      /^Entry 1 is signed with another key \(ed25519:[\w-]{43}\)\. If the server had that key before, give it as well\.$/,
    ],
    [
      "it is another ticket's",
      verify(threadOf(entriesOf(story, { key: SERVER, ticket: "acme/other#1" }), SERVER)),
      0,
      /$/,
    ],
  ])("because %s", (_why, verified, length, problem) => {
    if (verified.outcome === "no-ledger") return expect(length).toBe(0);
    expect(verified.outcome).toBe("different");
    if (verified.outcome !== "different") return;
    expect(verified.entries).toHaveLength(length);
    expect(verified.problems.join("\n")).toMatch(problem);
  });

  it("shows that the server wrote two histories", () => {
    const other = entriesOf([...story.slice(0, 5), ...story.slice(6)], { key: SERVER, start: new Date(0) });
    expect(verify([...thread, ...threadOf(other, SERVER)])).toMatchObject({ outcome: "different" });
  });
});

describe("a ledger of before entries were signed", () => {
  const old = JSON.parse(readFileSync("test/data/ledgers/2026-11-bug.json", "utf8")) as {
    readonly key: string;
    readonly ledgerSecret: string;
    readonly entries: readonly object[];
    readonly thread: Readonly<Record<"issue" | "pull" | "reviews", readonly { id: number; body: string }[]>>;
  };
  const comments = Object.values(old.thread)
    .flat()
    .map(({ id, body }) => ({ id, author: "coop[bot]", body }));
  const keys = ledgerKeys(old.ledgerSecret);

  it("can only be verified by the server, and that is said", () => {
    expect(verifyThread(old.key, comments, keys.trusted, [])).toEqual({
      outcome: "unsigned",
      entries: old.entries.length,
    });
  });

  it("is vouched for by the first entry that is signed, and by nothing else", () => {
    const before = old.entries.map((raw) => entryOf(raw) as Entry);
    const more = link(keys, old.key, before, story.slice(-1), TEST_START);
    const comment = { id: 70, author: "coop[bot]", body: withMarker("More.", more, keys) };
    const signedFrom = before.length + 1;
    expect(verifyThread(old.key, [...comments, comment], keys.trusted, [])).toMatchObject({
      outcome: "holds",
      signedFrom,
    });
    expect(verifyThread(old.key, [...comments.slice(1), comment], keys.trusted, [])).toMatchObject({
      outcome: "different",
    });
  });
});
