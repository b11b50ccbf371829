import { commitSignatures, moveRef, signatureOf } from "./acts/branches.ts";
import { setStatus } from "./acts/checks.ts";
import { addComment, deleteComment, editComment, findComment } from "./acts/comments.ts";
import { type NewPull, type MergeOptions, merge, openPull, retarget, setStage } from "./acts/pulls.ts";
import { type NewInline, reply, submitReview } from "./acts/reviews.ts";
import {
  type Edit,
  type NewThread,
  type Reason,
  addLabels,
  closeThread,
  deleteIssue,
  editThread,
  findThread,
  openIssue,
  removeLabel,
  reopenThread,
  transferIssue,
} from "./acts/threads.ts";
import { atLeast } from "./auth.ts";
import type { LocalCi, CiCheck } from "./ci.ts";
import type { Mode } from "./objects.ts";
import { Refusal, notFound } from "./refusal.ts";
import {
  type Author,
  type MergeMethod,
  type Permission,
  type PullThread,
  type Repository,
  type Status,
  branchHead,
  fullName,
  isPull,
} from "./state.ts";
import { editTree } from "./tree-edit.ts";
import type { World } from "./world.ts";

/**
 * What people do in a repository, each act by a named person, with the permission that it takes and the webhook that
 * follows. Whoever tries more than GitHub lets them gets GitHub's refusal (thrown as `Refusal`).
 */
export type NewFile =
  string | Buffer | { readonly content: string | Buffer; readonly mode: "100644" | "100755" | "120000" };
/** Files by path; null deletes one. */
export type NewFiles = Readonly<Record<string, NewFile | null>>;
export type Inline = Omit<NewInline, "side"> & { readonly side?: "LEFT" | "RIGHT" };

export class People {
  readonly state: Repository;
  protected readonly world: World;
  readonly #ci: LocalCi;

  constructor(world: World, state: Repository, ci: LocalCi) {
    this.world = world;
    this.state = state;
    this.#ci = ci;
  }

  get fullName(): string {
    return fullName(this.state);
  }

  setPermission(login: string, permission: Permission): void {
    this.state.people.set(this.world.account(login).login.toLowerCase(), permission);
  }

  openIssue(by: string, issue: NewThread): number {
    return openIssue(this.world, this.state, this.#as(by, "read"), issue).number;
  }

  edit(by: string, number: number, edit: Edit): void {
    const thread = findThread(this.state, number);
    const needed = thread.author.account.login === by ? "read" : "triage";
    editThread(this.world, this.state, thread, this.#as(by, needed).account, edit);
  }

  /** Gives a pull request another base branch, as *Edit* beside its title does. */
  retarget(by: string, number: number, base: string): void {
    retarget(this.world, this.state, this.#pull(number), this.#as(by, "write").account, base);
  }

  close(by: string, number: number, reason: Reason = null): void {
    const thread = findThread(this.state, number);
    const needed = thread.author.account.login === by ? "read" : "triage";
    closeThread(this.world, this.state, thread, this.#as(by, needed).account, reason);
  }

  reopen(by: string, number: number): void {
    reopenThread(this.world, this.state, findThread(this.state, number), this.#as(by, "triage").account);
  }

  addLabel(by: string, number: number, label: string): void {
    addLabels(this.world, this.state, findThread(this.state, number), this.#as(by, "triage").account, [label]);
  }

  removeLabel(by: string, number: number, label: string): void {
    removeLabel(this.world, this.state, findThread(this.state, number), this.#as(by, "triage").account, label);
  }

  transfer(by: string, number: number, to: People): number {
    const thread = findThread(this.state, number);
    if (isPull(thread)) throw new Refusal(422, "Pull requests can't be transferred");
    to.#as(by, "write");
    return transferIssue(this.world, this.state, thread, this.#as(by, "write").account, to.state).number;
  }

  deleteIssue(by: string, number: number): void {
    deleteIssue(this.world, this.state, findThread(this.state, number), this.#as(by, "admin").account);
  }

  /** @param app an App that writes with this person's token */
  comment(by: string, number: number, body: string, app: Author["app"] = null): number {
    const author = { ...this.#as(by, "read"), app };
    return addComment(this.world, this.state, findThread(this.state, number), author, body).id;
  }

  editComment(by: string, id: number, body: string): void {
    const comment = findComment(this.state, id);
    const needed = comment.author.account.login === by ? "read" : "write";
    editComment(this.world, this.state, comment, this.#as(by, needed).account, body);
  }

  deleteComment(by: string, id: number): void {
    const comment = findComment(this.state, id);
    const needed = comment.author.account.login === by ? "read" : "write";
    deleteComment(this.world, this.state, comment, this.#as(by, needed).account);
  }

  review(
    by: string,
    number: number,
    review: { event: "APPROVE" | "REQUEST_CHANGES" | "COMMENT"; body?: string; comments?: readonly Inline[] },
  ): number {
    const comments = (review.comments ?? []).map((comment) => ({ side: "RIGHT" as const, ...comment }));
    const wanted = { event: review.event, body: review.body ?? "", comments };
    return submitReview(this.world, this.state, this.#pull(number), this.#as(by, "read"), wanted).id;
  }

  replyInline(by: string, number: number, commentId: number, body: string): number {
    return reply(this.world, this.state, this.#pull(number), this.#as(by, "read"), commentId, body).id;
  }

  openPull(by: string, pull: Omit<NewPull, "stage" | "body"> & Partial<Pick<NewPull, "stage" | "body">>): number {
    const wanted = { stage: "ready" as const, body: "", ...pull };
    return openPull(this.world, this.state, this.#as(by, "read"), wanted).number;
  }

  markReady(by: string, number: number): void {
    setStage(this.world, this.state, this.#pull(number), this.#as(by, "write").account, "ready");
  }

  convertToDraft(by: string, number: number): void {
    setStage(this.world, this.state, this.#pull(number), this.#as(by, "write").account, "draft");
  }

  merge(by: string, number: number, options: Partial<MergeOptions> = {}): string {
    return merge(this.world, this.state, this.#pull(number), this.#as(by, "write"), { method: "merge", ...options });
  }

  /** Commits files on top of a branch, which is made from the default branch when it is new. Gives the commit's SHA. */
  push(by: string, branch: string, files: NewFiles, message = "Change files"): string {
    const author = this.#as(by, "write");
    const parent = branchHead(this.state, branch) ?? branchHead(this.state, this.state.defaultBranch);
    const sha = this.commit(author, parent ?? null, files, message);
    moveRef(this.world, this.state, { ref: `refs/heads/${branch}`, to: sha, by: author.account });
    return sha;
  }

  /** Writes a commit that no branch names yet. */
  commit(author: Author, parent: string | null, files: NewFiles, message: string): string {
    const { git } = this.state;
    const edits = Object.entries(files).map(([path, file]) => ({ path, ...this.#entry(file) }));
    const edited = editTree(git, parent ? git.filesOf(parent) : new Map(), edits);
    if ("refused" in edited) throw new Refusal(422, edited.refused);
    // A person commits on their own machine: in their own name, without GitHub's signature.
    const own = { ...signatureOf(author.account), date: commitSignatures(this.world, author).author.date };
    const parents = parent ? [parent] : [];
    return git.writeCommit({ tree: git.writeFiles(edited), parents, message, author: own, committer: own });
  }

  #entry(file: NewFile | null): { mode: Mode; sha: string | null } {
    if (file === null) return { mode: "100644", sha: null };
    const isPlain = typeof file === "string" || Buffer.isBuffer(file);
    const { content, mode } = isPlain ? { content: file, mode: "100644" as const } : file;
    return { mode, sha: this.state.git.writeBlob(Buffer.isBuffer(content) ? content : Buffer.from(content)) };
  }

  /** Points a branch somewhere else, as `git push --force` does. */
  forcePush(by: string, branch: string, sha: string): void {
    moveRef(this.world, this.state, { ref: `refs/heads/${branch}`, to: sha, by: this.#as(by, "write").account });
  }

  deleteBranch(by: string, branch: string): void {
    if (!branchHead(this.state, branch)) throw new Refusal(422, "Reference does not exist");
    moveRef(this.world, this.state, { ref: `refs/heads/${branch}`, to: null, by: this.#as(by, "write").account });
  }

  setStatus(by: string, status: Pick<Status, "sha" | "context" | "state">): void {
    setStatus(this.world, this.state, this.#as(by, "write").account, { ...status, description: null });
  }

  /** Which ways of merging are allowed; both at first. Rebasing is not among the ways of this GitHub. */
  allowMerges(by: string, methods: readonly MergeMethod[]): void {
    this.admin(by);
    this.state.mergeMethods = methods;
  }

  /** The repository is gone; a pull request from it stays, with a head that belongs to nothing. */
  deleteRepository(by: string): void {
    this.admin(by);
    this.world.repositories.delete(this.state.id);
  }

  /** Another repository with the same history, that its owner may push to without any right here. */
  fork(by: string): People {
    const owner = this.#as(by, "read").account;
    const forked = { owner, name: this.state.name, visibility: this.state.visibility, forkOf: this.state };
    return new People(this.world, this.world.addRepository(forked), this.#ci);
  }

  /** From now on every pushed commit is checked. */
  runCi(check: CiCheck, name = "ci/test"): void {
    this.#ci.watch(this.state, name, check);
  }

  rerunCi(sha: string): void {
    this.#ci.run(this.state, sha);
  }

  protected admin(by: string) {
    return this.#as(by, "admin").account;
  }

  #pull(number: number): PullThread {
    const thread = findThread(this.state, number);
    if (!isPull(thread)) throw notFound();
    return thread;
  }

  #as(login: string, needed: Permission): Author {
    const account = this.world.account(login, login.endsWith("[bot]") ? "Bot" : "User");
    if (!atLeast(this.world.permission(this.state, account), needed)) {
      throw new Refusal(403, `${login} needs ${needed} permission on ${this.fullName}`);
    }
    return { account, app: null };
  }
}
