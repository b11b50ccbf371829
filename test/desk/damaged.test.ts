import { mkdirSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, expect, it } from "@jest/globals";
import { beginsAt, findRepository, lackingAt, whyNoRepository } from "../../src/desk/repository.ts";
import { localGit } from "../../src/workspace/local-git.ts";
import { emptyFolder, gitIn, repositoryWith, standUp, writeIn } from "../support/desk.ts";

/** Repositories that lost a part of themselves, or that a newer git made: each is one sentence before anything is paid. */
afterEach(standUp);

const FILES = { "a.txt": "a\n", "b/c.txt": "c\n" };

async function refusal(folder: string): Promise<string> {
  const found = await findRepository({ folder, searchPath: process.env["PATH"] ?? "", temporary: tmpdir() });
  if (found.outcome === "refused") return found.sentence;
  const begins = await beginsAt(found.repository, null);
  return typeof begins === "string" ? begins : "none";
}

function without(folder: string, name: string): void {
  const sha = gitIn(folder, "rev-parse", name);
  rmSync(join(folder, ".git/objects", sha.slice(0, 2), sha.slice(2)));
}

type Damage = readonly [name: string, damage: (folder: string) => unknown, says: RegExp];
const DAMAGES: readonly Damage[] = [
  ["nothing", () => undefined, /^none$/],
  ["an empty HEAD", (at) => writeIn(at, { ".git/HEAD": "" }), /^Git does not take \/.*\/\.git for a repository: its HEAD, objects or refs are damaged/], // prettier-ignore
  ["no refs", (at) => rmSync(join(at, ".git/refs"), { recursive: true }), /^Git does not take \/.*\/\.git for a repository/], // prettier-ignore
  ["a lost file", (at) => without(at, "HEAD:a.txt"), /^The content of a\.txt at commit [0-9a-f]{7} is missing from this repository: `git fsck` shows what is lost\.$/], // prettier-ignore
  ["a lost file in a folder", (at) => without(at, "HEAD:b/c.txt"), /^The content of b\/c\.txt at commit/],
  ["a lost folder", (at) => without(at, "HEAD:b"), /^Folders of commit [0-9a-f]{7} are missing from this repository: `git fsck`/], // prettier-ignore
  ["a lost commit", (at) => without(at, "HEAD"), /^Commit [0-9a-f]{7}, where HEAD stands, is missing/],
  [
    "what a newer git knows",
    (at) => {
      gitIn(at, "config", "core.repositoryFormatVersion", "1");
      gitIn(at, "config", "extensions.yetToCome", "7");
    },
    /^Git cannot read this repository \(unknown repository extensions? found: yettocome\)\. A newer git may read it: install one, then run this again\.$/,
  ],
  [
    "a format of a newer git",
    (at) => writeIn(at, { ".git/config": "[core]\n\trepositoryformatversion = 99\n" }),
    /^Git cannot read this repository \(Expected git repo version <= 1, found 99\)\. A newer git may read it/,
  ],
];

it.each(DAMAGES)("says what is wrong with a repository that has %s", async (_name, damage, says) => {
  const folder = repositoryWith(FILES);
  damage(folder);
  expect(await refusal(folder)).toMatch(says);
});

it("looks for no repository in an empty folder that is called .git", async () => {
  const folder = emptyFolder();
  mkdirSync(join(folder, ".git"));
  expect(await refusal(folder)).toMatch(/^This folder is in no git repository: /);
});

it("takes a repository that git looks for in vain, as from a mount within it, for no damaged one", async () => {
  const folder = repositoryWith(FILES);
  const git = { folder: join(folder, "b"), searchPath: process.env["PATH"] ?? "", temporary: tmpdir() };
  // Git stops there as it stops at a mount.
  const stopping = { ...git, environment: { GIT_CEILING_DIRECTORIES: realpathSync(folder) } };
  expect(await whyNoRepository(stopping)).toBe(
    `This folder lies on a mount of its own, and git looks for no repository beyond it. Go into the folder of the repository itself, ${folder}, then run this again.`,
  );
  const linked = join(emptyFolder(), "linked");
  gitIn(folder, "worktree", "add", "-q", linked);
  const below = {
    ...stopping,
    folder: join(linked, "b"),
    environment: { GIT_CEILING_DIRECTORIES: realpathSync(linked) },
  };
  expect(await whyNoRepository(below)).toContain(`the folder of the repository itself, ${linked}, then`);
  writeIn(folder, { ".git/HEAD": "" });
  expect(await whyNoRepository(stopping)).toMatch(/^Git does not take .* damaged or missing/);
});

it("tells a temporary folder that cannot be used, or git being ended, from lost objects", async () => {
  const folder = repositoryWith(FILES);
  const git = { folder, searchPath: process.env["PATH"] ?? "", temporary: join(folder, "nowhere") };
  const sha = gitIn(folder, "rev-parse", "HEAD");
  expect(await lackingAt(git, sha)).toMatch(/^The files of commit [0-9a-f]{7} cannot be listed \(ENOENT: no such file or directory, .*\)\. Mend that, then run this again\.$/); // prettier-ignore
  for (const [script, why] of [
    ["echo 'fatal: write failure on standard output: No space left on device' >&2; exit 128", "write failure on standard output: No space left on device"], // prettier-ignore
    ["echo 'fatal: Out of memory, malloc failed (tried to allocate 9 bytes)' >&2; exit 128", "Out of memory, malloc failed (tried to allocate 9 bytes)"], // prettier-ignore
    ["kill -9 $$", "git ls-tree: signalled"],
  ] as const) {
    const bin = emptyFolder();
    writeFileSync(join(bin, "git"), `#!/bin/sh\n${script}\n`, { mode: 0o755 });
    const searchPath = `${bin}:${git.searchPath}`;
    expect(await lackingAt({ folder, searchPath, temporary: tmpdir() }, sha)).toBe(
      `The files of commit ${sha.slice(0, 7)} cannot be listed (${why}). Mend that, then run this again.`,
    );
  }
});

it.each([
  ["cut", ""],
  ["damaged", "rubbish"],
])("says that a folder whose object is %s is lost", async (_how, content) => {
  const folder = repositoryWith(FILES);
  const sha = gitIn(folder, "rev-parse", "HEAD:b");
  without(folder, "HEAD:b");
  writeIn(folder, { [`.git/objects/${sha.slice(0, 2)}/${sha.slice(2)}`]: content });
  expect(await refusal(folder)).toMatch(/^Folders of commit [0-9a-f]{7} are missing from this repository: `git fsck`/);
});

it.each([
  ["a file", "a.txt", /\/a\.txt is a file: name a folder\.$/],
  ["nothing", "nowhere", /^There is no folder \/.*\/nowhere that can be read\.$/],
])("takes %s for no missing git", async (_what, name, says) => {
  expect(await refusal(join(repositoryWith(FILES), name))).toMatch(says);
});

it.each([null, "main"])("takes a tag that is called as the branch for no branch (--base %s)", async (base) => {
  const folder = repositoryWith(FILES);
  gitIn(folder, "tag", "main");
  writeIn(folder, { "a.txt": "two\n" });
  gitIn(folder, "commit", "-qam", "two");
  const found = await findRepository({ folder, searchPath: process.env["PATH"] ?? "", temporary: tmpdir() });
  if (found.outcome === "refused") throw new Error(found.sentence);
  const commitSha = gitIn(folder, "rev-parse", "refs/heads/main");
  expect(await beginsAt(found.repository, base)).toMatchObject({ base: "main", commitSha });
});

it.each(["topic", "topic~0", "refs/heads/topic"])("takes the branch also of a change (--head %s)", async (name) => {
  const folder = repositoryWith(FILES);
  gitIn(folder, "tag", "topic");
  gitIn(folder, "checkout", "-qb", "topic");
  writeIn(folder, { "a.txt": "two\n" });
  gitIn(folder, "commit", "-qam", "two");
  const git = localGit({ folder, searchPath: process.env["PATH"] ?? "", temporary: tmpdir() });
  const [tag, branch] = ["refs/tags/topic", "refs/heads/topic"].map((ref) => gitIn(folder, "rev-parse", ref));
  expect(await git.commitOf(name)).toBe(branch);
  expect(await git.commitOf("tags/topic")).toBe(tag);
  // A branch that is called so does not stand for what git itself means.
  for (const called of ["HEAD", branch ?? ""]) gitIn(folder, "update-ref", `refs/heads/${called}`, tag ?? "");
  for (const meant of ["HEAD", "@", branch ?? ""]) expect([meant, await git.commitOf(meant)]).toEqual([meant, branch]);
  expect(await git.commitOf("HEAD~1")).toBe(tag);
});
