import type { DeskCast } from "../../src/cli/desk/cast.ts";
import { codingAgents } from "../../src/coding-agents.ts";
import type { Entry } from "../../src/core/ledger/entry.ts";
import { scriptedModel } from "../../src/models/scripted.ts";
import type { AgentTarget } from "../../src/workspace/agents/kind.ts";
import type { SandboxCheck } from "../../src/workspace/sandbox.ts";
import type { Dialect, Said } from "../contracts/dialects/dialect.ts";
import { type DialectServer, dialectServer } from "../contracts/dialects/server.ts";
import { sandboxHere } from "../contracts/sandbox-fixture.ts";
import { type Seat, sitDown } from "../support/desk.ts";
import { POOL, scripted } from "../support/scenario.ts";
import { FINISH, loudStory } from "../support/stories.ts";
import { type ProgramName, programAt } from "./programs.ts";

/** A whole ticket at a desk of which one of the programs writes the change. */
export type Case = {
  readonly name: ProgramName;
  readonly dialect: Dialect;
  readonly target: Omit<AgentTarget, "address">;
  /** How the model runs a shell command with this program's tools. */
  readonly shell: (command: string) => NonNullable<Said["calls"]>[number];
  readonly served: string;
};

/** As most programs' tools for a shell are called. */
export const described = (command: string) => ({ command, description: "Write the option and its test" });
export const KEY = "the-real-key-of-the-entry";
/** Two dollars and ten for a million tokens. The servers count 900 in, some of them cached, and 40 out. */
const PRICES = { input: 2_000_000, cachedInput: 200_000, cacheWrite: null, output: 10_000_000 };

export const sandbox = await sandboxHere();
const servers: DialectServer[] = [];
export const closeServers = () => Promise.all(servers.map((one) => one.close()));

export async function providerOf(
  { dialect }: Case,
  trouble?: Parameters<typeof dialectServer>[1],
): Promise<DialectServer> {
  const server = await dialectServer(dialect, trouble);
  servers.push(server);
  return server;
}

async function agentOf({ name, target, dialect }: Case, provider: DialectServer, check: SandboxCheck, over: object) {
  const { api, model, contextTokensMax } = target;
  const entry = { name: "agent", vendor: "maker", agent: name, model, contextTokensMax, runMinutesMax: 3 };
  const pool = [{ ...entry, ...dialect.entry, api, program: await programAt(name), baseUrl: provider.url, apiKey: KEY, roles: null, ...over }]; // prettier-ignore
  const agent = codingAgents(pool, check, process.env["PATH"] ?? "").get("agent");
  if (!agent) throw new Error("The pool has no agent");
  return agent;
}

export type Ran = {
  readonly seat: Seat;
  readonly number: number;
  readonly phase: string;
  readonly entries: readonly Entry[];
};

/** @param over fields of the agent's entry */
export async function worked(
  one: Case,
  provider: DialectServer,
  script: readonly Said[],
  over: object = {},
): Promise<Ran> {
  const room = { sandbox: sandbox ?? { state: "none" as const, why: "" }, preparer: null };
  const agent = await agentOf(one, provider, room.sandbox, over);
  const cast: Partial<DeskCast> = {
    models: [...scripted(loudStory()), scriptedModel({ name: "agent", vendor: "maker", script: [], prices: PRICES })],
    pool: [...POOL.map((model) => ({ ...model, roles: null })), { name: "agent", vendor: "maker", roles: ["implementer"], writesOnly: true }], // prettier-ignore
    agentsIn: () => new Map([["agent", agent]]),
  };
  const seat = await sitDown();
  const number = await seat.begin({ pins: { implementer: "agent" } });
  provider.play(script);
  const { phase } = await seat.work(number, [], { yes: ["plan", "merge"], cast, room });
  return { seat, number, phase, entries: await seat.desk.ledgers.read(seat.desk.key(number)) };
}

export const base64 = (text: string) => Buffer.from(text).toString("base64");
export const written = (path: string, text: string) => `echo ${base64(text)} | base64 -d > ${path}`;
export const DONE: Said = { text: `Done.\n\n\`\`\`json\n${JSON.stringify(FINISH)}\n\`\`\`` };
