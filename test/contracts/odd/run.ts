import { consult } from "../../../src/agent/loop.ts";
import { files, FINISH, options } from "../../../src/agent/loop.fixture.ts";
import { resolvePoolEntry } from "../../../src/models/catalogue.ts";
import type { Journal, JournalRecord } from "../../../src/models/journal.ts";
import { journaled } from "../../../src/models/journaled.ts";
import type { Model, Usage } from "../../../src/models/model.ts";
import { buildModel } from "../../../src/models/pool.ts";
import { implementTask } from "../../../src/roles/implementer.ts";
import { reviewTask } from "../../../src/roles/reviewer.ts";
import type { RoleTask } from "../../../src/roles/task.ts";
import { ANTHROPIC_API } from "../dialects/anthropic.ts";
import { badCall, emptyMessage, unpaired } from "../dialects/chat-rules.ts";
import type { Kept, Sent } from "../dialects/dialect.ts";
import { OPENAI_RESPONSES } from "../dialects/openai-responses.ts";
import { ENCODE, type WireName } from "./encode.ts";
import { type Bytes, loopback } from "./loopback.ts";
import { EDIT, type Odd, type RawSaid, VERDICT } from "./odd.ts";
import type { OnTheWire } from "./on-the-wire.ts";

/** A step whose second answer is odd and all others are good: what becomes of the step, of the work and of the money. */
export type Became = {
  readonly outcome: string;
  /** Answers that the server was paid for, and those of them that the journal counts. */
  readonly paid: number;
  readonly counted: number;
  readonly free: readonly Usage[];
  /** What a strict server would have refused of what was sent back. */
  readonly poison: readonly string[];
  /** How often the step had to be run. */
  readonly runs: number;
  /** The odd answer was taken for what it means, without asking again. */
  readonly accepted: boolean;
  readonly sentences: readonly string[];
};

const READ = { calls: [{ id: "call_first", name: "read_file", args: { path: "a.js" } }] };
const finish = { calls: [{ name: "finish", args: FINISH }] };
const edit = { calls: [{ name: "edit_file", args: EDIT }] };
const good = { text: JSON.stringify({ ...VERDICT, summary: "good" }) };
/** A writer finishes; if the odd edit was not understood, the loop says so, and the edit comes again. */
const AFTER: Readonly<Record<Odd["to"], readonly RawSaid[]>> = {
  writer: [finish, edit, finish, finish, finish],
  reviewer: [good, good, good],
};
/** A step that is waited for is tried again; more often than this a person would be asked. */
const RUNS_MAX = 3;

export async function became(odd: Odd, wire: WireName, how: "whole" | "streamed"): Promise<Became> {
  const { state, answer } = serving(odd, wire);
  const answering: typeof fetch = (_input, init) => {
    const { status, headers, chunks } = answer(String(init?.body));
    return Promise.resolve(new Response(chunks.join(""), { status: status ?? 200, headers: headers ?? {} }));
  };
  return carried(odd, modelAt(wire, how, answering), state);
}

/** The same over a connection, where the second answer is given byte by byte. */
export async function becameOnTheWire(odd: OnTheWire): Promise<Became> {
  const { state, answer } = serving({ to: odd.to, said: odd.bytes }, odd.wire);
  const server = await loopback(answer);
  try {
    return await carried(odd, modelAt(odd.wire, "streamed", server.fetch), state);
  } finally {
    await server.close();
  }
}

type Served = { asked: number; paid: number; odd: number; readonly poison: string[] };

/** A server whose second answer is odd. */
function serving(
  { to, said: odd, whenever }: Pick<Odd, "to" | "whenever"> & { said: Odd["said"] | Bytes },
  wire: WireName,
) {
  const state: Served = { asked: 0, paid: 0, odd: 0, poison: [] };
  const rest = AFTER[to];
  const answer = (body: string): Bytes => {
    const request = {
      ...(JSON.parse(body) as object),
      headers: { "x-api-key": "k", "anthropic-version": "1" },
    } as Sent;
    const refused = refusedBy(wire, request);
    // Reasoning is checked where all answers bring it.
    if (refused !== null && !("chunks" in odd && refused.includes("'rs_1'"))) state.poison.push(refused);
    const again = whenever !== undefined && state.asked > 0 && whenever(request);
    if (again) state.odd += 1;
    const nth = again ? 1 : state.asked - state.odd + (whenever !== undefined && state.asked > 0 ? 1 : 0);
    state.asked += 1;
    if (nth === 1 && "chunks" in odd) return odd;
    if (nth === 1 && "http" in odd)
      return { status: odd.status, headers: { "content-type": odd.type }, chunks: [odd.http] };
    const said: RawSaid = nth === 0 ? READ : nth === 1 ? (odd as RawSaid) : (rest[nth - 2] ?? rest.at(-1) ?? {});
    state.paid += said.cutAt === undefined ? 1 : 0;
    return bytesOf(wire, said, request.stream === true);
  };
  return { state, answer };
}

function modelAt(wire: WireName, how: "whole" | "streamed", answering: typeof fetch): Model {
  return buildModel({
    ...resolvePoolEntry({
      name: "m",
      vendor: "v",
      api: wire,
      model: "model-1",
      ...(wire === "openai-chat" ? { baseUrl: "http://models.test/v1" } : {}),
    }),
    ...{
      apiKey: "sk-test",
      fetch: answering,
      prices: { input: 1_000_000, cachedInput: null, cacheWrite: null, output: 5_000_000 },
    },
    ...(how === "whole" ? { lacks: ["streaming" as const] } : {}),
  });
}

async function carried(odd: Pick<Odd, "to">, model: Model, state: Readonly<Served>): Promise<Became> {
  const { journal, records } = memory();
  const scope = { ticket: "o/r#1" as const, step: "s", attempt: 1, now: () => new Date() };
  const { overlay } = files();
  const task = (odd.to === "writer" ? implementTask : reviewTask) as unknown as RoleTask<{ summary: string }>;
  const sentences: string[] = [];
  for (let runs = 1; ; runs += 1) {
    const end = await consult(options(task, journaled(model, journal, scope), { files: overlay }));
    if (end.outcome !== "answered") sentences.push(end.sentence);
    if (end.outcome !== "answered" && runs < RUNS_MAX) continue;
    const usages = [...records.values()]
      .filter(({ kind }) => kind === "model")
      .map(({ reply }) => (reply as { usage: Usage }).usage);
    return {
      outcome: end.outcome,
      ...{
        paid: state.paid,
        counted: usages.length,
        free: usages.filter(({ costMicroUsd }) => !costMicroUsd || costMicroUsd < 0),
      },
      ...{ poison: state.poison, runs, sentences },
      accepted:
        end.outcome === "answered" &&
        (odd.to === "writer" ? state.asked <= 3 : state.asked === 2 && end.answer.summary === "odd"),
    };
  }
}

export function bytesOf(wire: WireName, said: RawSaid, streamed: boolean): Bytes {
  const { body, events } = ENCODE[wire](said);
  const whole = streamed ? events.join("") : JSON.stringify(body);
  const text = said.cutAt === undefined ? whole : whole.slice(0, Math.floor(whole.length * said.cutAt));
  return { headers: { "content-type": streamed ? "text/event-stream" : "application/json" }, chunks: [text] };
}

export function refusedBy(wire: WireName, request: Sent): string | null {
  // Reasoning is checked elsewhere: here the odd answers bring their own.
  const given = ["", "hm"].map((thinking) => [JSON.stringify([thinking, "c2ln"]), true] as const);
  const kept: Kept = { given: new Map<string, unknown>([["rs_1", "ZW5j"], ...given]), count: 0 };
  if (wire === "anthropic") return said(ANTHROPIC_API.refuse(request, kept));
  if (wire === "openai-responses") return said(OPENAI_RESPONSES.refuse(request, kept));
  return said(badCall(request, /^[A-Za-z0-9_-]{1,64}$/) ?? unpaired(request) ?? emptyMessage(request));
}

function memory(): { journal: Journal; records: Map<string, JournalRecord> } {
  const records = new Map<string, JournalRecord>();
  const write = (record: JournalRecord) => {
    const kept = JSON.parse(JSON.stringify(record)) as JournalRecord;
    if (!records.has(record.hash)) records.set(record.hash, kept);
    return Promise.resolve(records.get(record.hash) ?? kept);
  };
  return { records, journal: { find: (hash) => Promise.resolve(records.get(hash) ?? null), write } };
}

const said = (refusal: unknown): string | null => (refusal === null ? null : JSON.stringify(refusal));
