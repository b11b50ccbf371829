import { flushCompileCache } from "node:module";
import { parentPort } from "node:worker_threads";
import type { Blobs, Tree } from "../../trees/tree.ts";
import type { Preparation, Preparer } from "../../workspace/preparer.ts";
import type { RunResult, Sandbox, SandboxCheck } from "../../workspace/sandbox.ts";
import { collectProof } from "../collect.ts";
import { openSyntaxHere } from "../languages/syntax/parser.ts";
import type { CommandRun } from "../runners/command-run.ts";
import { keepElsewhere } from "../runners/shared-runs.ts";
import type { ScratchBlobs } from "../../trees/scratch-blobs.ts";
import { type Asked, type FromReader, limitOf, type SandboxNamed, type ToReader } from "./messages.ts";

/**
 * The thread in which a proof is read and worked out. It holds no port: what it needs of them it asks for. Its beat tells that no
 * single piece of reading goes on without end.
 */
const BEAT_MS = 500;
/** A thread that nobody uses for so long ends: the next proof may come tomorrow. */
const IDLE_MS = 20_000;

type Waiting = {
  readonly answer: (value: unknown) => void;
  readonly broken: (error: Error) => void;
  readonly onOutput?: ((chunk: Buffer) => void) | undefined;
};
const waiting = new Map<number, Waiting>();
let calls = 0;

class PortFailed extends Error {
  readonly call: number;
  constructor(message: string, call: number) {
    super(message);
    this.call = call;
  }
}

const post = (message: FromReader) => parentPort?.postMessage(message);
const leave = () => setTimeout(() => process.exit(), IDLE_MS);
let idle = leave();
setInterval(() => post({ kind: "beat" }), BEAT_MS).unref();

parentPort?.on("message", (message: ToReader) => {
  if (message.kind === "collect") {
    clearTimeout(idle);
    void collect(message).then((said) => {
      idle = leave();
      post(said);
      // Else only a thread that ends by itself leaves what it compiled, and a server that is killed leaves nothing.
      flushCompileCache();
    });
    return;
  }
  const one = waiting.get(message.call);
  if (message.kind === "output") return one?.onOutput?.(Buffer.from(message.chunk));
  waiting.delete(message.call);
  if (message.kind === "answer") one?.answer(message.value);
  else one?.broken(new PortFailed(message.message, message.call));
});

async function collect({ input, sandbox, prepares }: ToReader & { kind: "collect" }): Promise<FromReader> {
  const onProgress = (sentence: string) => post({ kind: "progress", sentence });
  try {
    const ports = { sandbox: checkOf(sandbox), blobs, preparer: prepares ? preparer : null, onProgress };
    return { kind: "collected", items: await collectProof(input, ports, openSyntaxHere()) };
  } catch (error) {
    const call = error instanceof PortFailed ? error.call : null;
    const message = error instanceof Error ? (error.stack ?? error.message) : String(error);
    return { kind: "failed", message, call, limit: limitOf(error) };
  }
}

function ask<T>(asked: Asked, onOutput?: (chunk: Buffer) => void): Promise<T> {
  const call = ++calls;
  return new Promise((resolve, reject) => {
    waiting.set(call, { answer: (value) => resolve(value as T), broken: reject, onOutput });
    post({ kind: "asked", call, asked });
  });
}

const blobs: Blobs = {
  get: async (sha) => {
    const content = await ask<Uint8Array | null>({ port: "get", sha });
    return content && Buffer.from(content.buffer, content.byteOffset, content.byteLength);
  },
  put: () => Promise.reject(new Error("What a proof writes stays with it")),
};

/** Only what this tree holds and nobody else has. */
function extraOf(from: Blobs, tree: Tree): Map<string, Uint8Array> {
  const { extra } = from as Partial<ScratchBlobs>;
  const found = new Map<string, Uint8Array>();
  for (const { sha } of tree.values()) {
    const content = extra?.get(sha);
    if (content) found.set(sha, content);
  }
  return found;
}

const preparer: Preparer = {
  prepare: ({ tree, blobs: from, setup }) =>
    ask<Preparation>({ port: "prepare", request: { tree, extra: extraOf(from, tree), ...(setup ? { setup } : {}) } }),
};

function checkOf(named: SandboxNamed): SandboxCheck {
  if (named.state === "none") return named;
  const { driver, version } = named;
  const sandbox: Sandbox = {
    driver,
    version,
    run: async ({ blobs: from, onOutput, signal: _, ...request }) => {
      const asked = { ...request, extra: extraOf(from, request.tree) };
      const result = await ask<RunResult>({ port: "run", request: asked }, onOutput);
      const reports = [...(result.reports ?? [])].map(([path, content]) => [path, Buffer.from(content)] as const);
      return result.reports ? { ...result, reports: new Map(reports) } : result;
    },
  };
  keepElsewhere(sandbox, {
    recall: (key) => ask<CommandRun | null>({ port: "recall", key }),
    keep: (key, run) => ask({ port: "keep", key, run }),
  });
  return { state: "available", sandbox };
}
