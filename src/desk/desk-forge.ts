import { START_LABELS } from "../core/rules/facts.ts";
import type { IssueFacts, Person } from "../core/rules/trigger.ts";
import type { CommitOutcome, Forge, MergeOutcome, PullFacts, ThreadComment } from "../forge/forge.ts";
import type { NewCommit } from "../forge/written.ts";
import { holdsKnownSecret } from "../hygiene/redact.ts";
import type { Snapshot } from "../trees/tree.ts";
import type { LocalGit } from "../workspace/local-git.ts";
import { deskBranch } from "./branch-name.ts";
import type { Branches } from "./branches.ts";
import type { Contents } from "./contents.ts";
import type { DeskComment, DeskTicket, Threads } from "./threads.ts";

/**
 * The forge of a desk: branches and commits are those of the local repository, threads stand in the desk's database, and
 * whoever sits there may do everything. A merge says that a branch is ready; it goes into another one only where the ticket
 * was begun so.
 */
export type DeskParts = {
  readonly threads: Threads;
  readonly git: LocalGit;
  readonly branches: Branches;
  readonly contents: Contents;
  /** The last gate of what is written down, as on every forge. */
  readonly guard: (markdown: string) => string;
  readonly secrets: readonly string[];
  readonly now: () => Date;
};

/** The id under which the program writes; people have none. */
export const DESK_APP = { id: 1, login: "coop[bot]" } as const;

const OBJECT_NAME = /^([0-9a-f]{40}|[0-9a-f]{64})$/;

export function deskForge(parts: DeskParts): Forge {
  const { threads, git, branches, contents } = parts;
  // A commit never changes, and each step asks for the same few.
  const known = new Map<string, Snapshot>();
  const headOf = async (name: string) => {
    if (known.has(name)) return name;
    if (OBJECT_NAME.test(name)) return (await git.commitOf(name)) ?? "gone";
    return branches.head(name);
  };
  return {
    issue: async (number) => issueOf(await threads.ticket(number), await threads.pull(number)),
    pull: (number) => pullFacts(parts, number, headOf),
    permission: () => Promise.resolve("admin"),
    pullOf: (branch) => threads.pullOf(branch),
    snapshot: async (ref) => {
      const sha = await headOf(ref);
      if (sha === "gone") return "gone";
      const snapshot = known.get(sha) ?? (await git.snapshot(sha));
      if (!known.has(sha)) await contents.readAhead(snapshot.tree);
      known.set(sha, snapshot);
      return snapshot;
    },
    branchHead: headOf,
    // A desk's branch is the one that was checked out when the ticket began; nobody renames it unseen.
    defaultBranch: () => Promise.resolve("gone"),
    file: async (ref, ...paths) => {
      const sha = await headOf(ref);
      if (sha === "gone") return "gone";
      const { tree } = await git.snapshot(sha);
      const path = paths.find((one) => tree.has(one)) ?? "";
      const blob = tree.get(path)?.sha ?? "";
      const content = blob && (await git.contents([blob])).get(blob);
      return content ? { path, content } : "gone";
    },
    merges: (base, head) => git.merges(base, head),
    mergeBase: async (base, head) => {
      const [one, other] = [await headOf(base), await headOf(head)];
      return one === "gone" || other === "gone" ? "gone" : ((await git.mergeBase(one, other)) ?? "gone");
    },
    // Nobody checks commits at a desk but the proof itself.
    checks: () => Promise.resolve([]),
    checkers: () => Promise.resolve([]),
    missing: () => Promise.resolve(null),
    publishCheck: () => Promise.resolve(0),
    // Asking one by one costs nothing here.
    lookTogether: () => Promise.resolve({}),
    // A desk's reviews have no conversations of their own.
    settleThreads: () => Promise.resolve(),
    ...threadActs(parts),
    commit: (commit) => commitSafely(parts, commit),
    openPull: async ({ title, body, head, base }) => {
      const number = numberOf(head);
      if (number === null) return { state: "refused", reason: "the branch belongs to no ticket" };
      return { number, state: await threads.openPull(number, { title, body, head, base }) };
    },
    markReady: () => Promise.resolve("ready"),
    merge: (number, headSha, title, message) => merge(parts, number, headSha, `${title}\n\n${message}`),
    mergeQueue: () => Promise.resolve({ state: "out" }),
  };
}

function numberOf(branch: string): number | null {
  const number = /^coop\/([1-9]\d{0,9})$/.exec(branch)?.[1];
  return number === undefined ? null : Number(number);
}

function personOf(login: string): Person {
  return { login, id: 0, type: "User" };
}

function issueOf(ticket: DeskTicket | null, pull: unknown): IssueFacts | "gone" {
  if (!ticket) return "gone";
  const { number, title, body, author, labels } = ticket;
  // What a person brought to be reviewed bears no label: a ticket of ours always does.
  const isPullRequest =
    pull !== null && labels.every((label) => label.startsWith("coop:") && !START_LABELS.includes(label));
  return { number, state: "open", title, body, author: personOf(author), labels: [...labels], isPullRequest };
}

async function pullFacts(
  { threads, git }: DeskParts,
  number: number,
  headOf: (name: string) => Promise<string | "gone">,
): Promise<PullFacts | "gone"> {
  const [ticket, pull] = [await threads.ticket(number), await threads.pull(number)];
  if (!ticket || !pull) return "gone";
  const [headSha, baseSha] = [await headOf(pull.head), await headOf(pull.base)];
  const lost = headSha === "gone" || baseSha === "gone" || (await git.commitOf(headSha)) === null;
  return {
    ...{ number, title: pull.title, body: pull.body, author: personOf(ticket.author), draft: false },
    state: lost || pull.merged ? "closed" : "open",
    ...{ merged: pull.merged !== null, mergedSha: pull.merged?.sha ?? null, mergedBy: pull.merged?.by ?? null },
    ...{ headSha, headBranch: pull.head, headIsOurs: true, baseBranch: pull.base, baseSha },
    mergeable: true,
  };
}

type ThreadActs = Pick<
  Forge,
  | "comments"
  | "reviews"
  | "comment"
  | "editComment"
  | "removeComment"
  | "review"
  | "inlineComments"
  | "inlineReplies"
  | "replyInline"
  | "react"
  | "createLabel"
  | "addLabel"
  | "removeLabel"
  | "openIssue"
  | "attachChild"
  | "closeIssue"
>;

function threadActs({ threads, branches, guard, now }: DeskParts): ThreadActs {
  const write = async (number: number, place: DeskComment["place"], body: string) => {
    const comment = { place, body: guard(body), author: DESK_APP.login, by: "program" as const };
    return { id: await threads.comment(number, comment, now()) };
  };
  const relabel = async (number: number, change: (labels: readonly string[]) => string[]) => {
    const ticket = await threads.ticket(number);
    if (ticket) await threads.setLabels(number, change(ticket.labels));
  };
  return {
    comments: async (number) => (await threads.comments(number, "comment")).map(commentOf),
    reviews: async (number) => (await threads.comments(number, "review")).map(commentOf),
    comment: (number, body) => write(number, "comment", body),
    editComment: (id, body) => threads.edit(id, guard(body)),
    removeComment: (id) => threads.remove(id),
    review: (number, { body, alone }) => write(number, "review", alone ?? body),
    inlineComments: () => Promise.resolve([]),
    inlineReplies: () => Promise.resolve([]),
    replyInline: (number, _inReplyTo, body) => write(number, "comment", body),
    // Nobody sees signs in a terminal.
    react: () => Promise.resolve(),
    createLabel: () => Promise.resolve("there"),
    addLabel: (number, { name }) => relabel(number, (labels) => [...new Set([...labels, name])]),
    removeLabel: (number, label) => relabel(number, (labels) => labels.filter((one) => one !== label)),
    openIssue: async ({ title, body, labels, marker, parent }) => {
      const above = await threads.ticket(parent);
      if (!above) return { state: "refused", reason: `there is no ticket ${parent} here` };
      const found = await threads.withMarker(marker);
      if (found !== null) return { number: found, state: "found" };
      const { author, settings } = above;
      const ticket = { title, body: guard(body), author, labels, settings };
      const isFree = (number: number) => branches.isFree(deskBranch(number));
      return { number: await threads.open(ticket, now(), isFree), state: "opened" };
    },
    // `coop run --list` names them one below the other already.
    attachChild: () => Promise.resolve("unsupported"),
    // A desk's tickets have no state beside their ledger.
    closeIssue: () => Promise.resolve(),
  };
}

function commentOf({ id, place, body, author, by, createdAt }: DeskComment): ThreadComment {
  const isOurs = by === "program";
  const who = isOurs ? { login: author, id: DESK_APP.id, type: "Bot" } : personOf(author);
  return { id, place, body, author: who, appId: isOurs ? DESK_APP.id : null, createdAt, edited: false };
}

/** A model may have been talked into writing a key of this machine into a file. */
async function commitSafely({ branches, secrets }: DeskParts, commit: NewCommit): Promise<CommitOutcome> {
  for (const [path, change] of commit.changes) {
    const holds =
      holdsKnownSecret(path, secrets) || holdsKnownSecret(change?.content.toString("latin1") ?? "", secrets);
    if (holds) return { outcome: "refused", reason: `${path} holds a key of this machine, so nothing was written` };
  }
  return branches.commit(commit);
}

async function merge(parts: DeskParts, number: number, headSha: string, message: string): Promise<MergeOutcome> {
  const { threads, branches } = parts;
  const [ticket, pull] = [await threads.ticket(number), await threads.pull(number)];
  if (!ticket || !pull) return { outcome: "refused", rule: "desk", reason: "the ticket is gone", links: [] };
  if (pull.merged) return { outcome: "merged", sha: pull.merged.sha };
  if ((await branches.head(pull.head)) !== headSha) return { outcome: "head-moved" };
  const target = ticket.settings.mergeInto;
  const merged =
    target === null
      ? ({ outcome: "merged", sha: headSha } as const)
      : await branches.mergeInto(target, headSha, message);
  if (merged.outcome === "merged") await threads.merged(number, merged.sha, ticket.author);
  return merged.outcome === "refused" ? { ...merged, rule: "desk", links: [] } : merged;
}
