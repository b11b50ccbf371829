import { describe, expect, it } from "@jest/globals";
import { aTicketLedger, TEST_KEY, TEST_TICKET } from "../../test/support/builders.ts";
import type { Entry } from "../core/ledger/chain.ts";
import { ledgerKeys } from "../core/ledger/ledger-keys.ts";
import type { ThreadComment } from "../forge/forge.ts";
import { withMarker } from "../messages/marker.ts";
import { believable, ledgerIn, pullOfTicket, readThread } from "./thread-copy.ts";

/** A ledger as its thread shows it: what is ours, what was changed, and what somebody else wrote. */
const [APP, ISSUE, PULL] = [42, 12, 13];
const entries = aTicketLedger("planned");
const part = (from: number, to: number) => entries.slice(from - 1, to);
const said = (carried: readonly Entry[], keys = TEST_KEY) => withMarker("It was planned.", carried, keys);

let ids = 100;
const comment = (body: string, over: Partial<ThreadComment> = {}): ThreadComment => ({
  ...{ id: (ids += 1), place: "comment", body, appId: APP, createdAt: "", edited: false },
  ...{ author: { login: "coop[bot]", id: 1, type: "Bot" }, ...over },
});
const MALLORY = { login: "mallory", id: 66, type: "User" };

/** @param places by number, and the reviews by `review 13` */
async function read(places: Readonly<Record<string, readonly ThreadComment[]>>, pull: number | null = PULL) {
  const asked: string[] = [];
  const list = (place: string) => {
    asked.push(place);
    return Promise.resolve([...(places[place] ?? [])]);
  };
  const forge = {
    comments: (number: number) => list(`${number}`),
    reviews: (number: number) => list(`review ${number}`),
  };
  const copy = await readThread(forge, TEST_TICKET, pull, APP, TEST_KEY);
  return { copy, asked, chain: believable(copy, TEST_TICKET, TEST_KEY).map(({ seq }) => seq) };
}

describe("a thread", () => {
  it("is the comments of the issue and of the pull request, and its reviews", async () => {
    const places = { 12: [comment(said(part(1, 1))), comment("Fine by me.", { appId: null, author: MALLORY })], 13: [comment(said(part(2, 2)))], "review 13": [comment(said(part(3, 3)), { place: "review" })] }; // prettier-ignore
    const { copy, asked, chain } = await read(places);
    expect([asked, chain, copy.faults]).toEqual([["12", "13", "review 13"], [1, 2, 3], []]);
    expect(copy.comments.map(({ place, number, first, last }) => [place, number, first, last])).toEqual([
      ["issue", ISSUE, 1, 1],
      ["pull", PULL, 2, 2],
      ["review", PULL, 3, 3],
    ]);
    expect(copy.entries.get(3)?.place).toBe(`review ${copy.comments[2]?.comment.id}`);
  });

  it("has no pull request before there is one, and is one where the ticket is a pull request", async () => {
    expect((await read({}, null)).asked).toEqual(["12"]);
    expect((await read({}, ISSUE)).asked).toEqual(["12", "review 12"]);
  });

  it("is believed as far as it holds together", async () => {
    expect((await read({ 12: [comment(said(part(1, 2)))] })).chain).toEqual([1, 2]);
    expect((await read({ 12: [comment(said(part(1, 1))), comment(said(part(3, 3)))] })).chain).toEqual([1]);
    expect((await read({ 12: [comment(said(part(2, 3)))] })).chain).toEqual([]);
    const other = aTicketLedger("planned", { start: new Date("2027-01-01T00:00:00Z") });
    expect((await read({ 12: [comment(said(part(1, 1))), comment(said(other.slice(1, 3)))] })).chain).toEqual([1]);
  });
});

describe("what is wrong in a thread", () => {
  const whole = said(part(1, 2));
  const edited = whole.replace("planned", "forbidden");
  const other = aTicketLedger("opened", { ticket: "acme/tally#99" });
  const theirs = ledgerKeys("another server's secret");
  const foreign = said(aTicketLedger("opened", { key: theirs }), theirs);

  it.each<[string, ThreadComment, string, string | null, readonly number[]]>([
    ["its words were changed", comment(edited), "1 edited comment: was edited: its readable text was changed after it was published", null, [1, 2]],
    ["another server wrote it", comment(foreign), "1 forged comment: was changed and is not believed: its ledger marker was not written by this server", null, []],
    ["somebody else shows our marker", comment(whole, { appId: null, author: MALLORY }), "1 stranger comment: by mallory carries a ledger marker, but only this App writes those", "mallory", []],
    ["another App does", comment(whole, { appId: 7 }), "1 stranger comment: by coop[bot] carries a ledger marker, but only this App writes those", "coop[bot]", []],
    ["it is another ticket's", comment(said(other)), "1 forged comment: carries entries of another ticket", null, []],
  ])("%s", async (_what, one, words, by, chain) => {
    const found = await read({ 12: [one] });
    const [fault, ...more] = found.copy.faults;
    expect(more).toEqual([]);
    expect(`${fault?.seq} ${fault?.nature} ${fault?.place.split(" ")[0]}: ${fault?.problem}`).toBe(words);
    expect([fault?.by, fault?.contentHash, found.chain]).toEqual([by, expect.stringMatching(/^[0-9a-f]{64}$/), chain]);
  }); // prettier-ignore

  it("is named by the first entry that it carries", async () => {
    const [fault] = (await read({ 12: [comment(said(part(2, 3)), { appId: null, author: MALLORY })] })).copy.faults;
    expect(fault?.seq).toBe(2);
  });
});

describe("whose ledger begins in a thread", () => {
  const repositoryId = (entries[0]?.data as { forge: { repositoryId: number } }).forge.repositoryId;
  const begins = (all: readonly ThreadComment[], number = ISSUE, id = repositoryId) =>
    ledgerIn({ comments: () => Promise.resolve([...all]) }, { number, appId: APP, ledgerKeys: TEST_KEY }, id);
  const first = comment(said(part(1, 2)));

  it.each<[string, readonly ThreadComment[], number, number, string | null]>([
    ["ours, below other words", [comment("Hello"), first], ISSUE, repositoryId, TEST_TICKET],
    ["of another issue", [first], 99, repositoryId, null],
    ["of another repository", [first], ISSUE, repositoryId + 1, null],
    ["not ours", [comment(first.body, { appId: null })], ISSUE, repositoryId, null],
    ["whose words were changed", [comment(first.body.replace("planned", "x"))], ISSUE, repositoryId, null],
    ["that begins elsewhere", [comment(said(part(2, 3)))], ISSUE, repositoryId, null],
    ["of nobody", [], ISSUE, repositoryId, null],
  ])("%s", async (_what, all, number, id, key) => expect(await begins(all, number, id)).toBe(key));
});

it.each<[string, number | null, "gone" | object, number | null]>([
  ["its branch's", PULL, "gone", PULL],
  ["itself", null, { number: ISSUE }, ISSUE],
  ["none", null, "gone", null],
])("a ticket's pull request is %s", async (_what, ofBranch, itself, number) => {
  const asked: string[] = [];
  const forge = {
    pullOf: async (branch: string) => (asked.push(branch), ofBranch),
    pull: async () => itself as never,
  };
  expect(await pullOfTicket(forge, TEST_TICKET)).toBe(number);
  expect(asked).toEqual(["coop/issue-12"]);
});
