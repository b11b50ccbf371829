import { existsSync, mkdirSync, readFileSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, expect, it } from "@jest/globals";
import { branchesOf } from "../../src/desk/branches.ts";
import { wordsOf } from "../../src/desk/commit-words.ts";
import { beginsAt, lackingAt } from "../../src/desk/repository.ts";
import { localGit } from "../../src/workspace/local-git.ts";
import { gitIn, repositoryWith, standUp, writeIn } from "../support/desk.ts";

afterEach(standUp);

/** Every setting by which git starts a program, each with one that leaves its name behind; the attributes ask for those of files. */
const PROGRAMS = [
  ...["core.fsmonitor", "core.editor", "core.pager", "core.sshCommand", "core.askPass", "core.gitProxy", "core.alternateRefsCommand"], // prettier-ignore
  ...["diff.external", "diff.evil.command", "diff.evil.textconv", "filter.evil.clean", "filter.evil.smudge", "filter.evil.process"], // prettier-ignore
  ...["merge.evil.driver", "credential.helper", "gpg.program", "gpg.ssh.program", "sequence.editor", "interactive.diffFilter"], // prettier-ignore
  ...["uploadpack.packObjectsHook", "trailer.evil.command", "alias.rev-parse", "alias.ls-tree", "pager.log", "gpg.ssh.defaultKeyCommand"], // prettier-ignore
];
const HOOKS = ["reference-transaction", "post-index-change", "pre-commit", "commit-msg", "post-commit", "pre-merge-commit", "post-checkout", "post-merge", "prepare-commit-msg", "fsmonitor-watchman", "post-rewrite"]; // prettier-ignore
const SWITCHES = { "commit.gpgSign": "true", "tag.gpgSign": "true", "core.splitIndex": "true", "core.untrackedCache": "true", "log.showSignature": "true", "diff.autoRefreshIndex": "true" }; // prettier-ignore

it("git starts no program of a repository's settings, hooks or attributes, whatever is asked of it", async () => {
  const folder = repositoryWith({
    "a.txt": "one\ntwo\nthree\n",
    ".gitattributes": "* filter=evil diff=evil merge=evil\n",
  });
  gitIn(folder, "switch", "-qc", "other");
  writeIn(folder, { "a.txt": "ONE\ntwo\nthree\n" });
  gitIn(folder, "commit", "-qam", "two");
  const theirs = gitIn(folder, "rev-parse", "HEAD");
  gitIn(folder, "switch", "-q", "main");
  writeIn(folder, { "a.txt": "one\ntwo\nTHREE\n" });
  gitIn(folder, "commit", "-qam", "three");
  gitIn(folder, "branch", "target");
  gitIn(folder, "switch", "-qc", "beside");
  writeIn(folder, { "b.txt": "another file\n" });
  gitIn(folder, "add", "b.txt");
  gitIn(folder, "commit", "-qm", "beside");
  const beside = gitIn(folder, "rev-parse", "HEAD");
  gitIn(folder, "switch", "-q", "main");
  const log = join(folder, ".git/started");
  const starts = (name: string) => `sh -c 'echo ${name} >> "${log}"; cat; exit 1' evil`;
  gitIn(folder, "config", "filter.evil.required", "true");
  for (const name of PROGRAMS) gitIn(folder, "config", name, starts(name));
  for (const [name, value] of Object.entries(SWITCHES)) gitIn(folder, "config", name, value);
  mkdirSync(join(folder, ".git/hooks"), { recursive: true });
  for (const name of HOOKS)
    writeFileSync(join(folder, ".git/hooks", name), `#!/bin/sh\necho ${name} >> '${log}'\n`, { mode: 0o755 });
  // Written in the same moment as the index, a file is compared by its content, for which git would start a filter.
  writeIn(folder, { "a.txt": "one\ntwo\nTHREF\n" });
  const index = join(folder, ".git/index");
  const now = new Date();
  for (const path of [index, join(folder, "a.txt")]) utimesSync(path, now, now);
  const at = { folder, searchPath: process.env["PATH"] ?? "", temporary: tmpdir() };
  const git = localGit(at);
  const head = (await git.commitOf("HEAD")) ?? "";
  const { tree } = await git.snapshot(head);
  await git.contents([...tree.values()].map(({ sha }) => sha));
  await git.files();
  await git.isShallow();
  await git.merges(head, theirs);
  expect(await git.mergeBase(head, theirs)).not.toBeNull();
  await beginsAt({ git: at, files: "checked-out" } as Parameters<typeof beginsAt>[0], null);
  await lackingAt(at, head);
  await wordsOf(at, head, theirs);
  const branches = branchesOf(at, () => Promise.resolve({ name: "mona", email: "mona@example.org" }));
  const merged = await branches.mergeInto("target", theirs, "merge");
  expect(merged.outcome).toBe("refused");
  // A branch that moves is what hooks wait for.
  expect((await branches.mergeInto("target", beside, "merge")).outcome).not.toBe("refused");
  expect(existsSync(log) ? readFileSync(log, "utf8") : "").toBe("");
});
