import { tmpdir } from "node:os";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "@jest/globals";
import type { DeskCast } from "../../src/cli/desk/cast.ts";
import { sayTo } from "../../src/cli/desk.ts";
import type { Entry } from "../../src/core/ledger/entry.ts";
import { addSpend, NO_SPEND, type Spend } from "../../src/core/ledger/entries.ts";
import { scriptedModel } from "../../src/models/scripted.ts";
import { AGENT_KINDS } from "../../src/workspace/agents/kinds.ts";
import { programAgent } from "../../src/workspace/agents/program-agent.ts";
import type { SandboxCheck } from "../../src/workspace/sandbox.ts";
import { ANTHROPIC_API } from "../contracts/dialects/anthropic.ts";
import { type DialectServer, dialectServer } from "../contracts/dialects/server.ts";
import { sandboxHere } from "../contracts/sandbox-fixture.ts";
import { type Seat, sitDown, standUp } from "../support/desk.ts";
import { eventually } from "../support/eventually.ts";
import { POOL, scripted } from "../support/scenario.ts";
import { FINISH, LOUD, LOUD_TEST, loudStory } from "../support/stories.ts";

/** A whole ticket with a program of our own in the Implementer's place, in the sandbox, with a provider on the loopback. */
const MODEL = "claude-sonnet-5-5";
const PRICES = { input: 2_000_000, cachedInput: null, cacheWrite: null, output: 10_000_000 };
const BOTH = ["plan", "merge"] as const;

let sandbox: SandboxCheck | null = null;
let provider: DialectServer;
beforeAll(async () => {
  sandbox = await sandboxHere();
  provider = await dialectServer(ANTHROPIC_API);
});
afterAll(() => provider.close());
afterEach(standUp);

/** A program that asks its provider once and then does what a test says. */
function program(does: string): string {
  const given = JSON.stringify({ loud: LOUD, loudTest: LOUD_TEST, finish: FINISH });
  const script = `
    const fs = require("node:fs"), { loud, loudTest, finish } = ${given};
    const told = fs.readFileSync(0, "utf8");
    const answer = () => console.log("Done.\\n\`\`\`json\\n" + JSON.stringify(finish) + "\\n\`\`\`");
    const ask = (max_tokens = 1000) => fetch(process.env.ANTHROPIC_BASE_URL + "/v1/messages", {
      method: "POST",
      headers: { "x-api-key": process.env.ANTHROPIC_API_KEY, "anthropic-version": "2023-06-01", "content-type": "application/json" },
      body: JSON.stringify({ model: process.env.COOP_MODEL, max_tokens, messages: [{ role: "user", content: [{ type: "text", text: told }] }] }),
    }).then((response) => response.text());
    (async () => { ${does} })();`;
  return `node -e "$(echo ${Buffer.from(script).toString("base64")} | base64 -d)"`;
}

function castWith(does: string): Partial<DeskCast> {
  const agent = (check: SandboxCheck) =>
    programAgent({
      ...{
        name: "agent",
        kind: AGENT_KINDS.command,
        program: null,
        sandbox: check,
        temporary: tmpdir(),
        outputTokensMax: 20_000_000,
      },
      target: { api: "anthropic", model: MODEL, contextTokensMax: 200_000, command: program(does) },
      upstream: {
        base: `${provider.url}/v1`,
        headers: { "x-api-key": "the-real-key" },
        wayOfRun: () => fetch,
        clocks: { firstMs: 60_000, idleMs: 60_000 },
      },
      ...{ limits: { runMs: 120_000, costMicroUsdMax: null }, searchPath: process.env["PATH"] ?? "" },
    });
  return {
    models: [...scripted(loudStory()), scriptedModel({ name: "agent", vendor: "maker", script: [], prices: PRICES })],
    pool: [...POOL.map((one) => ({ ...one, roles: null })), { name: "agent", vendor: "maker", roles: ["implementer"], writesOnly: true }], // prettier-ignore
    agentsIn: (check) => new Map([["agent", agent(check)]]),
  };
}

type Run = { seat: Seat; number: number; work(does: string, signal?: AbortSignal): ReturnType<Seat["work"]> };

async function begun(): Promise<Run> {
  const seat = await sitDown();
  const number = await seat.begin({ pins: { implementer: "agent" } });
  const room = { sandbox: sandbox ?? { state: "none" as const, why: "" }, preparer: null };
  const work: Run["work"] = (does, signal) => {
    provider.play([{ text: "one" }, { text: "two" }, { text: "three" }]);
    return seat.work(number, [], { yes: BOTH, cast: castWith(does), room, ...(signal ? { signal } : {}) });
  };
  return { seat, number, work };
}

const entriesOf = ({ seat, number }: Run) => seat.desk.ledgers.read(seat.desk.key(number));
const only = <K extends Entry["kind"]>(entries: readonly Entry[], kind: K) =>
  entries.filter((one): one is Extract<Entry, { kind: K }> => one.kind === kind);

function booked(entries: readonly Entry[]): Spend {
  const spends = entries.map((one) => (one.data as { spend?: Spend }).spend ?? NO_SPEND);
  return spends.reduce(addSpend, NO_SPEND);
}

const WHOLE = 'fs.writeFileSync("src/greet.js", loud); fs.writeFileSync("test/loud.test.js", loudTest); answer();';

describe("a coding agent as Implementer", () => {
  it("writes a change that is judged, paid, reviewed and merged like a model's", async () => {
    if (!sandbox) return;
    const run = await begun();
    // The first answer has no evidence trail: the program is told so and runs again on the files as they stand.
    const does = `await ask(); if (!told.includes("does not fit yet")) { ${WHOLE.replace("answer();", 'console.log("I did it all.");')} return; } answer();`;
    const ending = await run.work(does);
    expect(ending).toMatchObject({ phase: "merged", exitCode: 0 });
    const { seat, number } = run;
    expect(seat.git("show", "coop/1:src/greet.js")).toBe(LOUD.trim());
    expect(seat.git("diff", "--name-only", "main", "coop/1").split("\n")).toEqual(["src/greet.js", "test/loud.test.js"]); // prettier-ignore
    const entries = await entriesOf(run);
    const [implemented] = only(entries, "implemented");
    expect(implemented?.data).toMatchObject({ model: "agent", vendor: "maker", served: MODEL, spend: { calls: 2 } });
    expect(implemented?.data.spend.costMicroUsd).toBeGreaterThan(0);
    expect(provider.answered).toBe(2);
    expect(provider.taken[0]?.headers["x-api-key"]).toBe("the-real-key");
    expect(JSON.stringify(provider.taken[0])).toContain("Add a loud option to greet");
    expect(booked(entries)).toEqual(await seat.desk.journal.paidOn(seat.desk.key(number)));
  }, 300_000);

  it("goes on where it was interrupted", async () => {
    if (!sandbox) return;
    const run = await begun();
    const interrupt = new AbortController();
    // Hangs in the middle of its work, and says so by a second call.
    const half = 'await ask(); fs.writeFileSync("src/greet.js", loud); await ask(); setInterval(() => {}, 1000);';
    const running = run.work(half, interrupt.signal);
    await eventually(() => provider.answered === 2);
    interrupt.abort();
    expect(await running).toMatchObject({ phase: "parked" });
    const rest = 'if (!told.includes("was begun") && !told.includes("src/greet.js")) process.exit(9); if (fs.readFileSync("src/greet.js", "utf8") !== loud) process.exit(8); fs.writeFileSync("test/loud.test.js", loudTest); answer();'; // prettier-ignore
    await sayTo(run.seat.desk, run.number, "/coop resume", new Date());
    expect(await run.work(rest)).toMatchObject({ phase: "merged" });
    // Another model would take the seat of one that fails, and the ticket would end as well.
    expect(only(await entriesOf(run), "step_failed")).toEqual([]);
    expect(only(await entriesOf(run), "implemented")[0]?.data.model).toBe("agent");
    expect(booked(await entriesOf(run))).toEqual(await run.seat.desk.journal.paidOn(run.seat.desk.key(run.number)));
  }, 300_000);

  it("stops before the call that the budget does not allow, and keeps what it wrote", async () => {
    if (!sandbox) return;
    const run = await begun();
    const ending = await run.work('fs.writeFileSync("src/greet.js", loud); await ask(10_000_000); answer();');
    expect(ending.exitCode).toBe(3);
    expect(provider.answered).toBe(0);
    const entries = await entriesOf(run);
    expect(only(entries, "step_failed").at(-1)?.data).toMatchObject({ reason: "budget", work: { files: 1 } });
    expect(only(entries, "halted").at(-1)?.data).toMatchObject({ reason: "budget" });
    await sayTo(run.seat.desk, run.number, "/coop budget +200", new Date());
    const rest = 'if (fs.readFileSync("src/greet.js", "utf8") !== loud) process.exit(8); fs.writeFileSync("test/loud.test.js", loudTest); answer();'; // prettier-ignore
    expect(await run.work(rest)).toMatchObject({ phase: "merged" });
    expect(only(await entriesOf(run), "implemented")[0]?.data.model).toBe("agent");
  }, 300_000);
});
