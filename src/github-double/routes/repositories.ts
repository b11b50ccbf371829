import { changedFiles } from "../diff.ts";
import { commitsBetween, mergeBase } from "../history.ts";
import { page } from "../paging.ts";
import { Refusal, notFound } from "../refusal.ts";
import { type RepoCall, type Route, inRepo, may } from "../route.ts";
import { type Repository, branchHead, fullName } from "../state.ts";
import { accountView } from "../views/account.ts";
import { commitView, fileView, fullCommitView } from "../views/commit.ts";
import { branchView, repositoryUrl, repositoryView, resolve } from "../views/repository.ts";

/** A repository, its branches, commits and comparisons, and what a person may do in it. */

/** GitHub lists at most 300 files of a comparison and 250 commits. */
const FILES_MAX = 300;
const COMMITS_MAX = 250;

export function commitAt(repo: Repository, name: string): string {
  const sha = resolve(repo, name);
  if (!sha) throw new Refusal(422, `No commit found for SHA: ${name}`);
  return sha;
}

function branch({ world, repo, params }: RepoCall) {
  const name = params["branch"] ?? "";
  const head = branchHead(repo, name);
  if (!head) throw new Refusal(404, "Branch not found");
  return { status: 200, body: branchView(world, repo, name, commitView(world, repo, head)) };
}

function branches(call: RepoCall) {
  const { world, repo } = call;
  const names = [...repo.refs.keys()].filter((ref) => ref.startsWith("refs/heads/")).map((ref) => ref.slice(11));
  const { items, headers } = page(call, names.toSorted());
  const body = items.map((name) => {
    const sha = branchHead(repo, name) ?? "";
    const protection = name === repo.defaultBranch && repo.requiredChecks.length > 0;
    return { name, commit: { sha, url: `${repositoryUrl(world, repo)}/commits/${sha}` }, protected: protection };
  });
  return { status: 200, body, headers };
}

/** The old field knows four words; only `role_name` tells triage from read and maintain from write. */
function permission({ world, repo, params }: RepoCall) {
  const account = world.accounts.get((params["username"] ?? "").toLowerCase());
  if (!account) throw new Refusal(404, `${params["username"]} is not a user`);
  const role = world.permission(repo, account);
  const word = role === "maintain" ? "write" : role === "triage" ? "read" : role;
  const ranks = ["none", "read", "triage", "write", "maintain", "admin"];
  const has = (rank: string) => ranks.indexOf(role) >= ranks.indexOf(rank);
  const permissions = { pull: has("read"), triage: has("triage"), push: has("write"), maintain: has("maintain") };
  return {
    status: 200,
    body: {
      permission: word,
      role_name: role,
      user: { ...accountView(world, account), permissions: { ...permissions, admin: has("admin") }, role_name: role },
    },
  };
}

function compare(call: RepoCall) {
  const { world, repo, params } = call;
  const [from, to] = (params["basehead"] ?? "").split("...");
  const [base, head] = [from, to].map((name) => (name ? resolve(repo, name.replace(/^[^:]+:/, "")) : undefined));
  if (!base || !head) throw notFound();
  const start = mergeBase(repo.git, base, head);
  if (!start) throw new Refusal(404, "No common ancestor between the two commits");
  const ahead = commitsBetween(repo.git, base, head);
  const behind = commitsBetween(repo.git, head, base).length;
  const status = ahead.length > 0 ? (behind > 0 ? "diverged" : "ahead") : behind > 0 ? "behind" : "identical";
  const files = changedFiles(repo.git, repo.git.filesOf(start), repo.git.filesOf(head)).slice(0, FILES_MAX);
  const page = `${world.url}/${fullName(repo)}/compare/${base}...${head}`;
  return {
    status: 200,
    body: {
      ...{ url: `${repositoryUrl(world, repo)}/compare/${base}...${head}`, html_url: page, permalink_url: page },
      ...{ diff_url: `${page}.diff`, patch_url: `${page}.patch` },
      base_commit: commitView(world, repo, base),
      merge_base_commit: commitView(world, repo, start),
      ...{ status, ahead_by: ahead.length, behind_by: behind, total_commits: ahead.length },
      commits: ahead.slice(0, COMMITS_MAX).map((commit) => commitView(world, repo, commit.sha)),
      files: files.map((file) => fileView(world, repo, head, file)),
    },
  };
}

export const repositoryRoutes: readonly Route[] = [
  inRepo("GET", may("read", "metadata:read"), ({ world, repo }) => ({
    status: 200,
    body: repositoryView(world, repo),
  })),
  inRepo("GET /branches", may("read", "contents:read"), branches),
  inRepo("GET /branches/{branch}", may("read", "contents:read"), branch),
  inRepo("GET /compare/{basehead}", may("read", "contents:read"), compare),
  inRepo("GET /collaborators/{username}/permission", may("read", "metadata:read"), permission),
];

/** Stands after the routes that go on below a commit, whose names would otherwise be taken for a part of the ref. */
export const commitRoute: Route = inRepo(
  "GET /commits/{ref}",
  may("read", "contents:read"),
  ({ world, repo, params }) => ({
    status: 200,
    body: fullCommitView(world, repo, commitAt(repo, params["ref"] ?? "")),
  }),
);
