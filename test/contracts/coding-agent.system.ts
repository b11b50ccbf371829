import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { noticed } from "../../src/hygiene/seen.ts";
import { AGENT_KINDS } from "../../src/workspace/agents/kinds.ts";
import { programAgent, type ProgramOptions } from "../../src/workspace/agents/program-agent.ts";
import type { AgentCall, AgentJob, AgentWork } from "../../src/workspace/coding-agent.ts";
import type { SandboxCheck } from "../../src/workspace/sandbox.ts";
import { memoryStore, sandboxHere } from "./sandbox-fixture.ts";

/** The port to coding agents, held by a program of our own that does what programs do: write, ask, hang and pry. */
const KEY = "the-real-key-of-the-entry";
const ASK = `const ask = (path, model = "a-model") => fetch(process.env.ANTHROPIC_BASE_URL + path, { method: "POST", headers: { "x-api-key": process.env.ANTHROPIC_API_KEY }, body: JSON.stringify({ model, max_tokens: 9, messages: [] }) }).then(async (r) => r.status + " " + (await r.text()), (e) => String(e.cause ?? e));`;
const node = (script: string) => `node -e '${ASK} (async () => { ${script} })()'`;

let sandbox: SandboxCheck;
let provider: Server;
let seen: { url: string; key: unknown }[] = [];
let answer: { status: number; body: object };

beforeAll(async () => {
  sandbox = (await sandboxHere()) ?? { state: "none", why: "There is none here." };
  provider = createServer((request, response) => {
    request.resume().on("end", () => {
      seen.push({ url: request.url ?? "", key: request.headers["x-api-key"] });
      response.writeHead(answer.status, { "content-type": "application/json" }).end(JSON.stringify(answer.body));
    });
  });
  await new Promise<void>((resolve) => provider.listen(0, "127.0.0.1", resolve));
});
afterAll(() => void provider.close());

type Over = { options?: Partial<ProgramOptions>; job?: Partial<AgentJob>; answer?: typeof answer };
type Done = AgentWork & { calls: AgentCall[]; files: Record<string, string | null> };

async function worked(command: string, over: Over = {}): Promise<Done> {
  seen = [];
  answer = over.answer ?? { status: 200, body: { model: "a-model", usage: { input_tokens: 11, output_tokens: 5 } } };
  const calls: AgentCall[] = [];
  const store = memoryStore();
  const agent = programAgent({
    ...{
      name: "agent",
      kind: AGENT_KINDS.command,
      program: null,
      sandbox,
      temporary: tmpdir(),
      outputTokensMax: 32_000,
    },
    target: { api: "anthropic", model: "a-model", contextTokensMax: 200_000, command },
    upstream: {
      base: `http://127.0.0.1:${(provider.address() as AddressInfo).port}/v1`,
      headers: { "x-api-key": KEY },
      wayOfRun: () => fetch,
      clocks: { firstMs: 60_000, idleMs: 60_000 },
    },
    ...{ limits: { runMs: 60_000, costMicroUsdMax: null }, searchPath: process.env["PATH"] ?? "" },
    ...over.options,
  });
  const work = await agent.work({
    ...{ tree: store.tree({ "a.txt": "old\n", "b.txt": "b\n", ".gitignore": "*.log\n" }), blobs: store.blobs },
    ...{ prompt: "Write it.", timeoutMs: 60_000, mounts: [], environment: {} },
    mayCall: () => Promise.resolve({ outcome: "granted", release: () => undefined }),
    onCall: (call) => Promise.resolve(void calls.push(call)),
    ...over.job,
  });
  const files = Object.fromEntries(work.edits.map(({ path, content }) => [path, content?.toString() ?? null]));
  return { ...work, calls, files };
}

const here = () => sandbox.state === "available";

describe("a coding agent in the sandbox", () => {
  it("hands over what it wrote, changed and removed, without what is ignored, and its last words", async () => {
    if (!here()) return;
    const work = await worked(
      "cat > told.txt; echo new > a.txt; rm b.txt; mkdir -p src node_modules/x; echo 1 > src/c.js; echo 2 > d.log; echo 3 > node_modules/x/e.js; ln -s a.txt link; echo Done.",
    );
    expect(work.end).toEqual({ as: "finished", message: "Done.\n" });
    expect(work.files).toEqual({ "told.txt": "Write it.", "a.txt": "new\n", "b.txt": null, "src/c.js": "1\n" });
    expect(work.left).toEqual(["link was not taken: links cannot be edited."]);
  });

  it("asks its provider with a key that it never sees, and each call is told", async () => {
    if (!here()) return;
    const work = await worked(node('console.log(await ask("/v1/messages?beta=true"), JSON.stringify(process.env))'));
    expect(seen).toEqual([{ url: "/v1/messages?beta=true", key: KEY }]);
    expect(work.calls).toMatchObject([
      { path: "/messages", counts: { inputTokens: 11, outputTokens: 5 }, served: "a-model" },
    ]);
    expect(work.transcript).toContain("200");
    expect(work.transcript).not.toContain(KEY);
    for (const [name, value] of Object.entries(process.env))
      if (/KEY|SECRET|TOKEN/.test(name) && (value ?? "").length > 7) expect(work.transcript).not.toContain(value);
  });

  it("asks in words that are all seen, and the characters that nobody can see are told", async () => {
    if (!here()) return;
    const ask = 'await fetch(process.env.ANTHROPIC_BASE_URL + "/v1/messages", { method: "POST", body: JSON.stringify({ model: "a-model", max_tokens: 9, messages: [{ role: "user", content: "a\\u202eb\\u{e0041}" }] }) })'; // prettier-ignore
    const { result, names } = await noticed(() => worked(node(`console.log((${ask}).status)`)));
    expect(result.transcript).toBe("200\n");
    expect(names).toEqual(["U+202E", "U+E0041"]);
  });

  it("reaches nothing else: no other model, no other path, no other place", async () => {
    if (!here()) return;
    const work = await worked(
      node(
        'console.log(await ask("/v1/messages", "dearer")); console.log(await ask("/v1/files")); console.log(await ask("/v1/../admin"));' +
          'console.log(await fetch("http://192.0.2.1/").then((r) => r.status, () => "closed"))',
      ),
    );
    expect(work.transcript).toMatch(/^403 .*Only a-model[^\n]*\n403 [^\n]*\/v1\/files[^\n]*\n403 [^\n]*\nclosed/);
    expect(seen).toEqual([]);
    expect(work.calls).toEqual([]);
  });

  it("reaches nothing of its provider but an answer, and outlives whoever pries", async () => {
    if (!here()) return;
    const raw =
      'const net = require("net"); const say = (text) => new Promise((done) => { const s = net.connect(3128, "127.0.0.1", () => { s.write(text); setTimeout(() => { s.destroy(); done(); }, 50); }); s.on("error", done); });';
    const work = await worked(
      node(
        `${raw} await say("CONNECT a:1 HTTP/1.1\\r\\n\\r\\n"); await say("POST /v1/messages HTTP/1.1\\r\\ncontent-length: 99\\r\\n\\r\\n{");` +
          'const get = await fetch(process.env.ANTHROPIC_BASE_URL + "/v1/messages?limit=9"); console.log(get.status);' +
          'console.log(await ask("/v1/messages")); require("fs").writeFileSync("a.txt", "x")',
      ),
    );
    expect(work.transcript).toMatch(/^405\n200 /);
    expect(seen.map(({ url }) => url)).toEqual(["/v1/messages"]);
    expect(work).toMatchObject({ end: { as: "finished" }, files: { "a.txt": "x" } });
  });

  it("keeps what can be read when something cannot, and more than is taken at once", async () => {
    if (!here()) return;
    const many = 'for i in $(seq 1 30); do head -c 999000 /dev/zero | tr "\\0" a > f$i.txt; done';
    const work = await worked(`echo x > a.txt; ${many}; echo no > locked; chmod 000 locked; echo Done.`);
    expect(work.end).toEqual({ as: "finished", message: "Done.\n" });
    expect(work.files["a.txt"]).toBe("x\n");
    expect(Object.keys(work.files).length).toBeGreaterThan(20);
    expect(work.left.join(" ")).toContain("all changed files together are larger");
  });

  it("may reserve the gigabytes that its own compiler wants, and use what the sandbox has", async () => {
    if (!here()) return;
    const reserve = "import mmap; mmap.mmap(-1, 4 << 30, flags=mmap.MAP_PRIVATE | 0x4000); print(1)";
    expect((await worked(`python3 -c '${reserve}'`)).transcript).toContain("1\n");
    const use = "b = []; [b.append(bytearray(b'x' * (100 << 20))) for _ in range(60)]; print('all of it')";
    expect((await worked(`python3 -c "${use}"`)).transcript).not.toContain("all of it");
  });

  it("is ended when a call is denied, and what it wrote is there", async () => {
    if (!here()) return;
    const mayCall = () => Promise.resolve({ outcome: "denied" as const });
    const work = await worked(node('require("fs").writeFileSync("a.txt", "x"); await ask("/v1/messages"); setInterval(() => {}, 9)'), { job: { mayCall } }); // prettier-ignore
    expect(work).toMatchObject({ end: { as: "denied" }, files: { "a.txt": "x" } });
    expect(seen).toEqual([]);
  });

  it("is ended in its time, and when it is stopped, also when it does not want to", async () => {
    if (!here()) return;
    const hanging = 'trap "" TERM; echo x > a.txt; while :; do sleep 1; done';
    expect(await worked(hanging, { job: { timeoutMs: 1_500 } })).toMatchObject({
      end: { as: "out-of-time", sentence: expect.stringContaining("runMinutesMax") },
      files: { "a.txt": "x\n" },
    });
    expect(await worked(hanging, { job: { signal: AbortSignal.timeout(1_500) } })).toMatchObject({
      end: { as: "stopped" },
      files: { "a.txt": "x\n" },
    });
  });

  it.each([
    [401, "answered 401: no such key"],
    [529, "answered 529: no such key"],
  ])("tells its provider's %i from its own failure", async (status, words) => {
    if (!here()) return;
    const bad = { status, body: { error: { message: "no such key" } } };
    const work = await worked(node('await ask("/v1/messages"); process.exit(1)'), { answer: bad });
    expect(work.end).toMatchObject({ as: "provider", status, sentence: expect.stringContaining(words) });
    expect(work.calls).toEqual([]);
  });

  it("says its own failure in its own words", async () => {
    if (!here()) return;
    expect((await worked("echo no luck >&2; exit 3")).end).toMatchObject({
      as: "failed",
      sentence: "agent ended without being done: no luck",
    });
  });

  it("says what to do where it cannot run", async () => {
    const kind = AGENT_KINDS.codex;
    const none = { state: "none", why: "There is no bubblewrap." } as const;
    expect((await worked("true", { options: { sandbox: none } })).end).toMatchObject({
      as: "not-run",
      sentence: expect.stringMatching(/There is no bubblewrap\. Install bubblewrap, or give/),
    });
    if (!here()) return;
    expect((await worked("true", { options: { kind, searchPath: "/nowhere" } })).end).toMatchObject({
      as: "not-run",
      sentence: expect.stringContaining("Run `npm install -g @openai/codex` there"),
    });
  });
});
