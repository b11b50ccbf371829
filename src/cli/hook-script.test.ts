import { existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { spawnSync } from "node:child_process";
import { afterEach, describe, expect, it } from "@jest/globals";
import { emptyFolder, gitIn, repositoryWith, standUp, writeIn } from "../../test/support/desk.ts";
import { hookScript } from "./hook-script.ts";

afterEach(standUp);

type Options = Parameters<typeof hookScript>[0];

/** A repository with a remote, and a hook that writes down what it would have had looked at. */
function shop(options: Options = { with: "proof" }) {
  const folder = repositoryWith({ "a.txt": "a\n" });
  const remote = join(emptyFolder(), "r.git");
  const [asked, answers] = [join(emptyFolder(), "asked"), join(emptyFolder(), "answers.sh")];
  gitIn(folder, "init", "-q", "--bare", remote);
  gitIn(folder, "remote", "add", "origin", remote);
  writeFileSync(answers, `echo "$@" >> '${asked}'\nexit "\${COOP_TEST_CODE:-0}"\n`);
  writeFileSync(join(folder, ".git/hooks/pre-push"), hookScript(options, "/bin/sh", answers), { mode: 0o755 });
  const git = (...args: string[]) => gitIn(folder, ...args);
  return {
    ...{ folder, remote, git, answers },
    commit: (text: string) => {
      writeIn(folder, { "a.txt": text });
      git("commit", "-qam", text);
      return git("rev-parse", "HEAD");
    },
    /** @returns its exit code, what it said, and the commits that were looked at: `proof <base>..<head>` */
    push: (code: number, ...args: string[]) => {
      writeFileSync(asked, "");
      const env = { PATH: process.env["PATH"] ?? "", HOME: folder, COOP_TEST_CODE: String(code) };
      const ran = spawnSync("git", ["push", "-q", ...args], { cwd: folder, env, encoding: "utf8" });
      const looked = existsSync(asked) ? readFileSync(asked, "utf8").trim().split("\n").filter(Boolean) : [];
      return {
        ...{ code: ran.status, said: ran.stderr },
        looked: looked.map((line) => line.replace(/^(\w+) --base (\w+) --head (\w+)$/, "$1 $2..$3")),
      };
    },
  };
}

describe("the pre-push hook looks at what is pushed", () => {
  it("first of all, to a remote that has nothing yet", () => {
    const { push, commit, git } = shop();
    const first = git("rev-parse", "HEAD");
    const head = commit("b\n");
    expect(push(1, "origin", "main")).toMatchObject({ code: 1, looked: [`proof ${first}..${head}`] });
    expect(push(0, "origin", "main")).toMatchObject({
      ...{ code: 0, looked: [`proof ${first}..${head}`] },
      said: expect.stringMatching(/nothing of this is on the remote yet/),
    });
  });

  it("but not at a first commit, and says so", () => {
    const { push } = shop();
    expect(push(1, "origin", "main")).toMatchObject({ code: 0, looked: [], said: expect.stringMatching(/first commit/) }); // prettier-ignore
  });

  it("by branch, deletion and tag", () => {
    const { push, commit, git } = shop();
    const first = git("rev-parse", "HEAD");
    push(0, "origin", "main");
    const second = commit("b\n");
    expect(push(0, "origin", "main").looked).toEqual([`proof ${first}..${second}`]);
    git("checkout", "-qb", "side");
    expect(push(0, "origin", "side").looked).toEqual([]);
    const third = commit("c\n");
    git("tag", "-am", "one", "v1");
    expect(push(0, "origin", "v1").looked).toEqual([`proof ${second}..${third}`]);
    expect(push(0, "origin", "side", "refs/tags/v1").looked).toEqual([`proof ${second}..${third}`]);
    git("tag", "v2");
    expect(push(1, "origin", "v2")).toMatchObject({ code: 0, looked: [] });
    expect(push(1, "origin", "--delete", "side", "v1")).toMatchObject({ code: 0, looked: [] });
  });

  it("once, where a branch and a tag of it are pushed to an address", () => {
    const { push, commit, git, remote } = shop({ with: "both" });
    const first = git("rev-parse", "HEAD");
    const head = commit("b\n");
    git("tag", "-am", "one", "v1");
    expect(push(0, remote, "main", "v1").looked).toEqual([`proof ${first}..${head}`, `review ${first}..${head}`]);
  });

  it.each<[what: string, options: Options, code: number, ends: number]>([
    ["what is refuted", { with: "proof" }, 1, 1],
    ["no doubt", { with: "proof" }, 2, 0],
    ["doubt, where it is strict", { with: "proof", strict: true }, 2, 1],
  ])("and holds back %s", (_what, options, code, ends) => {
    const { push, commit } = shop(options);
    commit("b\n");
    expect(push(code, "origin", "main").code).toBe(ends);
  });

  it.each([
    ["goes", {}, 0],
    ["is held back where it is strict", { strict: true }, 1],
  ] as const)("where the program is gone, the push %s and says what helps", (_what, more, ends) => {
    const { push, commit, answers } = shop({ with: "proof", ...more });
    commit("b\n");
    rmSync(answers);
    expect(push(0, "origin", "main")).toMatchObject({
      ...{ code: ends, looked: [] },
      said: expect.stringMatching(/answers\.sh is gone\. Run 'coop hook install' again\./),
    });
  });
});
