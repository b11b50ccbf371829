import { TEST_KEY, TEST_TICKET } from "../../test/support/builders.ts";
import { type Entry, link } from "../core/ledger/chain.ts";
import type { EntryDraft } from "../core/ledger/entries.ts";
import { ticketRef } from "../core/ledger/ids.ts";
import { fold } from "../core/ticket/fold.ts";
import type { Forge, ThreadComment } from "../forge/forge.ts";
import { readMarker } from "../messages/marker.ts";
import type { Publication, PublicationIntent } from "../store/publication-store.ts";
import type { Book } from "./book.ts";
import type { World } from "./world.ts";

/** A ledger, its thread and what is noted of both, as plain data: what stands where, and what it took. */
export const APP = 42;
export const MONA = { login: "mona", id: 1, type: "User" };
export const ISSUE = {
  ...{ number: 12, state: "open", title: "T", body: "B", author: MONA, labels: ["coop"], isPullRequest: false },
};
const BOT = { login: "coop[bot]", id: 2, type: "Bot" };
const NOW = new Date("2026-06-01T00:00:00Z");

export type Standing = ThreadComment & { readonly on: string };

export function paper(drafts: readonly EntryDraft[]) {
  const publications = new Map<number, Publication>();
  const notes = new Map<string, { remoteId: number | null; bodySha256: string }>();
  const said = new Map<string, object>();
  const thread: Standing[] = [];
  const asked: string[] = [];
  let entries: Entry[] = [];
  let failing: "no" | "unsaid" | "unnoted" = "no";
  const grow = (more: readonly EntryDraft[]) =>
    (entries = [...entries, ...link(TEST_KEY, TEST_TICKET, entries, more, NOW)]);
  grow(drafts);
  const write = (on: string, place: ThreadComment["place"], body: string) => {
    if (failing === "unsaid") throw new Error("away");
    const id = 100 + thread.length;
    thread.push({ id, on, place, body, author: BOT, appId: APP, createdAt: "", edited: false });
    if (failing === "unnoted") throw new Error("away");
    return { id };
  };
  const at = (on: string) => thread.filter((one) => one.on === on);
  const forge = {
    comments: async (number: number) => (asked.push(`comments ${number}`), at(`${number}`)),
    reviews: async (number: number) => (asked.push(`reviews ${number}`), at(`review ${number}`)),
    comment: async (number: number, body: string) => write(`${number}`, "comment", body),
    review: async (number: number, { body }: { body: string }) => write(`review ${number}`, "review", body),
    editComment: async (id: number, body: string) => {
      const index = thread.findIndex((one) => one.id === id);
      if (index < 0) return "gone";
      asked.push(`edits ${id}`);
      thread[index] = { ...(thread[index] as Standing), body };
      return "edited";
    },
    removeComment: async (id: number) => void thread.splice(thread.findIndex((one) => one.id === id), 1), // prettier-ignore
    ...{
      file: async () => "gone",
      snapshot: async () => "gone",
      defaultBranch: async () => "gone",
      permission: async () => "write",
      missing: async () => null,
      publishCheck: async () => 1,
    },
    ...{
      settleThreads: async () => undefined,
      markReady: async (number: number) => void asked.push(`ready ${number}`),
    },
  } as unknown as Forge;
  const world = {
    ...{ appId: APP, ledgerKeys: TEST_KEY, now: () => NOW, publicUrl: null },
    ...{ guard: (text: string) => text, redact: (text: string) => text },
    log: { info: () => undefined, warn: () => undefined },
    ownLogin: async () => BOT.login,
    artifacts: { get: async () => null },
    leases: { take: async () => "yours", giveBack: async () => undefined, renew: async () => "yours", freed: async () => undefined }, // prettier-ignore
    repositories: { placeOf: async () => null },
    inbox: { said: async (_key: string, source: string) => said.get(source) ?? null },
    projections: {
      get: async (_key: string, kind: string) => notes.get(kind) ?? null,
      put: async (_key: string, kind: string, note: never) => void notes.set(kind, note),
    },
    ledgers: {
      read: async () => entries,
      append: async (_key: string, length: number, more: readonly Entry[]) => {
        if (length !== entries.length) return "stale";
        entries = [...entries, ...more];
        return "appended";
      },
    },
    publications: {
      list: async () => [...publications.values()].sort((a, b) => a.firstSeq - b.firstSeq),
      intend: async (intent: PublicationIntent) => {
        const standing = publications.get(intent.firstSeq);
        if (standing) return standing;
        const made = { ...intent, state: "intended", remoteId: null, postedAt: null } as const;
        publications.set(intent.firstSeq, made);
        return made;
      },
      posted: async (_key: string, firstSeq: number, remoteId: number) => {
        const one = publications.get(firstSeq) as Publication;
        publications.set(firstSeq, { ...one, state: "posted", remoteId, postedAt: NOW.toISOString() });
      },
      markMissing: async (_key: string, firstSeq: number) => {
        const one = publications.get(firstSeq) as Publication;
        publications.set(firstSeq, { ...one, state: "intended", remoteId: null, postedAt: null });
      },
    },
  } as unknown as World;
  const book = (): Book => ({ key: TEST_TICKET, ref: ticketRef(TEST_TICKET), entries, ticket: fold(entries) });
  return {
    ...{ world, forge, book, thread, asked, notes, said, grow },
    fails: (how: typeof failing) => void (failing = how),
    /** Which entries stand where, a line a comment. */
    shown: () => thread.map(({ on, body }) => `${on}: ${entriesIn(body).join(" ")}`),
  };
}

function entriesIn(body: string): string[] {
  const marker = readMarker(body, TEST_KEY);
  return "entries" in marker ? marker.entries.map(({ kind, seq }) => `${seq} ${kind}`) : [marker.state];
}
