import { getCompileCacheDir } from "node:module";
import { dirname } from "node:path";
import { Worker } from "node:worker_threads";
import type { FoundItem } from "../../core/ticket/proof-facts.ts";
import type { Unread } from "../../core/ticket/proof-fact-parts.ts";
import type { Blobs } from "../../trees/tree.ts";
import type { ProofInput, ProofPorts } from "../evidence.ts";
import type { Sandbox } from "../../workspace/sandbox.ts";
import type { CommandRun } from "../runners/command-run.ts";
import { recalled, shared } from "../runners/shared-runs.ts";
import { type Asked, type FromReader, type Limit, limitOf, type SandboxNamed, type ToReader } from "./messages.ts";
import { LOOK_MS, type Silence, silenceOf, SILENT_MS } from "./silence.ts";
import { unreadProof } from "./unread-proof.ts";

/**
 * A proof that is read in a thread of its own. Foreign code decides how much work a rule over its syntax tree has, so whatever it
 * holds, the server goes on, and what took too long is unknown and never proven.
 */
export type PortsApart = Required<Pick<ProofPorts, "sandbox" | "blobs">> &
  Pick<ProofPorts, "preparer" | "onProgress"> & {
    /** Ends the thread; whoever waits for the proof is told by an error. */
    readonly signal?: AbortSignal;
  };

/** Large trees of many files; a server with less has other troubles. */
const MEMORY_MB = 2_048;
/** Rules walk down trees of foreign code. */
const STACK_MB = 16;
/** Of its short-lived objects. Node's own 48 would stay resident once used. */
const YOUNG_MB = 4;
/** Threads that are kept warm between proofs. */
const IDLE_MAX = 1;

/** What is compiled already need not be read as TypeScript again: 30 MB less in the thread. It gets nothing else of the surroundings. */
const COMPILED = getCompileCacheDir();
const ENV = COMPILED ? { NODE_COMPILE_CACHE: dirname(COMPILED) } : {};

const idle: Worker[] = [];

/** @param silentMs so much of a processor one piece of reading may take */
export async function collectApart(
  input: ProofInput,
  ports: PortsApart,
  silentMs: number = SILENT_MS,
): Promise<FoundItem[]> {
  const warm = idle.pop();
  const first = await readIn(warm ?? started(), input, ports, silentMs);
  // A thread that nobody used may have ended just now, before it heard of this.
  const ended = first === "gone" && warm ? await readIn(started(), input, ports, silentMs) : first;
  return typeof ended === "string" ? unreadProof(input, whyUnread(ended, silentMs)) : ended;
}

function whyUnread(ended: Exclude<Ended, FoundItem[]>, silentMs: number): Unread {
  if (ended === "silent") return { code: "silent", facts: { seconds: Math.round(silentMs / 1000) } };
  if (ended === "memory") return { code: "memory", facts: { mb: MEMORY_MB } };
  return { code: ended, facts: {} };
}

function started(): Worker {
  const resourceLimits = {
    maxOldGenerationSizeMb: MEMORY_MB,
    stackSizeMb: STACK_MB,
    maxYoungGenerationSizeMb: YOUNG_MB,
  };
  const worker = new Worker(new URL("./reader.ts", import.meta.url), { env: ENV, stderr: true, resourceLimits });
  worker.unref();
  // Of a thread that is idle or being ended nobody else hears it, and what nobody hears ends the server.
  worker.on("error", () => undefined);
  worker.once("exit", () => {
    const at = idle.indexOf(worker);
    if (at >= 0) idle.splice(at, 1);
  });
  return worker;
}

type Ended = FoundItem[] | "gone" | Silence | Limit;

function readIn(worker: Worker, input: ProofInput, ports: PortsApart, silentMs: number): Promise<Ended> {
  const failures = new Map<number, unknown>();
  const say = (message: ToReader) => worker.postMessage(message);
  worker.ref();
  return new Promise((resolve, reject) => {
    const silence = silenceOf(worker, silentMs, (as) => stop(as));
    const watch = setInterval(() => void silence.look(), LOOK_MS);
    const end = () => {
      clearInterval(watch);
      silence.end();
      ports.signal?.removeEventListener("abort", aborted);
      worker.off("message", hear).off("error", broke).off("exit", exited);
    };
    const stop = (as: Silence | "gone" | Limit) => {
      end();
      void worker.terminate();
      resolve(as);
    };
    const exited = () => stop("gone");
    const aborted = () => {
      end();
      void worker.terminate();
      reject(new Error("Nobody asks for this proof any more"));
    };
    // An error of ours that nobody caught there is told like one that was, and never taken for a trait of the change.
    const broke = (error: Error) => {
      const limit = limitOf(error);
      if (limit) return stop(limit);
      end();
      void worker.terminate();
      reject(error);
    };
    const hear = (message: FromReader) => {
      silence.heard();
      if (message.kind === "beat") return;
      if (message.kind === "progress") return ports.onProgress?.(message.sentence);
      if (message.kind === "asked") return void answer(message.call, message.asked);
      end();
      worker.unref();
      // After a failure it may go on with the rest, and would ask the next proof's ports for it.
      if (message.kind === "collected" && idle.length < IDLE_MAX) idle.push(worker);
      else void worker.terminate();
      if (message.kind === "collected") return resolve(message.items);
      if (message.call !== null && failures.has(message.call)) return reject(failures.get(message.call) as Error);
      if (message.limit) return resolve(message.limit);
      reject(new Error(message.message));
    };
    const answer = async (call: number, asked: Asked) => {
      try {
        const onOutput = (chunk: Buffer) => say({ kind: "output", call, chunk });
        say({ kind: "answer", call, value: await given(asked, ports, onOutput) });
      } catch (error) {
        failures.set(call, error);
        say({ kind: "broken", call, message: error instanceof Error ? error.message : String(error) });
      }
    };
    worker.on("message", hear).on("error", broke).on("exit", exited);
    if (ports.signal?.aborted) return aborted();
    ports.signal?.addEventListener("abort", aborted);
    const { sandbox, preparer } = ports;
    say({ kind: "collect", input, sandbox: named(sandbox), prepares: Boolean(preparer) });
  });
}

function named(check: ProofPorts["sandbox"]): SandboxNamed {
  if (check.state === "none") return check;
  const { driver, version } = check.sandbox;
  return { state: "available", driver, version };
}

/** What a port says. A missing sandbox or preparer is never asked. */
async function given(asked: Asked, ports: PortsApart, onOutput: (chunk: Buffer) => void): Promise<unknown> {
  const { sandbox, blobs, preparer, onProgress } = ports;
  if (asked.port === "get") return blobs.get(asked.sha);
  if (asked.port === "prepare") {
    const { extra, ...request } = asked.request;
    return preparer?.prepare({ ...request, blobs: withExtra(blobs, extra), ...(onProgress ? { onProgress } : {}) });
  }
  if (sandbox.state === "none") throw new Error("There is no sandbox to run anything in");
  const place = sandbox.sandbox;
  if (asked.port === "recall") return recalled(place, asked.key);
  if (asked.port === "keep") return asked.run.verdict === "passed" ? keep(place, asked.key, asked.run) : undefined;
  const { extra, ...request } = asked.request;
  return place.run({ ...request, blobs: withExtra(blobs, extra), onOutput });
}

/** What failed stays with the proof that saw it: the next one looks whether it was chance. */
async function keep(place: Sandbox, key: string, run: CommandRun): Promise<void> {
  await shared(place, key, () => Promise.resolve(run));
}

function withExtra(blobs: Blobs, extra: ReadonlyMap<string, Uint8Array>): Blobs {
  return {
    ...blobs,
    get: async (sha) => {
      const own = extra.get(sha);
      return own ? Buffer.from(own) : blobs.get(sha);
    },
    has: async (sha) => extra.has(sha) || (blobs.has ? blobs.has(sha) : (await blobs.get(sha)) !== null),
    put: (content) => blobs.put(content),
  };
}
