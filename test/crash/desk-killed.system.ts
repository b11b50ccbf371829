import { type ChildProcess, spawn } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, expect, it } from "@jest/globals";
import { emptyFolder, gitIn, repositoryWith, standUp, writeIn } from "../support/desk.ts";
import { GREETER, ISSUE, LOUD, loudStory, REVIEWS_ONLY } from "../support/stories.ts";
import { type Asked, fakeProviders } from "./fake-providers.ts";
import { closeAll, opened } from "./program.ts";

afterEach(closeAll);
afterEach(standUp);

const PROGRAM = join(process.cwd(), "bin/coop.mjs");

function start(cwd: string, env: Record<string, string>, ...args: string[]) {
  const child = spawn(process.execPath, [PROGRAM, ...args], { cwd, env, stdio: ["ignore", "pipe", "inherit"] });
  let said = "";
  child.stdout.on("data", (chunk: Buffer) => (said += chunk.toString("utf8")));
  const ended = new Promise<{ code: number | null; said: string }>((resolve) => {
    child.once("close", (code) => resolve({ code, said }));
  });
  return { child, ended };
}

it("coop run, killed in the middle, goes on with coop resume, and no provider is asked anything twice", async () => {
  let child: ChildProcess | null = null;
  let killed: Asked | null = null;
  const providers = await fakeProviders(loudStory(), (asked) => {
    if (killed || asked.task !== "implement" || asked.turn !== 3) return true;
    killed = asked;
    child?.kill("SIGKILL");
    return false;
  });
  opened(() => providers.close());
  const repository = repositoryWith({ ...GREETER, ...REVIEWS_ONLY });
  const home = emptyFolder();
  const config = join(home, "server.yml");
  writeFileSync(config, "sandbox: { driver: none }\n");
  writeIn(home, { "ticket.md": `# ${ISSUE.title}\n\n${ISSUE.body}\n` });
  const env = {
    ...{ PATH: process.env["PATH"] ?? "", HOME: home, COOP_CONFIG: config },
    ...{ ANTHROPIC_API_KEY: "sk-ant-a-key-for-tests", ANTHROPIC_BASE_URL: providers.url },
    ...{ OPENAI_API_KEY: "sk-a-key-for-tests", OPENAI_BASE_URL: `${providers.url}/v1` },
  };
  const first = start(repository, env, "run", join(home, "ticket.md"));
  child = first.child;
  expect((await first.ended).code).toBeNull();
  expect(killed).toMatchObject({ role: "implementer", turn: 3 });
  expect(gitIn(repository, "branch", "--list", "coop/*")).toBe("");

  const waits = await start(repository, env, "resume").ended;
  expect([waits.code, waits.said]).toEqual([3, expect.stringMatching(/^Go on with: coop resume 1 --yes merge$/m)]);
  const done = await start(repository, env, "resume", "1", "--yes", "merge", "--json").ended;
  const last = JSON.parse(done.said.trim().split("\n").at(-1) ?? "{}") as Record<string, unknown>;
  expect(last).toMatchObject({ event: "end", ticket: 1, phase: "merged", branch: "coop/1", exitCode: 0, next: null });
  expect(done.code).toBe(0);
  expect(gitIn(repository, "show", "coop/1:src/greet.js")).toBe(LOUD.trim());
  const bodies = providers.answered.map((asked) => asked.body);
  expect(new Set(bodies).size).toBe(bodies.length);
}, 120_000);
