import { type MergeMethod, type Repository, branchHead, fullName, isPull } from "../state.ts";
import type { World } from "../world.ts";
import { accountView, nodeId } from "./account.ts";

/** Addresses below a repository, as templates that GitHub sends along. */
const BELOW = {
  archive_url: "{archive_format}{/ref}",
  assignees_url: "assignees{/user}",
  blobs_url: "git/blobs{/sha}",
  branches_url: "branches{/branch}",
  collaborators_url: "collaborators{/collaborator}",
  comments_url: "comments{/number}",
  commits_url: "commits{/sha}",
  compare_url: "compare/{base}...{head}",
  contents_url: "contents/{+path}",
  contributors_url: "contributors",
  deployments_url: "deployments",
  downloads_url: "downloads",
  events_url: "events",
  forks_url: "forks",
  git_commits_url: "git/commits{/sha}",
  git_refs_url: "git/refs{/sha}",
  git_tags_url: "git/tags{/sha}",
  hooks_url: "hooks",
  issue_comment_url: "issues/comments{/number}",
  issue_events_url: "issues/events{/number}",
  issues_url: "issues{/number}",
  keys_url: "keys{/key_id}",
  labels_url: "labels{/name}",
  languages_url: "languages",
  merges_url: "merges",
  milestones_url: "milestones{/number}",
  notifications_url: "notifications{?since,all,participating}",
  pulls_url: "pulls{/number}",
  releases_url: "releases{/id}",
  stargazers_url: "stargazers",
  statuses_url: "statuses/{sha}",
  subscribers_url: "subscribers",
  subscription_url: "subscription",
  tags_url: "tags",
  teams_url: "teams",
  trees_url: "git/trees{/sha}",
} as const;

export function repositoryUrl(world: World, repo: Repository): string {
  return `${world.url}/repos/${fullName(repo)}`;
}

export function repositoryView(world: World, repo: Repository) {
  const url = repositoryUrl(world, repo);
  const page = `${world.url}/${fullName(repo)}`;
  const open = [...repo.threads.values()].filter((thread) => thread.state === "open").length;
  const allows = (method: MergeMethod) => repo.mergeMethods.includes(method);
  const urls = Object.fromEntries(Object.entries(BELOW).map(([name, path]) => [name, `${url}/${path}`]));
  return {
    ...{ id: repo.id, node_id: nodeId("R", repo.id), name: repo.name, full_name: fullName(repo) },
    owner: accountView(world, repo.owner),
    ...{ private: repo.visibility === "private", visibility: repo.visibility },
    ...{ html_url: page, description: null, fork: repo.forkOf !== null, url },
    ...(urls as Record<keyof typeof BELOW, string>),
    ...{ git_url: `git://${new URL(page).host}/${fullName(repo)}.git`, ssh_url: `git@local:${fullName(repo)}.git` },
    ...{ clone_url: `${page}.git`, svn_url: page, mirror_url: null, homepage: null, language: null, license: null },
    ...{ default_branch: repo.defaultBranch, size: 0, forks: 0, forks_count: 0, network_count: 0 },
    ...{ stargazers_count: 0, watchers: 0, watchers_count: 0, subscribers_count: 0, topics: [] },
    ...{ open_issues: open, open_issues_count: open, archived: repo.archived, disabled: false, is_template: false },
    ...{ has_issues: true, has_projects: true, has_wiki: false, has_pages: false, has_downloads: true },
    ...{
      has_discussions: false,
      has_pull_requests: true,
      allow_forking: true,
      allow_auto_merge: false,
      web_commit_signoff_required: false,
    },
    ...{ allow_merge_commit: allows("merge"), allow_squash_merge: allows("squash"), allow_rebase_merge: false },
    ...{ created_at: repo.createdAt, updated_at: repo.createdAt, pushed_at: repo.createdAt },
  };
}

/** The protection that a branch shows: only the default branch asks for checks. */
export function branchView(world: World, repo: Repository, branch: string, commit: Record<string, unknown>) {
  const url = `${repositoryUrl(world, repo)}/branches/${branch}`;
  const contexts = branch === repo.defaultBranch ? repo.requiredChecks : [];
  return {
    name: branch,
    commit,
    _links: { self: url, html: `${world.url}/${fullName(repo)}/tree/${branch}` },
    protected: contexts.length > 0,
    protection: {
      enabled: contexts.length > 0,
      required_status_checks: {
        enforcement_level: contexts.length > 0 ? "non_admins" : "off",
        contexts,
        checks: contexts.map((context) => ({ context, app_id: null })),
      },
    },
    protection_url: `${url}/protection`,
  };
}

export function refView(world: World, repo: Repository, ref: string, sha: string) {
  const url = `${repositoryUrl(world, repo)}/git`;
  return {
    ref,
    node_id: nodeId("REF", repo.id),
    url: `${url}/${ref}`,
    object: { sha, type: "commit", url: `${url}/commits/${sha}` },
  };
}

/** Open pull requests whose head is this branch of this repository, wherever they were opened. */
export function openPullsFrom(world: World, repo: Repository, branch: string) {
  return [...world.repositories.values()].flatMap((home) =>
    [...home.threads.values()]
      .filter(isPull)
      .filter(({ state, pull }) => state === "open" && pull.headRepository === repo && pull.headRef === branch)
      .map((thread) => ({ home, thread })),
  );
}

/** A commit by what people and programs call it: SHA, branch, tag or full ref name. */
export function resolve(repo: Repository, name: string): string | undefined {
  const named = [name, `refs/${name}`, `refs/tags/${name}`].map((ref) => repo.refs.get(ref)).find(Boolean);
  const found = branchHead(repo, name) ?? named;
  if (found) return found;
  return /^[0-9a-f]{40}$/.test(name) && repo.git.typeOf(name) === "commit" ? name : undefined;
}
