import { spawnSync } from "node:child_process";
import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, describe, expect, it } from "@jest/globals";
import { emptyFolder, gitIn, repositoryWith, standUp, writeIn } from "../../test/support/desk.ts";
import { EXIT } from "./exit.ts";
import { CALLS_OURS } from "./hook-script.ts";
import { installHook } from "./hook.ts";

afterEach(standUp);

/** A repository with something to push, in which a hook only notes that it ran, and what it was told. */
async function shop(files: Readonly<Record<string, string>> = {}, before: (folder: string) => void = () => {}) {
  const folder = repositoryWith({ "a.txt": "a\n", ...files });
  const remote = join(emptyFolder(), "r.git");
  gitIn(folder, "init", "-q", "--bare", remote);
  gitIn(folder, "remote", "add", "origin", remote);
  before(folder);
  const said = await installHook(folder, { with: "proof" }).catch(
    (error: { exitCode: number; message: string }) => error,
  );
  const at = (path: string) => join(folder, path);
  return {
    ...{ folder, said, at },
    has: (path: string) => existsSync(at(path)),
    text: (path: string) => readFileSync(at(path), "utf8"),
    /** Our own hook, wherever it was put, without the proof. */
    quiet: (path: string) => writeFileSync(at(path), readFileSync(at(path), "utf8").replace(/^ {2}'.*proof .*$/m, "  echo looked >&2; code=$COOP_TEST_CODE")), // prettier-ignore
    push: (code = 0) => {
      writeIn(folder, { "a.txt": `${Math.random()}\n` });
      gitIn(folder, "commit", "-qam", "more");
      const env = { PATH: process.env["PATH"] ?? "", HOME: folder, COOP_TEST_CODE: String(code) };
      const ran = spawnSync("git", ["push", "-q", "origin", "main"], { cwd: folder, env, encoding: "utf8" });
      return { code: ran.status, looked: ran.stderr.match(/^looked$/gm)?.length ?? 0, said: ran.stderr };
    },
  };
}

/** As husky 9 lays itself out: git's hooks are its own, and it runs the files beside them. */
function husky(folder: string): void {
  mkdirSync(join(folder, ".husky/_"), { recursive: true });
  writeFileSync(join(folder, ".husky/_/h"), 's=$(dirname "$(dirname "$0")")/$(basename "$0")\n[ ! -f "$s" ] && exit 0\nsh -e "$s" "$@"\n'); // prettier-ignore
  writeFileSync(join(folder, ".husky/_/pre-push"), '#!/usr/bin/env sh\n. "$(dirname "$0")/h"\n');
  chmodSync(join(folder, ".husky/_/pre-push"), 0o755);
  gitIn(folder, "config", "core.hooksPath", ".husky/_");
}

describe("where others keep the hooks", () => {
  it("husky's own file is left to husky, and the one beside it calls ours and hears what is pushed", async () => {
    const { push, quiet, text, said, folder } = await shop({ ".husky/pre-push": "cat >&2\n" }, husky);
    expect(said).toEqual([expect.stringMatching(/\.husky\/pre-push begins with/), expect.stringMatching(/coop proof/)]);
    expect(text(".husky/_/pre-push")).toMatch(/\/h"\n$/);
    quiet(".git/coop/pre-push");
    expect(push(1)).toMatchObject({ code: 1, looked: 1 });
    const through = push(0);
    expect(through).toMatchObject({ code: 0, looked: 1, said: expect.stringMatching(/refs\/heads\/main \w+ refs/) });
    // Once more writes no line twice, and says nothing new.
    expect(await installHook(folder, { with: "proof" })).toEqual([expect.stringMatching(/^Every push/)]);
    expect(text(".husky/pre-push").match(/Written by coop/g)).toHaveLength(1);
    // Somebody who has the file from a commit, and no hook of ours, pushes as before.
    gitIn(folder, "config", "core.hooksPath", ".husky");
    writeFileSync(join(folder, ".git/coop/pre-push"), "");
    chmodSync(join(folder, ".git/coop/pre-push"), 0o644);
    expect(push(1)).toMatchObject({ code: 0, looked: 0 });
  });

  it.each([
    ["a folder of the working tree without one", {}, 0],
    ["one of bash", { "hooks/pre-push": "#!/usr/bin/env bash\nset -eu\n[[ -n $(cat) ]]\n" }, 0],
    ["one of bash that refuses", { "hooks/pre-push": "#!/bin/bash\nexit 7\n" }, 1],
  ])("%s", async (_what, files, ends) => {
    const { push, quiet, text } = await shop(files, (folder) => gitIn(folder, "config", "core.hooksPath", "hooks"));
    // No program of this machine stands in what is committed.
    expect(text("hooks/pre-push")).not.toContain(process.execPath);
    quiet(".git/coop/pre-push");
    expect(push(1)).toMatchObject({ code: 1, looked: 1 });
    expect(push(0)).toMatchObject({ code: ends, looked: 1 });
  });

  it.each([
    ["a hook of Python", { "hooks/pre-push": "#!/usr/bin/env python3\n" }, "hooks", /is no shell script\. Have it run/],
    ["hooks of all repositories", {}, "/somewhere/else", /outside this repository\. Put these lines/],
  ])("%s: a person is told what to do, and nothing of theirs is changed", async (_what, files, set, sentence) => {
    const { said, has, text } = await shop(files, (folder) => gitIn(folder, "config", "core.hooksPath", set));
    expect(said).toMatchObject({ exitCode: EXIT.person, message: expect.stringMatching(sentence) });
    expect(has(".git/coop/pre-push")).toBe(true);
    for (const [path, content] of Object.entries(files)) expect(text(path)).toBe(content);
  });

  it("lefthook's hook would be written anew: its own file gets the command", async () => {
    const theirs = (folder: string) => writeFileSync(join(folder, ".git/hooks/pre-push"), "#!/bin/sh\nlefthook run pre-push\n"); // prettier-ignore
    const { said, text } = await shop({}, theirs);
    expect(said).toMatchObject({ exitCode: EXIT.person, message: expect.stringMatching(/lefthook-local\.yml/) });
    expect(text(".git/hooks/pre-push")).toContain("lefthook run");
  });

  it("a committed hook that calls ours, and was copied into git's own folder, is kept and runs first", async () => {
    const copied = (folder: string) => writeFileSync(join(folder, ".git/hooks/pre-push"), `#!/bin/sh\n${CALLS_OURS}echo theirs >&2\n`, { mode: 0o755 }); // prettier-ignore
    const { push, quiet, text } = await shop({}, copied);
    expect(text(".git/hooks/pre-push.before-coop")).toContain("echo theirs");
    quiet(".git/hooks/pre-push");
    expect(push(0)).toMatchObject({ code: 0, looked: 1, said: expect.stringMatching(/^theirs\n/) });
  });
});

describe("beside pre-commit", () => {
  const PRE_COMMIT = `#!/bin/sh
# File generated by pre-commit
[ -z "$PRE_COMMIT_RUNNING_LEGACY" ] || exit 9
if [ -x .git/hooks/pre-push.legacy ]; then PRE_COMMIT_RUNNING_LEGACY=1 .git/hooks/pre-push.legacy "$@" || exit 1; fi
echo theirs >&2
`;
  const put = (folder: string) => writeFileSync(join(folder, ".git/hooks/pre-push"), PRE_COMMIT, { mode: 0o755 });

  it("its hook runs first, and where it is installed again over ours, ours runs once and leads to no circle", async () => {
    const { push, quiet, folder, at, text } = await shop({}, put);
    quiet(".git/hooks/pre-push");
    expect(push(0)).toMatchObject({ code: 0, looked: 1, said: expect.stringMatching(/^theirs\n[^]*looked\n$/) });
    // What `pre-commit install` does where somebody else's hook is.
    writeFileSync(at(".git/hooks/pre-push.legacy"), text(".git/hooks/pre-push"), { mode: 0o755 });
    put(folder);
    expect(push(0)).toMatchObject({ code: 0, looked: 1 });
    expect(await installHook(folder, { with: "review" })).toEqual([expect.stringMatching(/pre-push\.legacy runs coop review/)]); // prettier-ignore
    expect(text(".git/hooks/pre-push")).toBe(PRE_COMMIT);
  });

  it("an older hook that was set aside is not lost when another one comes", async () => {
    const { folder, text } = await shop({}, (at) => writeFileSync(join(at, ".git/hooks/pre-push"), "#!/bin/sh\n# first\n", { mode: 0o755 })); // prettier-ignore
    writeFileSync(join(folder, ".git/hooks/pre-push"), "#!/bin/sh\n# second\n", { mode: 0o755 });
    await expect(installHook(folder, { with: "proof" })).rejects.toThrow(
      /would be lost\. Put what both do into pre-push/,
    );
    expect(text(".git/hooks/pre-push.before-coop")).toContain("# first");
  });
});
