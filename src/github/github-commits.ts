import { isUtf8 } from "node:buffer";
import { holdsKnownSecret } from "../hygiene/redact.ts";
import type { Blobs, Changes } from "../trees/tree.ts";
import { type CommitOutcome, type Forge, ForgeAway, type FoundFile } from "../forge/forge.ts";
import type { NewCommit } from "../forge/written.ts";
import type { Client } from "./client.ts";
import type { SnapshotReader } from "./source-tree.ts";
import { type Answer, ask, askTwice, find, findCommit, must } from "./wire.ts";

type CommitActs = Pick<Forge, "branchHead" | "defaultBranch" | "file" | "commit">;

/** Larger texts, and everything that is no text, go to GitHub as blobs of their own. */
const INLINE_BYTES_MAX = 200_000;
/** All inline texts of one request together; GitHub answers very large ones with a timeout. */
const INLINE_BYTES_TOTAL_MAX = 4_000_000;

/**
 * Commits through the Git Data API: objects first, which nobody sees, then the branch. A step
 * that runs twice finds its work on the branch by tree and parents, whatever the commit is called.
 */
export function commitActs(client: Client, blobs: Blobs, remember: SnapshotReader["remember"]): CommitActs {
  const write = async (commit: NewCommit): Promise<CommitOutcome> => {
    const entries = await treeEntries(client, commit.changes);
    if ("reason" in entries) return refused(entries.reason);
    const tree = await createTree(client, commit.baseTreeSha, entries);
    if (!tree.ok) return refused(tree.reason);
    if (tree.data.sha === commit.baseTreeSha) return refused("The change leaves every file as it is.");
    const made = await createCommit(client, commit, tree.data.sha);
    if (!made.ok) return refused(made.reason);
    return moveBranch(client, commit, made.data.sha, tree.data.sha);
  };
  return {
    branchHead: (branch) => branchHead(client, branch),
    async defaultBranch() {
      const { rest, at } = client;
      const repository = await find("reading the repository", rest.rest.repos.get({ ...at }));
      return repository === "gone" ? "gone" : repository.default_branch;
    },
    file: (ref, ...paths) => file(client, ref, paths),
    async commit(commit) {
      const secret = secretIn(client, commit.changes);
      if (secret !== null) return refused(`${secret} holds a secret of this server, so nothing was written.`);
      const outcome = await write(commit);
      if (outcome.outcome === "committed") await keep(blobs, commit, outcome, remember);
      return outcome;
    },
  };
}

function refused(reason: string): CommitOutcome {
  return { outcome: "refused", reason };
}

async function branchHead({ rest, at }: Client, branch: string): Promise<string | "gone"> {
  const ref = await find("reading the branch", rest.rest.git.getRef({ ...at, ref: `heads/${branch}` }));
  return ref === "gone" ? "gone" : ref.object.sha;
}

/** A folder, a link and a submodule of that name are no file; above a megabyte GitHub sends no content. */
async function file(client: Client, ref: string, paths: readonly string[]): Promise<FoundFile | "gone"> {
  let absent: ReadonlySet<string> | null = null;
  for (const path of paths) {
    if (absent?.has(path)) continue;
    const where = { ...client.at, path, ref };
    const found = await find("reading a file", client.rest.rest.repos.getContent(where));
    if (found !== "gone") {
      if (Array.isArray(found) || found.type !== "file" || found.encoding !== "base64") continue;
      return { path, content: Buffer.from(found.content, "base64") };
    }
    // One 404 says the same of a file that is not there and of a repository that GitHub does not show just now.
    absent ??= await absentFrom(client, ref, paths);
    if (!absent.has(path)) throw new ForgeAway(`GitHub did not show ${path}, which is there.`, null, "not-done");
  }
  return "gone";
}

/** Which of these paths no folder names. A list of a folder's names is an answer, and so is what it lacks. */
async function absentFrom(client: Client, ref: string, paths: readonly string[]): Promise<ReadonlySet<string>> {
  const { rest, at, readRetryMs } = client;
  const list = (sha: string) => rest.rest.git.getTree({ ...at, tree_sha: sha });
  // GitHub takes the name of a branch or commit for its tree.
  const root = await findCommit("listing the files", () => list(ref), readRetryMs);
  if (root === "gone") return new Set(paths);
  const folders = new Map<string, string>();
  const files = new Set<string>();
  const read = (folder: string, { tree }: typeof root) => {
    for (const entry of tree)
      if (entry.type === "tree") folders.set(`${folder}${entry.path}/`, entry.sha);
      else if (entry.mode.startsWith("100")) files.add(`${folder}${entry.path}`);
  };
  read("", root);
  for (const folder of new Set(paths.map(folderOf))) {
    const sha = folders.get(folder);
    if (sha !== undefined) read(folder, await must("listing a folder", list(sha)));
  }
  return new Set(paths.filter((path) => !files.has(path)));
}

/** No file that is asked for lies deeper than in one folder. */
function folderOf(path: string): string {
  return path.includes("/") ? `${path.slice(0, path.indexOf("/"))}/` : "";
}

function secretIn(client: Client, changes: Changes): string | null {
  for (const [path, change] of changes) {
    if (holdsKnownSecret(path, client.secrets())) return "A file name";
    if (change && holdsKnownSecret(change.content.toString("latin1"), client.secrets())) return path;
  }
  return null;
}

type TreeEntry = { path: string; mode: "100644" | "100755"; type: "blob" } & (
  { content: string } | { sha: string | null }
);

async function treeEntries(client: Client, changes: Changes): Promise<TreeEntry[] | { reason: string }> {
  const entries: TreeEntry[] = [];
  let inlineBytes = 0;
  for (const [path, change] of changes) {
    if (change === null) {
      entries.push({ path, mode: "100644", type: "blob", sha: null });
      continue;
    }
    const file = { path, mode: change.mode, type: "blob" } as const;
    const size = change.content.length;
    const isText = size <= INLINE_BYTES_MAX && isUtf8(change.content) && !change.content.includes(0);
    if (isText && inlineBytes + size <= INLINE_BYTES_TOTAL_MAX) {
      inlineBytes += size;
      entries.push({ ...file, content: change.content.toString("utf8") });
      continue;
    }
    const blob = { ...client.at, content: change.content.toString("base64"), encoding: "base64" };
    const store = () => client.rest.rest.git.createBlob(blob);
    const answer = await askTwice("storing a file", store, client.readRetryMs);
    if (!answer.ok) return { reason: answer.reason };
    entries.push({ ...file, sha: answer.data.sha });
  }
  return entries;
}

function createTree(client: Client, baseTreeSha: string, entries: TreeEntry[]): Promise<Answer<{ sha: string }>> {
  const write = () => client.rest.rest.git.createTree({ ...client.at, base_tree: baseTreeSha, tree: entries });
  return askTwice("writing the tree", write, client.readRetryMs);
}

/** Without an author of our naming GitHub signs the commit as the App's ("Verified"); with one it would not. */
async function createCommit(client: Client, commit: NewCommit, treeSha: string): Promise<Answer<{ sha: string }>> {
  const fields = { message: client.line(commit.message), tree: treeSha, parents: parentsOf(commit) };
  const write = () => client.rest.rest.git.createCommit({ ...client.at, ...fields });
  return askTwice("writing the commit", write, client.readRetryMs);
}

async function moveBranch(client: Client, commit: NewCommit, sha: string, treeSha: string): Promise<CommitOutcome> {
  const { rest, at } = client;
  const done = { outcome: "committed", headSha: sha, treeSha } as const;
  const move = (): Promise<{ data: unknown; status: number }> =>
    commit.expectedHead === null
      ? rest.rest.git.createRef({ ...at, ref: `refs/heads/${commit.branch}`, sha })
      : rest.rest.git.updateRef({ ...at, ref: `heads/${commit.branch}`, sha, force: false });
  const answer = await askTwice("moving the branch", move, client.readRetryMs, ({ status }) => status === 422);
  if (answer.ok) return done;
  if (answer.status !== 422 && answer.status !== 409) return refused(answer.reason);
  // Somebody pushed, or an earlier attempt of ours got through and its answer was lost.
  const headSha = await branchHead(client, commit.branch);
  if (headSha === sha) return done;
  if (headSha === "gone" || headSha === commit.expectedHead) {
    // Nobody was before us. One poor answer is no reason to call a person; a rule says the same again.
    const again = await ask("moving the branch", move());
    return again.ok ? done : refused(again.reason);
  }
  return (await isSameWork(client, headSha, commit, treeSha)) ? { ...done, headSha } : { outcome: "moved", headSha };
}

/** Servers that sign commits give the second attempt another name: same tree and parent are the same work. */
async function isSameWork({ rest, at }: Client, sha: string, commit: NewCommit, treeSha: string): Promise<boolean> {
  const head = await find("reading the branch's commit", rest.rest.git.getCommit({ ...at, commit_sha: sha }));
  if (head === "gone" || head.tree.sha !== treeSha) return false;
  return head.parents.map((parent) => parent.sha).join() === parentsOf(commit).join();
}

function parentsOf(commit: NewCommit): string[] {
  return commit.mergedParentSha === null ? [commit.parentSha] : [commit.parentSha, commit.mergedParentSha];
}

/** What was just written need not be read back. */
async function keep(
  blobs: Blobs,
  commit: NewCommit,
  done: { headSha: string; treeSha: string },
  remember: SnapshotReader["remember"],
): Promise<void> {
  const written = new Map<string, { mode: "100644" | "100755"; sha: string; sizeBytes: number } | null>();
  for (const [path, change] of commit.changes) {
    const file = change && {
      mode: change.mode,
      sha: await blobs.put(change.content),
      sizeBytes: change.content.length,
    };
    written.set(path, file);
  }
  remember(commit.baseTreeSha, { commitSha: done.headSha, treeSha: done.treeSha }, written);
}
