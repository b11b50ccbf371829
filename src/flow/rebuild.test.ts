import { describe, expect, it } from "@jest/globals";
import { aTicketLedger, entriesOf, TEST_KEY, TEST_TICKET } from "../../test/support/builders.ts";
import { draft } from "../../test/support/ledgers.ts";
import { linkRaw } from "../../test/support/newer.ts";
import type { Entry } from "../core/ledger/chain.ts";
import { entryOf } from "../core/ledger/entry.ts";
import { fold } from "../core/ticket/fold.ts";
import type { ThreadComment } from "../forge/forge.ts";
import { statusMarker, withMarker } from "../messages/marker.ts";
import { caughtUp } from "./catch-up.ts";
import { rebuild } from "./rebuild.ts";
import type { World } from "./world.ts";

/** A database that was lost, or knows less than the thread: when that is looked at, and what is taken over. */
const APP = 42;
const GITHUB = { kind: "github", installationId: 1, repositoryId: 2 } as const;
const MONA = { login: "mona", id: 1, type: "User" };
const BOT = { login: "coop[bot]", id: 2, type: "Bot" };
const NOW = new Date("2026-06-01T00:00:00Z");
const planned = aTicketLedger("planned");
const opened = aTicketLedger("pull_request_opened");

let ids = 100;
const comment = (body: string, over: Partial<ThreadComment> = {}): ThreadComment => ({
  ...{ id: (ids += 1), place: "comment", body, appId: APP, createdAt: "", edited: false, author: BOT },
  ...over,
});
const told = (entries: readonly Entry[]) => comment(withMarker("Said.", entries, TEST_KEY));
const each = (entries: readonly Entry[]) => entries.map((one) => told([one]));

type Given = {
  readonly stored?: readonly Entry[];
  readonly known?: readonly number[];
  readonly thread?: Readonly<Record<number, readonly ThreadComment[]>>;
  readonly branch?: string;
  readonly pullOf?: number | null;
  readonly rekeyed?: string;
  readonly restore?: string;
  readonly written?: () => readonly Entry[];
};

function stage(given: Given) {
  const [asked, said]: [string[], string[]] = [[], []];
  let entries = [...(given.stored ?? [])];
  const forge = {
    pull: async (number: number) => (
      asked.push(`pull ${number}`),
      given.branch ? { headBranch: given.branch } : "gone"
    ),
    pullOf: async (branch: string) => (asked.push(`pull of ${branch}`), given.pullOf ?? null),
    comments: async (number: number) => (asked.push(`comments ${number}`), [...(given.thread?.[number] ?? [])]),
    reviews: async () => [],
  };
  let isFirst = true;
  const world = {
    ...{ appId: APP, ledgerKeys: TEST_KEY, now: () => NOW, redact: (text: string) => text },
    log: { info: () => undefined, warn: (_fields: object, message: string) => void said.push(`warns: ${message}`) },
    ledgers: {
      read: async () => entries,
      restore: async (_key: string, taken: readonly Entry[]) => {
        said.push(`restores ${taken.length}`);
        if (!given.restore) entries = [...taken];
        return given.restore ?? "restored";
      },
      append: async (_key: string, at: number, more: readonly Entry[], row: unknown) => {
        if (isFirst && given.written) entries = [...given.written()];
        isFirst = false;
        if (at !== entries.length) return "stale";
        said.push(`appends ${more.map(({ kind }) => kind).join(" ")}${row ? "" : " without a row"}`);
        entries.push(...more);
        return "appended";
      },
    },
    index: { put: async ({ phase }: { phase: string }) => void said.push(`lists as ${phase}`) },
    publications: {
      list: async () => (given.known ?? []).map((firstSeq) => ({ firstSeq })),
      intend: async ({ firstSeq, lastSeq, place, number }: Record<string, unknown>) => void said.push(`knows ${firstSeq}-${lastSeq} in ${place} ${number}`), // prettier-ignore
      posted: async () => undefined,
    },
    projections: { put: async (_key: string, kind: string) => void said.push(`knows ${kind}`) },
    repositories: { rekey: async (_id: number, name: string) => (said.push(`keeps under ${name}`), given.rekeyed ?? "done") }, // prettier-ignore
    inbox: {
      add: async ([{ ticket }]: readonly [{ ticket: string }]) => void said.push(`brings ${ticket}`),
      handled: async (ticket: string) => void said.push(`handled of ${ticket}`),
    },
  } as unknown as World;
  return { world, forge: forge as never, asked, said };
}

const ISSUE = { number: 12, state: "open", title: "", body: "", author: MONA, labels: ["coop: planning"], isPullRequest: false }; // prettier-ignore
const common = { source: "s", forge: GITHUB, defaultBranch: "main", by: MONA };
const comments = (issue: object = {}) => ({ kind: "commented", ...common, commentId: 1, body: "", issue: { ...ISSUE, ...issue } }); // prettier-ignore
const labelled = (labels: readonly string[]) => ({ kind: "labelled", ...common, label: "coop", issue: { ...ISSUE, labels } }); // prettier-ignore
const changed = (look: string) => ({ kind: "changed", ...common, what: "swept", look });
const reviewed = { kind: "reviewed", ...common, reviewId: 1, state: "approved", body: "", headSha: "", pullNumber: 9 };

async function rebuilt(payload: unknown, given: Given = {}) {
  const { world, forge, asked, said } = stage(given);
  const item = { ticket: TEST_TICKET, source: "s", kind: "", payload, receivedAt: NOW };
  return { found: await rebuild(world, forge, TEST_TICKET, item), asked, said };
}

describe("a ticket that the database does not know", () => {
  it.each<[string, unknown, boolean]>([
    ["a label of ours on the issue", labelled(["bug", "coop: planning"]), true],
    ["only the label that starts", labelled(["coop"]), false],
    ["only one that starts a type", labelled(["coop:bug"]), false],
    ["other labels", labelled(["bug"]), false],
    ["a comment there", comments(), true],
    ["a comment brought here from its pull request", comments({ number: 9, labels: [] }), true],
    ["what the sweep found in the thread", changed("thread"), true],
    ["another change", changed("issue"), false],
    ["a review", reviewed, false],
    ["what nobody can read", { kind: "sung" }, false],
  ])("is looked for in its thread for %s or not", async (_what, payload, isLooked) => {
    const { asked, found } = await rebuilt(payload);
    expect([asked.includes("comments 12"), found]).toEqual([isLooked, { outcome: "nothing" }]);
  });

  it("is taken from there, with what says which comments carry it", async () => {
    const thread = { 12: [...each(planned), comment(`Hm.\n\n${statusMarker(TEST_TICKET)}`)] };
    const { found, said } = await rebuilt(comments(), { thread });
    expect(found).toEqual({ outcome: "rebuilt" });
    expect(said).toEqual([
      ...["knows 1-1 in issue 12", "knows 2-2 in issue 12", "knows 3-3 in issue 12", "knows status", "restores 3"],
      ...["lists as plan-approval", "appends ledger_rebuilt", "warns: ledger rebuilt from the thread"],
    ]);
  });

  it("is taken as far as it holds, and a comment beyond that is none of it", async () => {
    const { said } = await rebuilt(comments(), { thread: { 12: [told(planned.slice(0, 1)), told(planned.slice(2))] } });
    expect(said.slice(0, 2)).toEqual(["knows 1-1 in issue 12", "restores 1"]);
  });

  it("is another worker's where that was faster", async () => {
    const { found, said } = await rebuilt(comments(), { thread: { 12: each(planned) }, restore: "occupied" });
    expect([found, said.at(-1)]).toEqual([{ outcome: "rebuilt" }, "restores 3"]);
  });

  it("is a newer version's where only that understands its beginning", async () => {
    const newer = linkRaw([{ kind: "hatched", data: {} }]).map((one) => entryOf(one as never));
    expect((await rebuilt(comments(), { thread: { 12: each(newer as Entry[]) } })).found).toEqual({ outcome: "newer" });
  });
});

describe("words on a pull request whose ticket was lost", () => {
  const on = (over: object = {}) => comments({ number: 13, isPullRequest: true, author: BOT, ...over });
  it.each<[string, object, string, string | null]>([
    ["go to the issue of its branch", on(), "coop/issue-40", "acme/tally#40"],
    ["stay where they were brought", on(), "coop/issue-12", null],
    ["stay where the branch is none of ours", on(), "feature", null],
    ["stay where it is gone", on(), "", null],
    ["stay where a person wrote it", on({ author: MONA }), "coop/issue-40", null],
    ["stay where it is an issue", on({ isPullRequest: false }), "coop/issue-40", null],
  ])("%s", async (_what, payload, branch, to) => {
    const { found, said } = await rebuilt(payload, { branch });
    expect(found).toEqual(to ? { outcome: "forwarded", to } : { outcome: "nothing" });
    expect(said).toEqual(to ? [`brings ${to}`, `handled of ${TEST_TICKET}`] : []);
  });
});

describe("a ledger that began under another name of the repository", () => {
  const at = (ticket: string, repositoryId = 2) => each(entriesOf([draft("opened", { forge: { ...GITHUB, repositoryId } })], { ticket: ticket as never })); // prettier-ignore
  it.each<[string, Given, readonly string[]]>([
    ["is kept under that", { thread: { 12: at("old/name#12") } }, ["keeps under old/name", "brings old/name#12", `handled of ${TEST_TICKET}`]],
    ["is left where that name is taken", { thread: { 12: at("old/name#12") }, rekeyed: "taken" }, ["keeps under old/name", "warns: the thread's ledger belongs to a name that is taken"]],
    ["is left where nothing came of it", { thread: { 12: at("old/name#12") }, rekeyed: "unknown" }, ["keeps under old/name"]],
    ["is none of another repository", { thread: { 12: at("old/name#12", 3) } }, []],
  ])("%s", async (_what, given, said) => {
    const found = await rebuilt(comments(), given);
    expect(found.said).toEqual(said);
    expect(found.found.outcome).toBe(said.length === 3 ? "forwarded" : "nothing");
  }); // prettier-ignore

  it("is not asked for at a desk", async () => {
    const desk = { ...comments(), forge: { kind: "desk" } };
    expect((await rebuilt(desk, { thread: { 12: at("old/name#12") } })).said).toEqual([]);
  });
});

async function caught(given: Given & { readonly stored: readonly Entry[] }, times = 1) {
  const { world, forge, asked, said } = stage(given);
  const ref = { owner: "acme", name: "tally", number: 12 };
  const book = { key: TEST_TICKET, ref, entries: given.stored, ticket: fold(given.stored) };
  const next = await caughtUp(world, forge, book).catch((error: unknown) => error);
  for (let time = 1; time < times; time++) await caughtUp(world, forge, book);
  return { length: next instanceof Error ? next.name : (next as { entries: unknown[] }).entries.length, asked, said };
}

describe("a database that knows less than the thread", () => {
  const early = planned.slice(0, 1);
  it("takes over what follows there, and looks once", async () => {
    const { length, asked, said } = await caught({ stored: early, known: [1], thread: { 12: each(planned) } }, 2);
    expect(length).toBe(4);
    expect(said).toEqual(["knows 2-2 in issue 12", "knows 3-3 in issue 12", "appends routed planned", "warns: the thread knew more than the database, which caught up", "appends ledger_rebuilt"]); // prettier-ignore
    expect(asked.filter((one) => one === "pull of coop/issue-12")).toHaveLength(1);
  });

  it.each<[string, Given & { readonly stored: readonly Entry[] }, number | string]>([
    ["has nothing to take where nothing follows", { stored: planned, thread: { 12: each(planned) } }, 3],
    ["takes it as far as it holds", { stored: early, thread: { 12: [...each(planned.slice(0, 2)), told(aTicketLedger("planned", { start: new Date("2026-03-02T10:00:00Z") }).slice(2))] } }, 3],
    ["takes nothing from behind a hole", { stored: early, thread: { 12: each(planned.slice(2)) } }, 1],
    ["tells another story, and nothing is taken", { stored: aTicketLedger("routed", { start: new Date("2026-03-02T10:00:00Z") }), thread: { 12: each(planned) } }, "LedgerForked"],
    ["reads it again when another worker was faster", { stored: early, thread: { 12: each(planned) }, written: () => planned.slice(0, 2) }, 4],
  ])("%s", async (_what, given, length) => {
    expect((await caught(given)).length).toBe(length);
  }); // prettier-ignore

  it("looks on the pull request that the ledger names, and asks for none", async () => {
    const { asked } = await caught({ stored: opened });
    expect(asked).toEqual(["comments 12", "comments 13"]);
  });

  it.each<[string, readonly Entry[]]>([
    ["of a ticket that began since", aTicketLedger("planned", { start: NOW })],
    ["of one at a desk", entriesOf([draft("opened", { forge: { kind: "desk" } as never })])],
    ["of what is no ticket", []],
  ])("is not looked for %s", async (_what, stored) => {
    expect((await caught({ stored, thread: { 12: each(planned) } })).asked).toEqual([]);
  });

  it("does not take up again what was given up when it was rebuilt", async () => {
    const late = { stored: entriesOf([...planned.slice(0, 2), draft("ledger_rebuilt", { entries: 2 })] as never, { after: planned.slice(0, 2), start: NOW }) }; // prettier-ignore
    const long = entriesOf([...planned, draft("plan_approved")] as never, { after: planned });
    expect((await caught({ ...late, thread: { 12: each(long) } })).length).toBe(3);
  });
});
