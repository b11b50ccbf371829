import { execFile } from "node:child_process";
import { chmod, mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";

/** The demo as a newcomer runs it: a process of its own, with nothing of ours in its environment. */
const DEMO = new URL("./demo.ts", import.meta.url).pathname;

let temporary: string;
beforeAll(async () => {
  temporary = await mkdtemp(join(tmpdir(), "coop-demo-test-"));
  // The sandbox's user has to get through it.
  await chmod(temporary, 0o711);
});
afterAll(() => rm(temporary, { recursive: true }));

type Ran = { readonly exitCode: number | null; readonly stdout: string; readonly stderr: string };

function demo(args: readonly string[], stopAt: RegExp | null = null, env: NodeJS.ProcessEnv = {}): Promise<Ran> {
  const environment = {
    PATH: process.env.PATH,
    NODE_COMPILE_CACHE: process.env.NODE_COMPILE_CACHE,
    HOME: temporary,
    TMPDIR: temporary,
    ...env,
  };
  return new Promise((resolve) => {
    const child = execFile(process.execPath, [DEMO, ...args], { env: environment }, (_error, stdout, stderr) =>
      resolve({ exitCode: child.exitCode, stdout, stderr }),
    );
    let said = "";
    const listen = (chunk: string) => {
      const before = said;
      said += chunk;
      // Once: a second Ctrl-C means "at once", and is another way out.
      if (stopAt?.test(said) && !stopAt.test(before)) child.kill("SIGINT");
    };
    child.stdout?.on("data", listen);
  });
}

describe("npm run demo", () => {
  it("plays an example to its expected end and tells it as JSON in the last line", async () => {
    const { exitCode, stdout, stderr } = await demo(["--json", "--example", "readme-options"]);
    expect(stderr).toContain("SCRIPTED");
    expect(stderr).not.toContain("\u001b[");
    for (const said of ["mona         puts the label coop on it", "Architect    Plan by", "says on #2: /coop approve"])
      expect(stderr).toContain(said);
    const lines = stdout.trimEnd().split("\n");
    expect(lines).toHaveLength(1);
    const result = JSON.parse(lines[0] ?? "") as Record<string, unknown>;
    expect(Object.keys(result)).toEqual([
      ...["status", "example", "models", "ticket", "pullRequest", "headSha", "mergedSha", "rounds", "entries"],
      ...["ledger", "proof", "blockers", "modelCalls", "costMicroUsd", "restRequests", "contentCreating", "durationMs"],
    ]);
    expect(result).toMatchObject({
      ...{ status: "merged", example: "readme-options", models: "scripted", ticket: "acme/envcheck#1" },
      ...{ pullRequest: 2, rounds: 0, blockers: { found: 0, fixed: 0 } },
      ledger: expect.stringMatching(new RegExp(`^verified: ${String(result.entries)} entries, [0-9a-f]{64}$`)),
      proof: expect.objectContaining({ checks: "proven", reviews: "proven", done: "proven" }),
    });
    // What a ticket without fix rounds may ask of GitHub, from the label to the merge.
    expect(result.restRequests).toBeLessThanOrEqual(36);
    expect(result.contentCreating).toBeLessThanOrEqual(10);
    expect(exitCode).toBe(0);
    expect(await readdir(temporary)).toEqual([]);
  });

  it("ends at Ctrl-C, and leaves nothing behind", async () => {
    const { exitCode } = await demo(["--example", "readme-options"], /puts the label/);
    expect(exitCode).toBe(130);
    expect(await readdir(temporary)).toEqual([]);
  });

  it("stays up when asked to, on a page that shows the ticket, until Ctrl-C", async () => {
    const { exitCode, stdout } = await demo(["--keep", "--example", "readme-options"], /issues\/2\/comments/);
    expect(stdout).toMatch(/This ticket {3}http:\/\/127\.0\.0\.1:\d+\/tickets\/acme\/envcheck\/1/);
    expect(exitCode).toBe(0);
    expect(await readdir(temporary)).toEqual([]);
  });

  it("lists the examples", async () => {
    const { exitCode, stdout } = await demo(["--list"]);
    expect(stdout).toMatch(/^csv-quotes {2,}\S.*$/m);
    expect(stdout).toMatch(/^readme-options {2,}\S.*$/m);
    expect(exitCode).toBe(0);
  });

  it.each([
    [["--example", "nope"], 2, /^There is no example "nope"; there are .*csv-quotes/],
    [["--wat"], 2, /unknown option '--wat'[\s\S]*Usage: /],
    [["--live"], 78, /ANTHROPIC_API_KEY and OPENAI_API_KEY are both missing/],
  ])("%j is answered with one clear sentence", async (args, exitCode, sentence) => {
    const ran = await demo(args);
    expect([ran.exitCode, ran.stdout]).toEqual([exitCode, ""]);
    expect(ran.stderr).toMatch(sentence);
  });

  it("says when the configuration of real models cannot be read", async () => {
    const { exitCode, stderr } = await demo(["--live"], null, { COOP_CONFIG: "/nowhere/coop.yml" });
    expect([exitCode, stderr]).toEqual([78, expect.stringContaining("COOP_CONFIG names /nowhere/coop.yml")]);
  });
});
