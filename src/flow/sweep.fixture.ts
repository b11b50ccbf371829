import { entriesOf, storyDrafts } from "../../test/support/builders.ts";
import type { RepositoryAccess, Since } from "../forge/forge-app.ts";
import type { InboxItem } from "../store/inbox-store.ts";
import type { IndexedTicket } from "../store/ticket-index.ts";
import { type Depth, sweep, type Sweep } from "./sweep.ts";

/** A sweep over plain parts: what it told them, what it put into the inbox, and since when it asked. */
export const NOW = new Date("2026-03-10T12:00:00Z");
export const MONA = { login: "mona", id: 1, type: "User" };
export const row = (
  issueNumber: number,
  pullNumber: number | null = null,
  repository = "acme/tally",
): IndexedTicket => ({
  ...{ ticket: `${repository}#${issueNumber}` as never, repository, issueNumber, pullNumber, headSha: null },
  ...{ installationId: 1, phase: "reviewing", standing: "open", updatedAt: NOW, shown: null },
});
export const comment = (over: object = {}) => ({ id: 5, issueNumber: 12, author: MONA, appId: null, edited: false, body: "/coop stop", ...over }); // prettier-ignore

export type Given = {
  readonly open?: readonly IndexedTicket[];
  readonly comments?: readonly object[];
  readonly changes?: readonly object[];
  readonly thumbs?: readonly object[];
  readonly permission?: string;
  readonly failed?: readonly object[];
  readonly known?: readonly string[];
  readonly refused?: readonly number[];
  readonly labelled?: readonly number[];
  /** No issue of the repository with the lost tickets is open. */
  readonly quiet?: boolean;
  readonly waiting?: readonly string[];
  readonly dead?: readonly { readonly ticket: string; readonly lane: string }[];
  readonly broken?: string;
  readonly state?: "active" | "suspended";
  /** What sweeps before noted, by name and kind. */
  readonly marks?: Map<string, string>;
  /** Sources that were heard before. */
  readonly heard?: readonly string[];
  readonly seenAs?: string | null;
  readonly now?: Date;
};

export async function swept(
  given: Given = {},
  depth: Depth = "light",
  over: Partial<Sweep> = {},
  signal = new AbortController().signal,
) {
  const [told, inbox, sinces]: [string[], InboxItem[], string[]] = [[], [], []];
  const { open = [row(12, 13)], comments = [], changes = [], thumbs = [], failed = [], labelled = [] } = given;
  const { marks = new Map<string, string>() } = given;
  const read = (name: string, found: readonly unknown[]) => async (repository: RepositoryAccess, since: string) => {
    if (given.broken === name) throw new Error("away");
    told.push(`${name} ${repository.owner}/${repository.name}`);
    sinces.push(since);
    return found;
  };
  const reading = (name: string, found: readonly unknown[]) => async (at: RepositoryAccess, since: Since) => {
    const all = await read(name, found)(at, since.iso);
    const mark = given.seenAs ?? null;
    return mark !== null && since.seen === mark ? ("unchanged" as const) : { found: all, mark };
  };
  const world = {
    now: () => given.now ?? NOW,
    projections: {
      get: async (key: string, kind: string) => (marks.has(`${key} ${kind}`) ? { remoteId: null, bodySha256: marks.get(`${key} ${kind}`) } : null), // prettier-ignore
      put: async (key: string, kind: string, { bodySha256 }: { bodySha256: string }) => void marks.set(`${key} ${kind}`, bodySha256), // prettier-ignore
    },
    log: { info: () => undefined, warn: ({ what }: { what: string }) => told.push(`failed: ${what}`) },
    index: { open: async () => open, get: async (key: string) => open.find(({ ticket }) => ticket === key) ?? null },
    inbox: {
      add: async (items: readonly InboxItem[]) => inbox.push(...items),
      pending: async () => [],
      said: async (_key: string, source: string) => (given.heard?.includes(source) ? {} : null),
      ticketsPending: async () => [...new Set([...(given.waiting ?? []), ...inbox.map(({ ticket }) => ticket)])],
    },
    repositories: {
      placesOf: async (names: readonly string[]) => new Map(names.map((one, at) => [one, { owner: "acme", name: one.split("/")[1], installationId: 1, repositoryId: at }])), // prettier-ignore
      note: async () => new Map([[9, "old/name"]]),
    },
    nudge: async (ticket: string, { lane }: { lane: string }) => void told.push(`nudges ${lane} ${ticket}`),
    ledgers: { read: async () => entriesOf(storyDrafts().slice(0, 7)) },
    forge: () => ({ permission: async () => given.permission ?? "write" }),
  };
  const app = {
    installations: async () => [{ id: 1, state: given.state ?? "active" }, { id: 2, state: "suspended" }], // prettier-ignore
    recentComments: read("comments", comments),
    changedSince: reading("changes", changes),
    objections: async (at: never, since: Since, _most: number, isAsked: (one: never) => Promise<boolean>) => {
      const told = await reading("thumbs", thumbs)(at, since);
      if (told === "unchanged") return told;
      const all = await Promise.all(told.found.map(async (one) => ((await isAsked(one as never)) ? [one] : []))); // prettier-ignore
      return { ...told, found: all.flat() };
    },
    failedDeliveries: async (since: string) => {
      if (given.broken === "deliveries") throw new Error("away");
      sinces.push(since);
      return failed;
    },
    redeliver: async (id: number) => {
      if (given.refused?.includes(id)) throw new Error("422");
      told.push(`asks for ${id}`);
    },
    repositories: async () => [{ owner: "acme", name: "name", hasOpen: !given.quiet, forge: { kind: "github", installationId: 1, repositoryId: 9 } }], // prettier-ignore
    openIssuesWithLabels: async () => labelled.map((number) => ({ number })),
  };
  const parts = {
    ...{ world, app },
    deliveries: { known: async () => new Set(given.known ?? []) },
    prune: async () => ({ deliveries: told.push("prunes") && 0 }),
    queue: {
      dead: async () => given.dead ?? [],
      nudge: async (ticket: string, { lane }: { lane: string }) => void told.push(`queues ${lane} ${ticket}`),
    },
    ...over,
  };
  await sweep(parts as unknown as Sweep, depth, signal);
  const said = inbox.map(
    ({ ticket, source, payload }) => [ticket, source, payload as Record<string, unknown>] as const,
  );
  return { told, said, sinces, marks };
}

export const LATELY = { number: 12, is: "issue", updatedAt: "2026-03-10T11:00:00Z" };
