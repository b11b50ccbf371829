import { spawn } from "node:child_process";
import { afterEach, expect, it } from "@jest/globals";
import { startForge } from "../../src/github-double/server.ts";
import { fakeProviders } from "../crash/fake-providers.ts";
import { closeAll, environmentFor, opened } from "../crash/program.ts";
import { loudStory } from "../support/stories.ts";

/** A fault that nothing expected, whose maker put secrets into its message and its fields, as drivers of databases do. */
afterEach(closeAll);

const fault = (text: string, when: string) =>
  `data:text/javascript,${encodeURIComponent(`setTimeout(() => { throw Object.assign(new Error(${JSON.stringify(`at ${text}`)}), { detail: ${JSON.stringify(text)}, input: ${JSON.stringify(text)} }); }, ${when});`)}`;

function ended(file: string, options: string[], env: Record<string, string>, args: string[] = []) {
  const child = spawn(process.execPath, [...options, file, ...args], { env: { PATH: process.env.PATH ?? "", ...env } });
  opened(async () => void child.kill("SIGKILL"));
  let out = "";
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (chunk: Buffer) => (out += chunk.toString()));
  return new Promise<{ code: number | null; out: string }>((told) => child.on("close", (code) => told({ code, out })));
}

it("ends the server with its own code, and is told without a secret", async () => {
  const forge = await startForge();
  opened(() => forge.close());
  const providers = await fakeProviders(loudStory(), async () => true);
  opened(() => providers.close());
  const env = await environmentFor(forge, providers.url);
  const secrets = [env.ANTHROPIC_API_KEY, env.OPENAI_API_KEY, env.WEBHOOK_SECRET].map(String);
  const { code, out } = await ended("src/main.ts", ["--import", fault(secrets.join(" "), "2500")], env);
  expect(out).toContain("a fault that nothing expected");
  expect(secrets.filter((one) => out.includes(one))).toEqual([]);
  expect(code).toBe(70);
}, 60_000);

it("ends a command with no judge's code, and is told without a secret", async () => {
  const env = { PGPASSWORD: "Pg-W0rd-of-3Hs6kD0a", GITHUB_TOKEN: "t0ken-0f-Mona-8Zr5vN1c" };
  const told = JSON.stringify(Object.values(env).join(" "));
  const thrower = `process.cwd = () => { throw Object.assign(new Error("at " + ${told}), { detail: ${told} }); };`;
  const before = `data:text/javascript,${encodeURIComponent(thrower)}`;
  const { code, out } = await ended("src/cli/coop.ts", ["--import", before], env, ["proof", "--base", "main"]);
  expect(out).toContain("Error: at [redacted]");
  expect(Object.values(env).filter((one) => out.includes(one))).toEqual([]);
  expect(code).toBe(70);
}, 60_000);
