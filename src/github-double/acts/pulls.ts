import { commitsBetween, mergeBase } from "../history.ts";
import { checkBody, checkTitle } from "../input.ts";
import { mergedTree } from "../mergeability.ts";
import { Refusal, invalid } from "../refusal.ts";
import {
  type Account,
  type Author,
  type MergeMethod,
  type PullThread,
  type Repository,
  branchHead,
  fullName,
  isPull,
} from "../state.ts";
import type { World } from "../world.ts";
import { commitSignatures, moveRef } from "./branches.ts";
import { refuseMerge } from "./merge-rules.ts";
import { closeByKeywords } from "./pull-consequences.ts";
import { closeThread, makeThread, tell } from "./threads.ts";

/** Opening, drafting and merging pull requests. */
export type NewPull = {
  readonly title: string;
  readonly body: string;
  readonly head: string;
  readonly base: string;
  readonly stage: "draft" | "ready";
};

export function openPull(world: World, repo: Repository, author: Author, wanted: NewPull): PullThread {
  checkTitle("PullRequest", wanted.title);
  checkBody("PullRequest", wanted.body);
  const { headRepository, headRef } = headOf(world, repo, wanted.head);
  const headSha = branchHead(headRepository, headRef);
  const baseSha = branchHead(repo, wanted.base);
  if (!headSha) throw invalid("PullRequest", "head", "invalid");
  if (!baseSha) throw invalid("PullRequest", "base", "invalid");
  refuseDuplicate(repo, headRepository, headRef, wanted.base);
  if (commitsBetween(repo.git, baseSha, headSha).length === 0) {
    throw custom(`No commits between ${wanted.base} and ${wanted.head}`);
  }
  if (!mergeBase(repo.git, baseSha, headSha)) {
    throw custom(`The ${wanted.head} branch has no history in common with ${wanted.base}`);
  }
  const thread = makeThread(world, repo, author, wanted, {
    ...{ id: world.id(), headRepository, headRef, headSha, baseRef: wanted.base, baseSha },
    ...{ draft: wanted.stage === "draft", merged: null, mergeability: null, reviews: [], reviewComments: [] },
  }) as PullThread;
  tell(world, repo, thread, "opened", author.account);
  return thread;
}

/** `branch`, or `owner:branch` for a branch of a fork. */
function headOf(world: World, repo: Repository, head: string) {
  const [, owner, branch] = /^(?:([^:]+):)?(.+)$/.exec(head) ?? [];
  const network = [...world.repositories.values()].filter((one) => one.git === repo.git);
  const named = network.find((one) => one.owner.login.toLowerCase() === owner?.toLowerCase());
  const headRepository = owner && owner !== repo.owner.login ? named : repo;
  if (!headRepository || !branch) throw invalid("PullRequest", "head", "invalid");
  return { headRepository, headRef: branch };
}

function refuseDuplicate(repo: Repository, headRepository: Repository, headRef: string, base: string): void {
  const twin = [...repo.threads.values()].filter(isPull).find(({ state, pull }) => {
    return (
      state === "open" && pull.headRepository === headRepository && pull.headRef === headRef && pull.baseRef === base
    );
  });
  if (twin) throw custom(`A pull request already exists for ${headRepository.owner.login}:${headRef}.`);
}

function custom(message: string): Refusal {
  return new Refusal(422, "Validation Failed", [{ resource: "PullRequest", code: "custom", message }]);
}

export function setStage(
  world: World,
  repo: Repository,
  thread: PullThread,
  by: Account,
  stage: "draft" | "ready",
): void {
  if (thread.pull.draft === (stage === "draft")) return;
  thread.pull.draft = stage === "draft";
  thread.updatedAt = world.time();
  tell(world, repo, thread, stage === "draft" ? "converted_to_draft" : "ready_for_review", by);
}

/** Another base branch, as the *Edit* button of a pull request chooses it. */
export function retarget(world: World, repo: Repository, thread: PullThread, by: Account, base: string): void {
  const { pull } = thread;
  if (base === pull.baseRef) return;
  const baseSha = branchHead(repo, base);
  if (!baseSha) throw invalid("PullRequest", "base", "invalid");
  if (thread.state === "closed") throw custom("Cannot change the base branch of a closed pull request.");
  refuseDuplicate(repo, pull.headRepository, pull.headRef, base);
  if (commitsBetween(repo.git, baseSha, pull.headSha).length === 0)
    throw custom(`There are no new commits between base branch '${base}' and head branch '${pull.headRef}'`);
  const changes = { base: { ref: { from: pull.baseRef }, sha: { from: pull.baseSha } } };
  Object.assign(pull, { baseRef: base, baseSha, mergeability: null });
  thread.updatedAt = world.time();
  tell(world, repo, thread, "edited", by, { changes });
}

export type MergeOptions = {
  readonly method: MergeMethod;
  readonly sha?: string | undefined;
  readonly title?: string | undefined;
  readonly message?: string | undefined;
  /** `queue`: GitHub's own merge of what its turn has come for. */
  readonly through?: "queue";
};

/** Merges head and base as they stand now, so that nothing which the base gained meanwhile is lost. */
export function merge(world: World, repo: Repository, thread: PullThread, by: Author, options: MergeOptions): string {
  const { pull } = thread;
  const base = branchHead(repo, pull.baseRef);
  if (options.sha !== undefined && options.sha !== pull.headSha) {
    throw new Refusal(409, "Head branch was modified. Review and try the merge again.");
  }
  if (thread.state === "closed" || !base) throw new Refusal(405, "Pull Request is not mergeable");
  if (pull.draft) throw new Refusal(405, "Pull Request is still a draft");
  const message = messageOf(thread, repo, options);
  refuseMerge(repo, thread, { method: options.method, message }, options.through ?? "person");
  const tree = mergedTree(repo, base, pull.headSha);
  if (tree === "conflict") throw new Refusal(405, "Pull Request is not mergeable");

  const parents = options.method === "squash" ? [base] : [base, pull.headSha];
  const sha = repo.git.writeCommit({
    tree,
    parents,
    message,
    ...commitSignatures(world, by),
  });
  // Marked as merged before the branch moves, so that the push does not find it merged by another way.
  Object.assign(pull, { merged: { at: world.time(), by: by.account, sha }, baseSha: base });
  moveRef(world, repo, { ref: `refs/heads/${pull.baseRef}`, to: sha, by: by.account });
  closeThread(world, repo, thread, by.account, null);
  if (pull.baseRef === repo.defaultBranch) closeByKeywords(world, repo, [thread.body], by.account);
  return sha;
}

function messageOf(thread: PullThread, repo: Repository, { method, title, message }: MergeOptions): string {
  const from = `${fullName(thread.pull.headRepository).split("/")[0]}/${thread.pull.headRef}`;
  const merged = `Merge pull request #${thread.number} from ${from}`;
  const squashed = `${thread.title} (#${thread.number})`;
  const subject = title ?? (method === "squash" ? squashed : merged);
  const rest = message ?? (method === "squash" ? squashBody(repo, thread) : thread.title);
  return rest ? `${subject}\n\n${rest}` : subject;
}

/** A squash keeps the messages of the commits that it replaces. */
function squashBody(repo: Repository, { pull }: PullThread): string {
  const base = branchHead(repo, pull.baseRef) ?? pull.baseSha;
  const messages = commitsBetween(repo.git, base, pull.headSha).map((commit) => commit.message);
  return messages.length === 1 ? "" : messages.map((message) => `* ${message}`).join("\n\n");
}
