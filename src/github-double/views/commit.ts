import { type FileChange, changedFiles, patchText } from "../diff.ts";
import type { Commit, Signature } from "../objects.ts";
import { type Repository, fullName } from "../state.ts";
import type { World } from "../world.ts";
import { accountView, nodeId } from "./account.ts";
import { repositoryUrl } from "./repository.ts";

/** Commits and changed files as the API shows them. */
export const NOREPLY = "users.noreply.local";

/** Commits of Apps that name no author are signed by GitHub itself; with an author of the client's own they are not. */
function verification(commit: Commit) {
  const signed = commit.committer.email === `noreply@${NOREPLY}`;
  return {
    verified: signed,
    reason: signed ? "valid" : "unsigned",
    signature: null,
    payload: null,
    verified_at: signed ? commit.committer.date : null,
  };
}

function signatureView({ name, email, date }: Signature) {
  return { name, email, date: `${new Date(date).toISOString().slice(0, 19)}Z` };
}

function accountOf(world: World, signature: Signature) {
  const id = /^(\d+)\+/.exec(signature.email)?.[1];
  const account = [...world.accounts.values()].find((one) => String(one.id) === id);
  return account ? accountView(world, account) : null;
}

export function gitCommitView(world: World, repo: Repository, sha: string) {
  const commit = repo.git.commit(sha);
  const url = `${repositoryUrl(world, repo)}/git`;
  const page = `${world.url}/${fullName(repo)}/commit`;
  return {
    sha,
    node_id: nodeId("C", repo.id),
    url: `${url}/commits/${sha}`,
    html_url: `${page}/${sha}`,
    author: signatureView(commit.author),
    committer: signatureView(commit.committer),
    tree: { sha: commit.tree, url: `${url}/trees/${commit.tree}` },
    message: commit.message,
    parents: commit.parents.map((parent) => ({
      sha: parent,
      url: `${url}/commits/${parent}`,
      html_url: `${page}/${parent}`,
    })),
    verification: verification(commit),
  };
}

/** A commit without its files, as lists show it. */
export function commitView(world: World, repo: Repository, sha: string) {
  const commit = repo.git.commit(sha);
  const url = `${repositoryUrl(world, repo)}/commits/${sha}`;
  const { author, committer, tree, message, parents, verification: verified } = gitCommitView(world, repo, sha);
  return {
    sha,
    node_id: nodeId("C", repo.id),
    commit: {
      ...{ author, committer, message, tree, comment_count: 0, verification: verified },
      url: `${repositoryUrl(world, repo)}/git/commits/${sha}`,
    },
    url,
    html_url: `${world.url}/${fullName(repo)}/commit/${sha}`,
    comments_url: `${url}/comments`,
    author: accountOf(world, commit.author),
    committer: accountOf(world, commit.committer),
    parents: parents.map((parent) => ({ ...parent, url: `${repositoryUrl(world, repo)}/commits/${parent.sha}` })),
  };
}

export function fullCommitView(world: World, repo: Repository, sha: string) {
  const commit = repo.git.commit(sha);
  const parent = commit.parents[0];
  const before = parent ? repo.git.filesOf(parent) : new Map();
  const files = changedFiles(repo.git, before, repo.git.files(commit.tree));
  const sum = (field: "additions" | "deletions") => files.reduce((total, file) => total + file[field], 0);
  const stats = { additions: sum("additions"), deletions: sum("deletions") };
  return {
    ...commitView(world, repo, sha),
    stats: { ...stats, total: stats.additions + stats.deletions },
    files: files.map((file) => fileView(world, repo, sha, file)),
  };
}

export function fileView(world: World, repo: Repository, commitSha: string, file: FileChange) {
  const path = file.path.split("/").map(encodeURIComponent).join("/");
  const page = `${world.url}/${fullName(repo)}`;
  const patch = patchText(file.hunks);
  return {
    sha: file.sha,
    filename: file.path,
    status: file.status,
    additions: file.additions,
    deletions: file.deletions,
    changes: file.additions + file.deletions,
    blob_url: `${page}/blob/${commitSha}/${path}`,
    raw_url: `${page}/raw/${commitSha}/${path}`,
    contents_url: `${repositoryUrl(world, repo)}/contents/${path}?ref=${commitSha}`,
    ...(patch === undefined ? {} : { patch }),
    ...(file.previousPath ? { previous_filename: file.previousPath } : {}),
  };
}
