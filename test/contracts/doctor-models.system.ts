import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { REVIEW } from "../../src/agent/loop.fixture.ts";
import { GROQ } from "./dialects/groq.ts";
import { OPENAI_CHAT } from "./dialects/openai-chat.ts";
import { type DialectServer, dialectServer } from "./dialects/server.ts";

/** `coop doctor --models` as a person starts it, against servers of which each does another thing. */
const CALL = { calls: [{ name: "read_file", args: { path: "sky.txt", start_line: 1, end_line: 0, start_column: 1 } }] };
const ANSWER = { text: JSON.stringify(REVIEW) };
const SCRIPT = [CALL, ANSWER, CALL, ANSWER];
let folder = "";
const servers: DialectServer[] = [];
const ran: Record<"table" | "json" | "keyless", Ran> = { table: NEVER(), json: NEVER(), keyless: NEVER() };

type Ran = { readonly code: number; readonly out: string; readonly err: string };
function NEVER(): Ran {
  return { code: -1, out: "", err: "" };
}

let leftThere = true;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "coop-doctor-"));
  servers.push(
    await dialectServer(OPENAI_CHAT),
    await dialectServer(GROQ),
    await dialectServer(OPENAI_CHAT, (_nth, _request, response) => {
      response
        .writeHead(403, { "content-type": "text/html" })
        .end("<html><title>Blocked\u001b[31m by Acme</title></html>");
      return true;
    }),
    await dialectServer(OPENAI_CHAT, () => true),
  );
  const at = (name: string, nth: number, over: object = {}) => ({
    ...{ name, vendor: "acme", api: "openai-chat", model: "model-1", baseUrl: servers[nth]?.url, ...over },
  });
  const models = [
    at("fine", 0, { family: "openai" }),
    at("groq", 1),
    at("barred", 2),
    at("mute", 3, { firstTokenSeconds: 1 }),
    { ...at("gone", 0), baseUrl: "http://127.0.0.1:9/v1" },
  ];
  const keyless = { ...at("keyless", 0), model: "model-2", apiKeyEnv: "NOBODYS_KEY" };
  const all = { models: [...models, keyless], sandbox: { driver: "none" } };
  await writeFile(join(folder, "server.yml"), JSON.stringify(all));
  const keyed = models.map((one) => ({ ...one, apiKeyEnv: "HOUSE_KEY" }));
  await writeFile(join(folder, "keyed.yml"), JSON.stringify({ models: keyed, sandbox: { driver: "none" } }));
  const play = () => servers.forEach((one) => one.play(SCRIPT));
  play();
  ran.table = await doctor("server.yml", "--app");
  play();
  ran.json = await doctor("server.yml", "--app", "--json");
  // At a desk the folder is where packages are kept.
  ran.keyless = await doctor("keyed.yml");
  leftThere = existsSync(join(folder, "data"));
}, 120_000);
afterAll(async () => {
  await Promise.all(servers.map((one) => one.close()));
  await rm(folder, { recursive: true, force: true });
});

function doctor(config: string, ...more: string[]): Promise<Ran> {
  const env = {
    ...{ PATH: process.env.PATH ?? "", NODE_COMPILE_CACHE: process.env.NODE_COMPILE_CACHE ?? "" },
    ...{ COOP_DATA_DIR: join(folder, "data"), COOP_CONFIG: join(folder, config) },
  };
  return new Promise((resolve) => {
    execFile(process.execPath, ["src/cli/coop.ts", "doctor", "--models", ...more], { env }, (error, out, err) =>
      resolve({ code: error ? Number(error.code) : 0, out, err }),
    );
  });
}

describe("coop doctor --models", () => {
  it("prints a table of what each model can do, and what to do about each that cannot", () => {
    const { code, out } = ran.table;
    expect(code).toBe(1);
    const lines = out.split("\n");
    expect(lines[lines.findIndex((line) => line.startsWith("Asking")) + 1]).toMatch(
      /^model +tool call +answer in schema/,
    );
    expect(lines).toEqual(
      expect.arrayContaining([
        "Asking fine, groq, barred, mute, gone what the roles ask. One that does not answer is waited for: up to 2 min. Left out: keyless (NOBODYS_KEY is not set).",
        "fine    yes        yes               yes                model-1-2026-01-01",
        "gone    ?          ?                 ?                  (no answer)",
        "✓ model fine: does what the roles ask.",
        expect.stringMatching(
          /^✓ model groq: does what the roles ask\. It turned something down at first; "lacks": \[.+\] .*in its entry spares that\.$/,
        ),
        expect.stringMatching(
          /^✗ model barred: was not asked: a firewall .* \(HTTP 403, "Blocked.* by Acme"\).* → See the proxies/,
        ),
        "✗ model mute: did not answer within 1 seconds. → Try again later, or check its baseUrl and the network.",
        expect.stringMatching(
          /^✗ model gone: could not be reached at 127\.0\.0\.1:9: no web server is ever asked at that port/,
        ),
      ]),
    );
    expect(out).not.toContain("\u001b");
  });

  it("prints the same as one JSON object", () => {
    const { code, out, err } = ran.json;
    expect(code).toBe(1);
    expect(err).toMatch(/^Asking fine, /);
    const { checks, models } = JSON.parse(out) as { checks: unknown[]; models: unknown[] };
    expect(checks).toContainEqual({ name: "model fine", state: "well", says: "does what the roles ask." });
    expect(models).toHaveLength(5);
    expect(models[0]).toEqual({
      ...{ name: "fine", call: "yes", answer: "yes", both: "yes", answeredBy: "model-1-2026-01-01" },
      ...{ settings: [], problem: null, next: null },
    });
  });

  it("names every model whose key is missing, once", () => {
    const { code, out } = ran.keyless;
    expect(code).toBe(1);
    expect(out).toContain(
      '✗ models: HOUSE_KEY is missing, but the models "fine", "groq", "barred", "mute", "gone" need it. → Mend that, then run this again.\n',
    );
    expect(out).not.toContain("Asking");
  });

  it("leaves no data directory where there was none", () => {
    expect(ran.table.out).toContain(`✓ disk: ${join(folder, "data")} can be written`);
    expect(leftThere).toBe(false);
  });
});
