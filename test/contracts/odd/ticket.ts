import { buildModel } from "../../../src/models/pool.ts";
import { resolvePoolEntry } from "../../../src/models/catalogue.ts";
import type { Model, Prices, Question } from "../../../src/models/model.ts";
import { placeOf } from "../../../src/models/scripted.ts";
import { POOL, type Stage } from "../../support/scenario.ts";
import {
  aPlan,
  FINISH,
  GREETER,
  labelled,
  LOUD,
  LOUD_TEST,
  PASS,
  policy,
  raiseChecked,
} from "../../support/stories.ts";
import type { WireName } from "./encode.ts";
import type { Bytes } from "./loopback.ts";
import { EDIT, type Odd, type RawSaid } from "./odd.ts";
import { bytesOf, refusedBy } from "./run.ts";

/** A whole ticket over real adapters, in the middle of which one role gets odd answers. */
export type OddTicket = {
  readonly name: string;
  readonly to: Odd["to"];
  /** In the place of the second answer of that role, and those after it. */
  readonly answers: readonly Odd["said"][];
  /** Every model in that role, whenever it is asked again, until the provider is mended. */
  readonly always?: true;
  /** The same without an end of its own, for so long after the first of them. */
  readonly forMs?: number;
  /** What the thread says of it. */
  readonly tells?: RegExp;
};

export type Provider = {
  readonly models: Model[];
  /** All answers are good from now on, or those of one model. */
  mend(model?: string): void;
  readonly seen: Seen;
};

/** What the provider saw. `billed`: micro-dollars for answers that came whole. */
type Seen = {
  billed: number;
  poison: string[];
  repeated: string[];
  asked: number;
  /** Odd answers that nobody got. */
  unsaid(): number;
  /** So many tokens each answer was allowed to have. */
  longest: number[];
};

const call = (name: string, args: object): RawSaid => ({ calls: [{ name, args }] });
const READ = call("read_file", { path: "a.js" });
const PLAN = aPlan();
const [CHUNK] = PLAN.chunks;
const GOOD: Readonly<Record<string, readonly RawSaid[]>> = {
  architect: [
    said(
      aPlan({
        chunks: [
          {
            ...{ title: "Greet", tests: [], ...CHUNK },
            files: [...(CHUNK?.files ?? []), { path: "a.js", action: "change", intent: "Count with figures." }],
          },
        ],
      }),
    ),
  ],
  implementer: [
    READ,
    call("edit_file", EDIT),
    call("write_file", { path: "src/greet.js", content: LOUD }),
    call("write_file", { path: "test/loud.test.js", content: LOUD_TEST }),
    call("finish", FINISH),
  ],
  reviewer: [READ, said(PASS)],
  adversary: [READ, said(PASS)],
};
export const ROLES: Readonly<Record<Odd["to"], "implementer" | "reviewer">> = {
  writer: "implementer",
  reviewer: "reviewer",
};
/** What each good answer takes by its server's count, what that costs, and the policy's lines. */
export type Money = {
  readonly prices: Prices;
  readonly usage?: unknown;
  readonly costMicroUsd: number;
  readonly policy: readonly string[];
};
/** 500 tokens in and 20 out, as `ENCODE` reports by default, at these prices. */
const CHEAP: Money = {
  prices: { input: 1_000_000, cachedInput: null, cacheWrite: null, output: 5_000_000 },
  ...{ costMicroUsd: 600, policy: [] },
};

function said(answer: object): RawSaid {
  return { text: JSON.stringify(answer) };
}

export function provider(
  odds: readonly OddTicket[],
  wire: WireName,
  how: "whole" | "streamed",
  money = CHEAP,
): Provider {
  const left = placed(odds);
  const unsaid = () => left.reduce((all, { answers }) => all + answers.length, 0);
  const seen: Seen = { ...{ billed: 0, asked: 0, unsaid }, poison: [], repeated: [], longest: [] };
  const told = new Map<string, number>();
  const answered = new Set<string>();
  const mended = new Set<string>();
  const answer = (model: string, question: Question, body: string): Bytes => {
    seen.asked += 1;
    const { role, task, round } = placeOf(question);
    const where = [model, role, task, round].join(" ");
    if (question.turns.length === 0) told.set(where, 0);
    const nth = told.get(where) ?? 0;
    const request = JSON.parse(body) as { stream?: unknown } & Readonly<Record<string, unknown>>;
    seen.longest.push(Number(LIMITS.map((name) => request[name]).find((one) => one !== undefined)));
    const refused = refusedBy(wire, { ...request, headers: { "x-api-key": "k", "anthropic-version": "1" } });
    if (refused !== null) seen.poison.push(refused);
    if (answered.has(`${model} ${body}`)) seen.repeated.push(`${where} ${nth}`);
    const odd = left.find((one) => one.role === role && one.answers.length > 0);
    const isTheirs = odd?.nth === nth && !mended.has(model);
    const strange = isTheirs ? nextOf(odd, seen.asked) : undefined;
    if (strange && "http" in strange)
      return {
        status: strange.status,
        headers: { "content-type": strange.type, ...strange.headers },
        chunks: [strange.http],
      };
    const script = GOOD[role] ?? [];
    if (!strange) {
      told.set(where, nth + 1);
      answered.add(`${model} ${body}`);
      seen.billed += money.costMicroUsd;
    }
    const good = { ...script[Math.min(nth, script.length - 1)], ...("usage" in money ? { usage: money.usage } : {}) };
    return bytesOf(wire, strange ?? good, request.stream === true);
  };
  return {
    seen,
    mend: (model) => (model ? [model] : POOL.map(({ name }) => name)).forEach((name) => mended.add(name)),
    models: POOL.map((seat) =>
      modelOver(wire, how, seat, money.prices, (question, body) => answer(seat.name, question, body)),
    ),
  };
}

type Placed = Pick<OddTicket, "always" | "forMs"> & {
  readonly role: string;
  readonly nth: number;
  readonly answers: Odd["said"][];
  /** By the clock of the tickets. */
  untilMs?: number;
};

function nextOf(odd: Placed, turn: number): Odd["said"] | undefined {
  if (!odd.always && odd.forMs === undefined) return odd.answers.shift();
  odd.untilMs ??= now().getTime() + (odd.forMs ?? Infinity);
  if (now().getTime() < odd.untilMs) return odd.answers[turn % odd.answers.length];
  odd.answers.length = 0;
  return undefined;
}

/** Several of one ticket stand in different places: a writer's second and fourth answer, and both who doubt. */
function placed(odds: readonly OddTicket[]): Placed[] {
  const taken = { writer: 0, reviewer: 0 };
  return odds.map(({ to, always, forMs, answers }) => {
    const before = taken[to]++;
    const place =
      to === "writer"
        ? { role: ROLES.writer, nth: 1 + 2 * before }
        : { role: before === 0 ? ROLES.reviewer : "adversary", nth: 1 };
    return { ...place, ...(always ? { always } : {}), ...(forMs ? { forMs } : {}), answers: [...answers] };
  });
}

/** Where each wire says how long an answer may be. */
const LIMITS = ["max_tokens", "max_completion_tokens", "max_output_tokens"];

function modelOver(
  wire: WireName,
  how: "whole" | "streamed",
  seat: (typeof POOL)[number],
  prices: Prices,
  answer: (question: Question, body: string) => Bytes,
): Model {
  let asked: Question | null = null;
  const model = buildModel({
    ...resolvePoolEntry({
      ...{ ...seat, api: wire, model: "model-1" },
      ...(wire === "openai-chat" ? { baseUrl: "http://models.test/v1" } : {}),
      ...(how === "whole" ? { lacks: ["streaming"] } : {}),
    }),
    ...{ apiKey: "sk-test", prices },
    fetch: (_input, init) => {
      if (!asked) throw new Error("Nobody asked.");
      const { status, headers, chunks } = answer(asked, String(init?.body));
      if (status === NOBODY) return Promise.reject(new TypeError("fetch failed", { cause: { code: "ECONNREFUSED" } }));
      return Promise.resolve(new Response(chunks.join(""), { status: status ?? 200, headers: headers ?? {} }));
    },
  });
  const { ask } = model;
  // The scripted server does not need to know what the model is: three of one name would review each other.
  return {
    ...{ name: model.name, vendor: model.vendor, contextTokensMax: model.contextTokensMax, prices },
    ask: async (question, signal, watch) => {
      asked = question;
      const { served: _served, ...reply } = { served: undefined, ...(await ask(question, signal, watch)) };
      return reply as Awaited<ReturnType<Model["ask"]>>;
    },
  };
}

/** In the place of a status: nothing listens at the address. */
export const NOBODY = 0;

export type Walked = {
  readonly stage: Stage;
  readonly issue: number;
  readonly provider: Provider;
  pass(): Promise<void>;
  /** So much time passes, and what is due is done. */
  later(ms: number): Promise<void>;
};

/** Longer than any pause between two tries: providers may ask for an hour, and chance adds to that. */
const PAUSE_MS = 90 * 60_000;
let offsetMs = 0;
const now = () => new Date(Date.now() + offsetMs);
const DAY_MS = 24 * 60 * 60_000;
const MORNING_MS = 6 * 60 * 60_000;
/** Budgets of a day begin anew at midnight: a story that began at any hour would sometimes have one in its middle. */
const untilMorning = () => DAY_MS - ((now().getTime() - MORNING_MS) % DAY_MS);

/** The ticket, worked on until nothing more happens by itself, however much time passes. */
export async function walked(
  odds: readonly OddTicket[],
  wire: WireName,
  how: "whole" | "streamed",
  money = CHEAP,
): Promise<Walked> {
  const there = await begun(odds, wire, how, money);
  await there.pass();
  return there;
}

/** The ticket as far as it goes without waiting for anything. */
export async function begun(
  odds: readonly OddTicket[],
  wire: WireName,
  how: "whole" | "streamed",
  money = CHEAP,
): Promise<Walked> {
  const server = provider(odds, wire, how, money);
  const files = { ...GREETER, "a.js": "one\ntwo\n", ...(money.policy.length > 0 ? policy(...money.policy) : {}) };
  offsetMs += untilMorning();
  const stage = await raiseChecked(server.models, { files }, { now });
  const issue = await labelled(stage);
  const later = async (ms: number) => {
    offsetMs += ms;
    await stage.wake(issue);
  };
  const pass = async () => {
    for (let before = -1; before !== (await stage.entries(issue)).length;) {
      before = (await stage.entries(issue)).length;
      await later(PAUSE_MS);
    }
  };
  return { stage, issue, provider: server, pass, later };
}
