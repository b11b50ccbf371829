import { randomBytes } from "node:crypto";
import { Refusal, notFound } from "../refusal.ts";
import { type Call, type RepoCall, type Route, anywhere, inRepo, may } from "../route.ts";
import { type Repository, fullName } from "../state.ts";
import { tarball } from "../tarball.ts";
import { repositoryUrl, resolve } from "../views/repository.ts";
import type { World } from "../world.ts";

/** Files by path, and a whole tree as a tarball. */

/** Above 1 MB a file's content is only given raw. */
const INLINE_BYTES_MAX = 1_000_000;
/** A download address works for five minutes and needs no token: it is one. */
const DOWNLOAD_MS = 5 * 60_000;
const downloads = new WeakMap<
  World,
  Map<string, { readonly repo: Repository; readonly sha: string; readonly untilMs: number }>
>();

/** Base64 as GitHub sends it: in lines of 60 characters, which a reader must be able to cope with. */
export function base64Lines(data: Buffer): string {
  return data.toString("base64").replace(/.{1,60}/g, "$&\n");
}

function entryView(world: World, repo: Repository, commit: string, path: string, kind: string, sha: string) {
  const encoded = path.split("/").map(encodeURIComponent).join("/");
  const url = `${repositoryUrl(world, repo)}/contents/${encoded}?ref=${commit}`;
  const gitUrl = `${repositoryUrl(world, repo)}/git/${kind === "dir" ? "trees" : "blobs"}/${sha}`;
  const page = `${world.url}/${fullName(repo)}/${kind === "dir" ? "tree" : "blob"}/${commit}/${encoded}`;
  return {
    ...{ name: path.split("/").at(-1) ?? "", path, sha, size: kind === "dir" ? 0 : repo.git.size(sha) },
    ...{ url, html_url: page, git_url: gitUrl, type: kind },
    download_url: kind === "dir" ? null : `${world.url}/${fullName(repo)}/raw/${commit}/${encoded}`,
    _links: { self: url, git: gitUrl, html: page },
  };
}

function contents(call: RepoCall) {
  const { world, repo, params, query } = call;
  const commit = resolve(repo, query.get("ref") ?? repo.defaultBranch);
  const path = (params["path"] ?? "").replace(/\/+$/, "");
  if (!commit) throw new Refusal(404, `No commit found for the ref ${query.get("ref") ?? repo.defaultBranch}`);
  const files = repo.git.filesOf(commit);
  const file = files.get(path);
  if (!file) return folder(call, commit, path);
  if (file.mode === "160000") throw notFound();
  const data = repo.git.blob(file.sha);
  if (/application\/vnd\.github\.raw/.test(call.accept)) return { status: 200, raw: data };
  const view = entryView(world, repo, commit, path, "file", file.sha);
  const inline = data.length <= INLINE_BYTES_MAX;
  const content = { content: inline ? base64Lines(data) : "", encoding: inline ? "base64" : "none" };
  return { status: 200, body: { ...view, ...content } };
}

function folder({ world, repo }: RepoCall, commit: string, path: string) {
  let tree = repo.git.commit(commit).tree;
  for (const part of path === "" ? [] : path.split("/")) {
    const entry = repo.git.tree(tree).find(({ name, mode }) => name === part && mode === "040000");
    if (!entry) throw notFound();
    tree = entry.sha;
  }
  const prefix = path === "" ? "" : `${path}/`;
  const body = repo.git.tree(tree).map(({ name, mode, sha }) => {
    const kind = mode === "040000" ? "dir" : mode === "120000" ? "symlink" : mode === "160000" ? "submodule" : "file";
    return entryView(world, repo, commit, `${prefix}${name}`, kind, sha);
  });
  return { status: 200, body };
}

/** Answers with an address elsewhere: the client must follow it, and must not need its token there. */
function redirectToTarball({ world, repo, params }: RepoCall) {
  const ref = params["ref"] || repo.defaultBranch;
  const sha = resolve(repo, ref);
  if (!sha) throw notFound();
  const known = downloads.get(world) ?? new Map();
  const key = randomBytes(20).toString("hex");
  downloads.set(world, known.set(key, { repo, sha, untilMs: world.now().getTime() + DOWNLOAD_MS }));
  const location = `${world.url}/_codeload/${fullName(repo)}/legacy.tar.gz/${encodeURIComponent(ref)}?token=${key}`;
  return { status: 302, headers: { Location: location } };
}

function download({ world, query }: Call) {
  const found = downloads.get(world)?.get(query.get("token") ?? "");
  if (!found || found.untilMs < world.now().getTime()) throw notFound();
  return { status: 200, raw: tarball(found.repo, found.sha), headers: { "Content-Type": "application/x-gzip" } };
}

export const contentRoutes: readonly Route[] = [
  inRepo("GET /contents/{path}", may("read", "contents:read"), contents),
  inRepo("GET /contents", may("read", "contents:read"), contents),
  inRepo("GET /tarball/{ref}", may("read", "contents:read"), redirectToTarball),
  inRepo("GET /tarball", may("read", "contents:read"), redirectToTarball),
  anywhere("GET /_codeload/{owner}/{repo}/legacy.tar.gz/{ref}", download),
];
