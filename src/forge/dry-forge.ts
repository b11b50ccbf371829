import { createHash } from "node:crypto";
import { changedFiles, unifiedDiff } from "../trees/diff.ts";
import type { Blobs, Snapshot, Tree, TreeFile } from "../trees/tree.ts";
import type { Check, CommitOutcome, Forge, PullFacts, ThreadComment } from "./forge.ts";
import type { NotedAct, NotedCommit, Notebook } from "./notebook.ts";
import type { NewCommit } from "./written.ts";

/**
 * A forge that is read as it is and never written to. What would be written is noted, and read back from there: the branch, its
 * commits and the pull request exist in the notebook only, under the issue's own number, so that reviews and proof go on as usual.
 */
type DryParts = {
  readonly real: Forge;
  readonly notes: Notebook;
  readonly blobs: Blobs;
  readonly issue: number;
  readonly appId: number;
  readonly ownLogin: () => Promise<string>;
  readonly now: () => Date;
};

export function dryForge(parts: DryParts): Forge {
  const { real, notes, issue } = parts;
  return {
    ...real,
    ...reading(parts),
    comment: async (number, body) => ({ id: await notes.note({ do: "comment", number, body, at: at(parts) }) }),
    review: async (number, { body: beside, alone: body = beside }) => ({
      id: await notes.note({ do: "review", number, body, at: at(parts) }),
    }),
    replyInline: async (number, _to, body) => ({
      id: await notes.note({ do: "comment", number, body, at: at(parts) }),
    }),
    editComment: (id, body) => notes.edit(id, body),
    removeComment: () => Promise.resolve(),
    // A sign below a person's words says that GitHub will show an answer.
    react: () => Promise.resolve(),
    settleThreads: () => Promise.resolve(),
    openIssue: () => Promise.resolve({ state: "refused", reason: DRY }),
    attachChild: () => Promise.resolve("unsupported"),
    closeIssue: async (number) => void (await notes.note({ do: "close", number })),
    createLabel: () => Promise.resolve("there"),
    addLabel: async (number, { name: label }) => void (await notes.note({ do: "label", number, label })),
    removeLabel: async (number, label) => void (await notes.note({ do: "unlabel", number, label })),
    commit: (commit) => committed(parts, commit),
    openPull: async ({ title, body, head, base }) => {
      const found = (await pullIn(parts)) !== null;
      if (!found) await notes.note({ do: "pull", number: issue, title, body, head, base });
      return { number: issue, state: found ? "found" : "opened" };
    },
    markReady: async (number) => {
      await notes.note({ do: "ready", number });
      return "ready";
    },
    publishCheck: ({ name, headSha, conclusion, title }) =>
      notes.note({ do: "check", name, headSha, conclusion, title }),
    merge: () => Promise.resolve({ outcome: "refused", rule: "dry-run", reason: DRY, links: [] }),
    mergeQueue: () => Promise.resolve({ state: "out" }),
  };
}

const DRY = "the policy says `dryRun`, so nothing is written to GitHub";
const NO_CI = "cannot run: the commit is on this server only (`dryRun`)";

type Reading = Pick<
  Forge,
  | "pull"
  | "pullOf"
  | "snapshot"
  | "branchHead"
  | "file"
  | "mergeBase"
  | "merges"
  | "checks"
  | "checkers"
  | "lookTogether"
  | "comments"
  | "reviews"
  | "inlineComments"
  | "inlineReplies"
>;

function reading(parts: DryParts): Reading {
  const { real, issue } = parts;
  const headOf = async (branch: string) => (await commits(parts)).findLast((one) => one.branch === branch)?.sha;
  const isNoted = async (sha: string) => (await commits(parts)).some((one) => one.sha === sha);
  const pull: Forge["pull"] = async (number) => {
    const noted = number === issue ? await pullIn(parts) : null;
    return noted ? pullFacts(parts, noted, (await headOf(noted.head)) ?? "") : real.pull(number);
  };
  return {
    pull,
    pullOf: async (branch) => ((await pullIn(parts))?.head === branch ? issue : real.pullOf(branch)),
    snapshot: (ref) => snapshotOf(parts, ref),
    branchHead: async (branch) => (await headOf(branch)) ?? real.branchHead(branch),
    file: async (ref, ...paths) => {
      const noted = (await headOf(ref)) ?? ((await isNoted(ref)) ? ref : undefined);
      if (noted === undefined) return real.file(ref, ...paths);
      const tree = await snapshotOf(parts, noted);
      for (const path of tree === "gone" ? [] : paths) {
        const file = tree === "gone" ? undefined : tree.tree.get(path);
        const content = file && (await parts.blobs.get(file.sha));
        if (content) return { path, content };
      }
      return "gone";
    },
    merges: async (base, head) => real.merges(base, await rootOf(parts, (await headOf(head)) ?? head)),
    mergeBase: async (base, head) => real.mergeBase(base, await rootOf(parts, (await headOf(head)) ?? head)),
    checks: async (sha) => {
      if (!(await isNoted(sha))) return real.checks(sha);
      // Nobody's checks run on a commit that GitHub does not have. What the base has stays without a verdict.
      const names = (await real.checks(await rootOf(parts, sha))).filter((one) => !one.ours).map((one) => one.name);
      return [...new Set(names)].map((name): Check => ({ name, ours: false, status: "unclear", summary: NO_CI }));
    },
    checkers: async (sha) => ((await isNoted(sha)) ? [] : real.checkers(sha)),
    lookTogether: async ({ pull: number, checks, checkers, branch, ...rest }) =>
      real.lookTogether({
        ...rest,
        ...(number !== undefined && (number !== issue || !(await pullIn(parts))) ? { pull: number } : {}),
        ...(checks !== undefined && !(await isNoted(checks)) ? { checks } : {}),
        ...(checkers !== undefined && !(await isNoted(checkers)) ? { checkers } : {}),
        ...(branch !== undefined && !(await headOf(branch)) ? { branch } : {}),
      }),
    comments: async (number) => [...(await real.comments(number)), ...(await noted(parts, number, "comment"))],
    reviews: async (number) =>
      (await pullIn(parts)) && number === issue ? noted(parts, number, "review") : real.reviews(number),
    inlineComments: async (number, id) => (number === issue ? [] : real.inlineComments(number, id)),
    inlineReplies: async (number) => (number === issue ? [] : real.inlineReplies(number)),
  };
}

async function noted(parts: DryParts, number: number, place: "comment" | "review"): Promise<ThreadComment[]> {
  const author = { login: await parts.ownLogin(), id: 0, type: "Bot" };
  return (await parts.notes.acts()).flatMap((one) => {
    if ((one.do !== "comment" && one.do !== "review") || one.do !== place || one.number !== number) return [];
    const { id, body, at: createdAt } = one;
    return [{ id, place, body, author, appId: parts.appId, createdAt, edited: false }];
  });
}

function at({ now }: DryParts): string {
  return now().toISOString();
}

async function commits({ notes }: DryParts): Promise<readonly NotedCommit[]> {
  return (await notes.acts()).filter((one) => one.do === "commit");
}

type NotedPull = Extract<NotedAct, { do: "pull" }>;

async function pullIn({ notes }: DryParts): Promise<NotedPull | null> {
  return (await notes.acts()).find((one) => one.do === "pull") ?? null;
}

/** The newest commit of GitHub's own that a noted one builds on: the base branch's, where it took that in. */
async function rootOf(parts: DryParts, sha: string): Promise<string> {
  const found = (await commits(parts)).find((one) => one.sha === sha);
  const parent = found?.parents.at(-1);
  return parent === undefined ? sha : rootOf(parts, parent);
}

async function pullFacts(parts: DryParts, noted: NotedPull, headSha: string): Promise<PullFacts> {
  const { title, body, head, base, number } = noted;
  const baseSha = await parts.real.branchHead(base);
  return {
    ...{ number, title, body, state: "open", merged: false, mergedSha: null, mergedBy: null, draft: false },
    author: { login: await parts.ownLogin(), id: 0, type: "Bot" },
    ...{ headSha, headBranch: head, headIsOurs: true, baseBranch: base },
    baseSha: baseSha === "gone" ? "" : baseSha,
    mergeable: true,
  };
}

async function snapshotOf(parts: DryParts, ref: string): Promise<Snapshot | "gone"> {
  const commit = (await commits(parts)).findLast((one) => one.sha === ref || one.branch === ref);
  if (!commit) return parts.real.snapshot(ref);
  const below = await baseOf(parts, commit);
  return below ? { commitSha: commit.sha, treeSha: commit.treeSha, tree: changed(below.tree, commit) } : "gone";
}

/** The parent whose files the commit changes. */
async function baseOf(parts: DryParts, { parents, baseTreeSha }: NotedCommit): Promise<Snapshot | null> {
  for (const parent of parents) {
    const below = await snapshotOf(parts, parent);
    if (below !== "gone" && below.treeSha === baseTreeSha) return below;
  }
  return null;
}

function changed(base: Tree, { files }: NotedCommit): Tree {
  const tree = new Map<string, TreeFile>(base);
  for (const { path, mode, sha, sizeBytes } of files)
    if (sha === null) tree.delete(path);
    else tree.set(path, { mode, sha, sizeBytes });
  return tree;
}

async function committed(parts: DryParts, commit: NewCommit): Promise<CommitOutcome> {
  const before = (await commits(parts)).findLast((one) => one.branch === commit.branch)?.sha ?? null;
  const files: NotedCommit["files"][number][] = [];
  for (const [path, change] of commit.changes) {
    const sha = change ? await parts.blobs.put(change.content) : null;
    files.push({ path, mode: change?.mode ?? "100644", sha, sizeBytes: change?.content.length ?? 0 });
  }
  const parents = [commit.parentSha, ...(commit.mergedParentSha ? [commit.mergedParentSha] : [])];
  const { branch, baseTreeSha, message } = commit;
  const treeSha = named({ baseTreeSha, files });
  const sha = named({ treeSha, parents, message });
  // The same commit again, after a crash: it stands already.
  if (before === sha) return { outcome: "committed", headSha: sha, treeSha };
  if (before !== commit.expectedHead) return { outcome: "moved", headSha: before ?? "" };
  const noted = { do: "commit", branch, sha, treeSha, parents, baseTreeSha, message, files, diff: "" } as const;
  await parts.notes.note({ ...noted, diff: await diffOf(parts, noted) });
  return { outcome: "committed", headSha: sha, treeSha };
}

/** A longer one nobody reads on a page. */
const DIFF_CHARS_MAX = 200_000;

async function diffOf(parts: DryParts, commit: NotedCommit): Promise<string> {
  const below = await baseOf(parts, commit);
  if (!below) return "";
  const head = { commitSha: commit.sha, treeSha: commit.treeSha, tree: changed(below.tree, commit) };
  const files = await changedFiles(below, head, parts.blobs);
  return files.map(unifiedDiff).join("\n").slice(0, DIFF_CHARS_MAX);
}

/** Like git's names: forty digits that stand for the content. */
function named(content: object): string {
  return createHash("sha1").update(JSON.stringify(content)).digest("hex");
}
