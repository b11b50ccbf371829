import { chmodSync, existsSync, mkdirSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, describe, expect, it } from "@jest/globals";
import { emptyFolder, gitIn, repositoryWith, standUp } from "../../../test/support/desk.ts";
import type { Check } from "../../audit/checkup.ts";
import { checkDisk, checkGit, checkPool, checkRepository, checkServerElsewhere, isForApp } from "./desk.ts";

afterEach(standUp);

const searchPath = process.env["PATH"] ?? "";
const told = (one: Check) => `${one.state}: ${one.says}${one.state === "wrong" ? ` → ${one.next}` : ""}`;
const at = async (folder: string) => (await checkRepository({ folder, searchPath })).checks.map(told);

describe("coop doctor", () => {
  it.each([
    [{ ANTHROPIC_API_KEY: "x", DATABASE_URL: "postgres://application", COOP_DATA_DIR: "/x" }, false],
    [{ APP_ID: "" }, false],
    [{ APPLE_ID: "7", MY_WEBHOOK_SECRET: "x" }, false],
    [{ APP_ID: "7" }, true],
    [{ WEBHOOK_SECRET_FILE: "/run/secrets/x" }, true],
    [{ PRIVATE_KEY_PATH: "key.pem" }, true],
    [{ COOP_ROLE: "worker" }, true],
  ])("looks at a server where a setting of the App is there, and else at the desk: %j", (env, isApp) =>
    expect(isForApp(env)).toBe(isApp),
  );

  it("names the command for a server where a setting may be of one, and says nothing of it elsewhere", () => {
    const [said] = checkServerElsewhere({ DATABASE_URL: "postgres://x", COOP_DATA_DIR: "/x" }).map(told);
    expect(said).toBe(
      "well: not looked at. If a server of the App has DATABASE_URL and COOP_DATA_DIR as here, `coop doctor --app` looks at it",
    );
    expect(checkServerElsewhere({ DATABASE_URL: "", PATH: "/usr/bin" })).toEqual([]);
  });

  it("says where a ticket would begin, and leaves nothing in the repository", async () => {
    const folder = repositoryWith({ "a.txt": "a\n" });
    const sha = gitIn(folder, "rev-parse", "--short=7", "HEAD");
    const name = folder.split("/").at(-1);
    expect(await at(folder)).toEqual([
      `well: ${name} at main (${sha}).`,
      expect.stringMatching(/^well: .*\/\.git\/coop can be written; it has no tickets$/),
    ]);
    gitIn(folder, "checkout", "-q", "--detach");
    expect((await at(folder))[0]).toContain(`at ${sha}. HEAD is detached`);
    expect(existsSync(join(folder, ".git/coop"))).toBe(false);
  });

  it("says of what is no repository, or an empty one, what to do first", async () => {
    const folder = emptyFolder();
    expect(await at(folder)).toEqual([
      expect.stringMatching(/^wrong: This folder is in no git repository: .* → For a server of the GitHub App/),
    ]);
    gitIn(folder, "init", "-q");
    expect((await at(folder))[0]).toMatch(/^wrong: This repository has no commits yet: .*git commit/);
  });

  it("names a desk that cannot be kept, or that is broken", async () => {
    const folder = repositoryWith({ "a.txt": "a\n" });
    writeFileSync(join(folder, ".git/coop"), "a file\n");
    expect((await at(folder))[1]).toMatch(
      /^wrong: .*\.git\/coop cannot be written \(.+\)\. → Make git's folder writable/,
    );
    const other = repositoryWith({ "a.txt": "a\n" });
    mkdirSync(join(other, ".git/coop"));
    writeFileSync(join(other, ".git/coop/desk.sqlite"), "tickets\n");
    expect((await at(other))[1]).toMatch(/^wrong: .*\.git\/coop\/secret is missing or cut.* → See above\.$/);
    chmodSync(join(other, ".git/coop"), 0o700);
  });

  it("says how models are named, and what one of them lacks", () => {
    expect(told(checkPool({}))).toMatch(/^wrong: None can be asked\. → Set ANTHROPIC_API_KEY, or OPENAI_API_KEY/);
    expect(told(checkPool({ OPENAI_API_KEY: "x" }))).toMatch(
      /^well: sol, terra; left out: opus \(ANTHROPIC_API_KEY is not set\), sonnet \(ANTHROPIC_API_KEY is not set\); on every ticket the Adversary is of the author's vendor/,
    );
    expect(told(checkPool({ OPENAI_API_KEY: "x", ANTHROPIC_API_KEY: "y" }))).not.toContain("Adversary");
    expect(told(checkPool({ COOP_CONFIG: "/nowhere.yml" }))).toMatch(/^wrong: .*\/nowhere\.yml/);
  });

  it("looks for git and for room on the disk", async () => {
    expect(told(await checkGit({ folder: tmpdir(), searchPath }))).toMatch(/^well: \d+\.\d+/);
    expect(told(await checkGit({ folder: tmpdir(), searchPath: "/nowhere" }))).toContain("Install git.");
    expect(told(await checkDisk(tmpdir()))).toMatch(/ has [\d.]+ GB free/);
  });
});
