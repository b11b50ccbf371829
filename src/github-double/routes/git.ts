import { commitSignatures, moveRef } from "../acts/branches.ts";
import { type Actor, atLeast, authorOf, satisfies } from "../auth.ts";
import { isAncestor } from "../history.ts";
import { type Json, flag, isJson, objects, oneOf, optionalText, text, texts } from "../input.ts";
import type { Mode, Signature } from "../objects.ts";
import { Refusal, notAccessible, notFound } from "../refusal.ts";
import { type RepoCall, type Route, inRepo, may } from "../route.ts";
import type { Repository } from "../state.ts";
import { type TreeEdit, editTree } from "../tree-edit.ts";
import { gitCommitView } from "../views/commit.ts";
import { refView, repositoryUrl, resolve } from "../views/repository.ts";
import { base64Lines } from "./contents.ts";

/** Git Data: blobs, trees, commits and refs, so that a client can write a commit without a clone. */

/** A recursive listing has at most 100,000 entries (or 7 MB); beyond that it is cut and says so. */
const TREE_ENTRIES_MAX = 100_000;
const TREE_BYTES_MAX = 7_000_000;
const MODES = ["100644", "100755", "040000", "160000", "120000"] as const;
const WRITE = may("write", "contents:write");
const READ = may("read", "contents:read");

function getBlob({ world, repo, params, accept }: RepoCall) {
  const sha = params["file_sha"] ?? "";
  if (repo.git.typeOf(sha) !== "blob") throw notFound();
  const data = repo.git.blob(sha);
  if (/application\/vnd\.github\.raw/.test(accept)) return { status: 200, raw: data };
  const url = `${repositoryUrl(world, repo)}/git/blobs/${sha}`;
  const body = { sha, node_id: `B_${sha}`, size: data.length, url, content: base64Lines(data), encoding: "base64" };
  return { status: 200, body };
}

function postBlob({ world, repo, body }: RepoCall) {
  const encoding = oneOf(body, "encoding", ["utf-8", "base64"]) ?? "utf-8";
  const sha = repo.git.writeBlob(Buffer.from(text(body, "content"), encoding === "base64" ? "base64" : "utf8"));
  return { status: 201, body: { sha, url: `${repositoryUrl(world, repo)}/git/blobs/${sha}` } };
}

function getTree({ world, repo, params, query }: RepoCall) {
  const name = params["tree_sha"] ?? "";
  const commit = resolve(repo, name);
  const sha = commit ? repo.git.commit(commit).tree : name;
  if (repo.git.typeOf(sha) !== "tree") throw notFound();
  // Any value at all asks for everything below, even "false".
  return { status: 200, body: treeView({ world, repo }, sha, query.has("recursive") ? "all" : "one-level") };
}

function treeView({ world, repo }: Pick<RepoCall, "world" | "repo">, sha: string, depth: "all" | "one-level") {
  const url = `${repositoryUrl(world, repo)}/git`;
  const entries: Record<string, unknown>[] = [];
  let bytes = 0;
  const list = (tree: string, prefix: string): boolean =>
    repo.git.tree(tree).every(({ name, mode, sha: object }) => {
      const path = `${prefix}${name}`;
      bytes += path.length + 100;
      if (entries.length >= TREE_ENTRIES_MAX || bytes > TREE_BYTES_MAX) return false;
      const type = mode === "040000" ? "tree" : mode === "160000" ? "commit" : "blob";
      const size = type === "blob" ? { size: repo.git.size(object) } : {};
      const address = type === "commit" ? {} : { url: `${url}/${type}s/${object}` };
      entries.push({ path, mode, type, sha: object, ...size, ...address });
      return type !== "tree" || depth === "one-level" || list(object, `${path}/`);
    });
  const isWhole = list(sha, "");
  return { sha, url: `${url}/trees/${sha}`, tree: entries, truncated: !isWhole };
}

/** Workflows run with the repository's secrets: without the permission of that name no path below them is written. */
function refuseWorkflows(actor: Actor, edits: readonly TreeEdit[]): void {
  if (actor.kind !== "installation" || satisfies(actor.grants, "workflows:write")) return;
  if (edits.some((edit) => /^\.github\/workflows(\/|$)/.test(edit.path))) throw notAccessible();
}

/** The same at a branch: a workflow that stands on no branch yet may not get there by way of a subtree or an old commit. */
function refuseNewWorkflows({ actor, repo }: RepoCall, sha: string): void {
  if (actor.kind !== "installation" || satisfies(actor.grants, "workflows:write")) return;
  const known = new Set(
    [...repo.refs.values()].flatMap((head) =>
      [...repo.git.filesOf(head)].map(([path, { sha: blob }]) => `${path}\0${blob}`),
    ),
  );
  for (const [path, entry] of repo.git.filesOf(sha)) {
    if (path.startsWith(".github/workflows/") && !known.has(`${path}\0${entry.sha}`)) throw notAccessible();
  }
}

function postTree(call: RepoCall) {
  const { repo, body } = call;
  const entries = objects(body, "tree");
  const baseName = optionalText(body, "base_tree");
  const base = baseName === undefined ? new Map() : filesOfTree(repo, baseName);
  if (entries.length === 0) throw new Refusal(422, "Invalid tree info");
  const edits = entries.map((entry) => editOf(repo, entry));
  refuseWorkflows(call.actor, edits);
  const files = editTree(repo.git, base, edits);
  if ("refused" in files) throw new Refusal(422, files.refused);
  return { status: 201, body: treeView(call, repo.git.writeFiles(files), "one-level") };
}

function filesOfTree(repo: Repository, name: string) {
  if (repo.git.typeOf(name) === "tree") return repo.git.files(name);
  if (repo.git.typeOf(name) === "commit") return repo.git.filesOf(name);
  throw new Refusal(422, "base_tree is not a valid tree oid");
}

function editOf(repo: Repository, entry: Json): TreeEdit {
  const mode = (oneOf(entry, "mode", MODES) ?? "100644") as Mode;
  const path = text(entry, "path");
  const content = optionalText(entry, "content");
  const sha = optionalText(entry, "sha");
  if (content !== undefined && sha !== undefined)
    throw new Refusal(422, "Must supply either tree.sha or tree.content, not both");
  if (content !== undefined) return { path, mode, sha: repo.git.writeBlob(Buffer.from(content)) };
  if (entry["sha"] === undefined) throw new Refusal(422, "Must supply a valid tree.sha or tree.content");
  return { path, mode, sha: sha ?? null };
}

function postCommit(call: RepoCall) {
  const { world, repo, body } = call;
  const tree = text(body, "tree");
  const parents = texts(body, "parents");
  if (repo.git.typeOf(tree) !== "tree") throw new Refusal(422, "Tree SHA does not exist");
  if (parents.some((parent) => repo.git.typeOf(parent) !== "commit"))
    throw new Refusal(422, "Parent SHA does not exist or is not a commit object");
  const own = commitSignatures(world, authorOf(call.actor));
  const author = signature(body["author"], own.author);
  // Naming an author makes it the committer as well, and the commit is then not signed by GitHub.
  const committer = signature(body["committer"], author === own.author ? own.committer : author);
  const sha = repo.git.writeCommit({ tree, parents, message: text(body, "message"), author, committer });
  return { status: 201, body: gitCommitView(world, repo, sha) };
}

function signature(given: unknown, otherwise: Signature): Signature {
  if (!isJson(given)) return otherwise;
  const date = optionalText(given, "date") ?? otherwise.date;
  if (Number.isNaN(Date.parse(date))) throw new Refusal(422, "Invalid request.\n\nInvalid date.");
  return { name: text(given, "name"), email: text(given, "email"), date };
}

function getRef({ world, repo, params }: RepoCall) {
  const ref = `refs/${params["ref"]}`;
  const sha = repo.refs.get(ref);
  if (!sha) throw notFound();
  return { status: 200, body: refView(world, repo, ref, sha) };
}

function postRef(call: RepoCall) {
  const { world, repo, body } = call;
  const [ref, sha] = [text(body, "ref"), text(body, "sha")];
  if (!/^refs\/[^/]+\/[^\s~^:?*[\\]+$/.test(ref)) throw new Refusal(422, "Reference name is not valid");
  if (repo.git.typeOf(sha) !== "commit") throw new Refusal(422, "Object does not exist");
  if (repo.refs.has(ref)) throw new Refusal(422, "Reference already exists");
  // A name is a file or a folder to git, never both.
  if ([...repo.refs.keys()].some((one) => one.startsWith(`${ref}/`) || ref.startsWith(`${one}/`)))
    throw new Refusal(422, "Reference update failed");
  refuseNewWorkflows(call, sha);
  moveRef(world, repo, { ref, to: sha, by: authorOf(call.actor).account });
  return { status: 201, body: refView(world, repo, ref, sha) };
}

function patchRef(call: RepoCall) {
  const { world, repo, params, body } = call;
  const ref = `refs/${params["ref"]}`;
  const [sha, before] = [text(body, "sha"), repo.refs.get(ref)];
  if (!before) throw new Refusal(422, "Reference does not exist");
  if (repo.git.typeOf(sha) !== "commit") throw new Refusal(422, "Object does not exist");
  const mayForce = flag(body, "force", false);
  if (!mayForce && !isAncestor(repo.git, before, sha)) throw new Refusal(422, "Update is not a fast forward");
  refuseProtected(call, ref);
  refuseNewWorkflows(call, sha);
  moveRef(world, repo, { ref, to: sha, by: authorOf(call.actor).account });
  return { status: 200, body: refView(world, repo, ref, sha) };
}

function deleteRef(call: RepoCall) {
  const ref = `refs/${call.params["ref"]}`;
  if (!call.repo.refs.has(ref)) throw new Refusal(422, "Reference does not exist");
  if (ref === `refs/heads/${call.repo.defaultBranch}`) throw new Refusal(422, "Cannot delete the default branch");
  moveRef(call.world, call.repo, { ref, to: null, by: authorOf(call.actor).account });
  return { status: 204 };
}

/** A branch that requires checks takes nothing directly, but from its administrators. */
function refuseProtected({ world, repo, actor }: RepoCall, ref: string): void {
  if (repo.requiredChecks.length === 0 || ref !== `refs/heads/${repo.defaultBranch}`) return;
  if (actor.kind === "person" && atLeast(world.permission(repo, actor.account), "admin")) return;
  throw new Refusal(422, `Required status check "${repo.requiredChecks[0]}" is expected.`);
}

export const gitRoutes: readonly Route[] = [
  inRepo("GET /git/blobs/{file_sha}", READ, getBlob),
  inRepo("POST /git/blobs", WRITE, postBlob),
  inRepo("GET /git/trees/{tree_sha}", READ, getTree),
  inRepo("POST /git/trees", WRITE, postTree),
  inRepo("GET /git/commits/{commit_sha}", READ, ({ world, repo, params }) => {
    const sha = params["commit_sha"] ?? "";
    if (repo.git.typeOf(sha) !== "commit") throw notFound();
    return { status: 200, body: gitCommitView(world, repo, sha) };
  }),
  inRepo("POST /git/commits", WRITE, postCommit),
  inRepo("GET /git/ref/{ref}", READ, getRef),
  inRepo("POST /git/refs", WRITE, postRef),
  inRepo("PATCH /git/refs/{ref}", WRITE, patchRef),
  inRepo("DELETE /git/refs/{ref}", WRITE, deleteRef),
];
