import { changedFiles } from "../diff.ts";
import { commitsBetween, isAncestor } from "../history.ts";
import { type Account, type Author, type Repository, ZERO_SHA, fullName } from "../state.ts";
import { NOREPLY } from "../views/commit.ts";
import type { World } from "../world.ts";
import { openSuites } from "./checks.ts";
import { closeByKeywords, followBranch, leaveBranch } from "./pull-consequences.ts";

/** Moving, making and deleting branches, with everything that GitHub does when one moves. */
export type Move = { readonly ref: string; readonly to: string | null; readonly by: Account };

/** Sets a ref to a commit (null deletes it) and tells everybody. The caller has checked that it is allowed. */
export function moveRef(world: World, repo: Repository, { ref, to, by }: Move): void {
  const from = repo.refs.get(ref) ?? null;
  if (from === to) return;
  if (to) repo.refs.set(ref, to);
  else repo.refs.delete(ref);
  const branch = /^refs\/heads\/(.+)$/.exec(ref)?.[1];
  if (to && branch) openSuites(world, repo, branch, from, to);
  tellPush(world, repo, { ref, from, to, by });
  if (!branch) return;
  if (!to) return leaveBranch(world, repo, branch, by);
  followBranch(world, repo, branch, from, by);
  if (branch === repo.defaultBranch && from) {
    const messages = commitsBetween(repo.git, from, to).map((commit) => commit.message);
    closeByKeywords(world, repo, messages, by);
  }
  for (const listener of world.onPush) listener(repo, ref, to);
}

function tellPush(
  world: World,
  repo: Repository,
  { ref, from, to, by }: Move & { readonly from: string | null },
): void {
  const commits =
    to && from ? commitsBetween(repo.git, from, to).map((commit) => pushedCommit(world, repo, commit.sha)) : [];
  const payload = {
    ...{ ref, before: from ?? ZERO_SHA, after: to ?? ZERO_SHA, base_ref: null, commits },
    ...{ created: from === null, deleted: to === null },
    forced: Boolean(from && to && !isAncestor(repo.git, from, to)),
    compare: `${world.url}/${fullName(repo)}/compare/${from ?? ZERO_SHA}...${to ?? ZERO_SHA}`,
    head_commit: to ? pushedCommit(world, repo, to) : null,
    pusher: { name: by.login, email: signatureOf(by).email },
  };
  const kind = {
    ref: ref.replace(/^refs\/(heads|tags)\//, ""),
    ref_type: ref.startsWith("refs/tags/") ? "tag" : "branch",
  };
  const branchPayload = { ...kind, master_branch: repo.defaultBranch, description: null, pusher_type: "user" };
  if (!from) world.emit({ event: "create", action: null, repo, sender: by, payload: branchPayload });
  if (!to) world.emit({ event: "delete", action: null, repo, sender: by, payload: branchPayload });
  world.emit({ event: "push", action: null, repo, sender: by, payload });
}

function pushedCommit(world: World, repo: Repository, sha: string) {
  const commit = repo.git.commit(sha);
  const parent = commit.parents[0];
  const before = parent ? repo.git.filesOf(parent) : new Map();
  const files = changedFiles(repo.git, before, repo.git.files(commit.tree));
  const named = (...statuses: string[]) =>
    files.filter((file) => statuses.includes(file.status)).map((file) => file.path);
  return {
    ...{ id: sha, tree_id: commit.tree, distinct: true, message: commit.message, timestamp: commit.committer.date },
    url: `${world.url}/${fullName(repo)}/commit/${sha}`,
    author: { name: commit.author.name, email: commit.author.email },
    committer: { name: commit.committer.name, email: commit.committer.email },
    ...{ added: named("added", "renamed"), removed: named("removed"), modified: named("modified") },
  };
}

/** How an account signs its commits. */
export function signatureOf(account: Account) {
  return { name: account.login, email: `${account.id}+${account.login}@${NOREPLY}` };
}

/** Author and committer of a commit that GitHub makes for somebody on its pages or over its API. */
export function commitSignatures(world: World, author: Author) {
  const date = world.time();
  return {
    author: { ...signatureOf(author.account), date },
    committer: { name: "GitHub", email: `noreply@${NOREPLY}`, date },
  };
}
