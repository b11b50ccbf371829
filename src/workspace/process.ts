import { setImmediate as turn } from "node:timers/promises";
import { type ChildProcess, spawn } from "node:child_process";
import { closeSync } from "node:fs";
import { Socket } from "node:net";
import type { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { stripVTControlCharacters } from "node:util";
import { covers } from "./inherited.ts";
import { residentBytes } from "./memory.ts";
import { type Cut, cutInTheMiddle } from "./output.ts";

/**
 * The only place in the program that starts processes. A process gets an empty environment (what a launcher holds can
 * be read in /proc/1/environ from inside a sandbox) unless it stands outside of every sandbox itself, a group of its own, and limits
 * on time, memory and output.
 */
export type ProcessRequest = {
  readonly file: string;
  readonly args: readonly string[];
  /** For a program that needs to know where it is (a container engine and its daemon); nothing where this is absent. */
  readonly environment?: Readonly<Record<string, string>>;
  /** Whom it runs as, when that is not ourselves. */
  readonly user: { readonly uid: number; readonly gid: number } | null;
  readonly timeoutMs: number;
  readonly outputBytesMax: number;
  /** Memory of the process and all its descendants together. */
  readonly memoryBytesMax: number;
  /** Where the kernel counts it too. */
  readonly group?: MemoryGroup;
  /** Bytes that the process can read from its descriptors 3, 4, … */
  readonly inputs: readonly Buffer[];
  /** What it can read from its standard input; nothing where this is absent. */
  readonly stdin?: AsyncIterable<Buffer>;
  /** Where its output goes, when a program has to be able to open it again by name (`/dev/stdout`); else a socket. */
  readonly pipe?: Pipe;
  /** Every byte of its output and of its error stream as it comes, before anything is cut. */
  readonly onOutput?: (chunk: Buffer) => void;
  readonly onErrors?: (chunk: Buffer) => void;
  readonly signal?: AbortSignal | undefined;
};

/** A second wall around memory, beside the looks that are taken at it. */
export type MemoryGroup = {
  /** A process that has only just begun, and its descendants. */
  enter(pid: number): void;
  /** Whether the kernel ended something of it for want of memory. */
  ranOut(): boolean;
};

/** Both ends of a pipe, open in this process; `runProcess` closes them. */
export type Pipe = { readonly reads: number; readonly writes: number };

export type ProcessResult = {
  readonly outcome: "exited" | "timed-out" | "out-of-memory" | "aborted" | "signalled" | "failed-to-start";
  readonly exitCode: number | null;
  readonly output: string;
  /** What it said on its error stream, at most 4 kB. */
  readonly errors: string;
  readonly durationMs: number;
};

/** Often enough to stop a greedy program before the host suffers, rarely enough to cost nothing. */
const MEMORY_LOOK_MS = 400;
const ERROR_BYTES_MAX = 4096;
/** After a kill, how long a stream that somebody still holds open is waited for. */
const CLOSE_GRACE_MS = 2000;

export async function runProcess(request: ProcessRequest): Promise<ProcessResult> {
  const began = performance.now();
  const output = cutInTheMiddle(request.outputBytesMax);
  const errors = cutInTheMiddle(ERROR_BYTES_MAX);
  const child = start(request);
  if (child instanceof Error) return notStarted(child, request);
  if (child.pid !== undefined) request.group?.enter(child.pid);
  request.inputs.forEach((bytes, index) => feed(child.stdio[index + 3], bytes));
  if (request.stdin && child.stdin) void pipeline(request.stdin, child.stdin).catch(() => undefined);
  const streams = [listen(child.stdout ?? opened(request.pipe), output, request.onOutput)];
  streams.push(listen(child.stderr, errors, request.onErrors));
  const guard = watch(child, request);
  const ended = await exitOf(child);
  if (ended instanceof Error) {
    guard.stop();
    return notStarted(ended);
  }
  await withinGrace(Promise.all(streams.map(({ closed }) => closed)));
  guard.stop();
  for (const { end } of streams) end();
  const ranOut = request.group?.ranOut() ? "out-of-memory" : null;
  const outcome = guard.verdict() ?? ranOut ?? (ended.code === null ? "signalled" : "exited");
  const durationMs = Math.round(performance.now() - began);
  return { outcome, exitCode: ended.code, ...texts(output, errors), durationMs };
}

function start(request: ProcessRequest): ChildProcess | Error {
  try {
    return spawn(request.file, request.args, {
      cwd: "/",
      env: request.environment ?? {},
      detached: true,
      stdio: [
        request.stdin ? "pipe" : "ignore",
        request.pipe?.writes ?? "pipe",
        "pipe",
        ...request.inputs.map(() => "pipe" as const),
        ...covers(3 + request.inputs.length),
      ],
      ...(request.user ?? {}),
    });
  } catch (error) {
    return error instanceof Error ? error : new Error(String(error));
  } finally {
    // Ours has to be gone, or the pipe would never end.
    if (request.pipe) closeSync(request.pipe.writes);
  }
}

function opened(pipe: Pipe | undefined): Readable | null {
  return pipe ? new Socket({ fd: pipe.reads, readable: true, writable: false }) : null;
}

type Heard = { readonly closed: Promise<void>; readonly end: () => void };

function listen(stream: Readable | null, into: Cut, also: ((chunk: Buffer) => void) | undefined): Heard {
  if (!stream) return { closed: Promise.resolve(), end: () => undefined };
  let told = Promise.resolve();
  stream.on("data", (chunk: Buffer) => {
    into.add(chunk);
    if (!also) return;
    stream.pause();
    // One after the other: when the process has ended, Node lets the stream flow again although it was paused.
    told = told.then(() => inSlices(chunk, also)).then(() => void stream.resume());
  });
  stream.on("error", () => undefined);
  const closed = new Promise<void>((resolve) => stream.once("close", () => resolve())).then(() => told);
  return { closed, end: () => stream.destroy() };
}

/** Whoever reads what a run prints looks at every line with dozens of patterns; between two slices others are let in. */
const SLICE_BYTES = 1_024;

async function inSlices(chunk: Buffer, told: (slice: Buffer) => void): Promise<void> {
  for (let at = 0; at < chunk.length; at += SLICE_BYTES) {
    if (at > 0) await turn();
    told(chunk.subarray(at, at + SLICE_BYTES));
  }
}

function exitOf(child: ChildProcess): Promise<Error | { readonly code: number | null }> {
  return new Promise((resolve) => {
    child.once("error", resolve);
    child.once("exit", (code) => resolve({ code }));
  });
}

async function withinGrace(streams: Promise<unknown>): Promise<void> {
  let grace: NodeJS.Timeout | undefined;
  await Promise.race([streams, new Promise((resolve) => (grace = setTimeout(resolve, CLOSE_GRACE_MS)))]);
  clearTimeout(grace);
}

/** A process that ends before it has read everything is no fault of ours. */
function feed(stream: ChildProcess["stdio"][number] | undefined, bytes: Buffer): void {
  if (!stream || !("end" in stream)) return;
  stream.on("error", () => undefined);
  stream.end(bytes);
}

type Verdict = "timed-out" | "out-of-memory" | "aborted";

/** Ends the whole group when time or memory run out or nobody wants it any more, and remembers which it was. */
function watch(child: ChildProcess, request: ProcessRequest) {
  let verdict: Verdict | null = null;
  const end = (why: Verdict) => {
    verdict ??= why;
    killGroup(child);
  };
  const abort = () => end("aborted");
  request.signal?.addEventListener("abort", abort);
  if (request.signal?.aborted) abort();
  const clock = setTimeout(() => end("timed-out"), request.timeoutMs);
  const scale = setInterval(() => {
    if (child.pid === undefined) return;
    // The kernel may end one process of a run alone; the others are ended here.
    if (request.group?.ranOut()) return end("out-of-memory");
    void residentBytes(child.pid).then((bytes) => bytes > request.memoryBytesMax && end("out-of-memory"));
  }, MEMORY_LOOK_MS);
  const stop = () => {
    clearTimeout(clock);
    clearInterval(scale);
    request.signal?.removeEventListener("abort", abort);
    // A group outlives its leader when a child of it was left running.
    killGroup(child);
  };
  return { stop, verdict: () => verdict };
}

function killGroup(child: ChildProcess): void {
  if (child.pid === undefined) return;
  try {
    process.kill(-child.pid, "SIGKILL");
  } catch {
    // Already gone.
  }
}

function texts(output: Cut, errors: Cut): { output: string; errors: string } {
  return { output: readable(output.text()), errors: readable(errors.text()) };
}

/** Escape sequences and control characters are for terminals; in a comment or a prompt they hide things. */
function readable(text: string): string {
  return stripVTControlCharacters(text.replaceAll("\r\n", "\n")).replace(
    /[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/g,
    "",
  );
}

function notStarted(error: Error, request?: ProcessRequest): ProcessResult {
  if (request?.pipe) closeSync(request.pipe.reads);
  return { outcome: "failed-to-start", exitCode: null, output: "", errors: error.message, durationMs: 0 };
}

/**
 * Opens a file in the person's editor, on the person's terminal and with the person's environment: it is their own program.
 * @param editor as `EDITOR` says it, with its arguments
 */
export function editInteractively(
  editor: string,
  path: string,
  folder: string,
  env: NodeJS.ProcessEnv,
): Promise<number | null> {
  const child = spawn("/bin/sh", ["-c", `exec ${editor} "$1"`, "editor", path], { cwd: folder, env, stdio: "inherit" });
  return new Promise((resolve) => {
    child.once("error", () => resolve(null));
    child.once("exit", (code) => resolve(code));
  });
}
