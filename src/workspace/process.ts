import { type ChildProcess, spawn } from "node:child_process";
import { stripVTControlCharacters } from "node:util";
import { residentBytes } from "./memory.ts";
import { type Cut, cutInTheMiddle } from "./output.ts";

/**
 * The only place in the program that starts processes. A process gets an empty environment (what a launcher holds can
 * be read in /proc/1/environ from inside a sandbox), a group of its own, and limits on time, memory and output.
 */
export type ProcessRequest = {
  readonly file: string;
  readonly args: readonly string[];
  /** Whom it runs as, when that is not ourselves. */
  readonly user: { readonly uid: number; readonly gid: number } | null;
  readonly timeoutMs: number;
  readonly outputBytesMax: number;
  /** Memory of the process and all its descendants together. */
  readonly memoryBytesMax: number;
  /** Bytes that the process can read from its descriptors 3, 4, … */
  readonly inputs: readonly Buffer[];
};

export type ProcessResult = {
  readonly outcome: "exited" | "timed-out" | "out-of-memory" | "signalled" | "failed-to-start";
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

export function runProcess(request: ProcessRequest): Promise<ProcessResult> {
  const began = performance.now();
  const output = cutInTheMiddle(request.outputBytesMax);
  const errors = cutInTheMiddle(ERROR_BYTES_MAX);
  const child = start(request);
  if (child instanceof Error) return Promise.resolve(notStarted(child));
  request.inputs.forEach((bytes, index) => feed(child.stdio[index + 3], bytes));
  child.stdout?.on("data", (chunk: Buffer) => output.add(chunk));
  child.stderr?.on("data", (chunk: Buffer) => errors.add(chunk));
  return new Promise((resolve) => {
    const guard = watch(child, request);
    let grace: NodeJS.Timeout | undefined;
    const end = (exitCode: number | null) => {
      clearTimeout(grace);
      guard.stop();
      const outcome = guard.verdict() ?? (exitCode === null ? "signalled" : "exited");
      resolve({ outcome, exitCode, ...texts(output, errors), durationMs: Math.round(performance.now() - began) });
    };
    child.once("error", (error) => {
      guard.stop();
      resolve(notStarted(error));
    });
    child.once("exit", (code) => (grace = setTimeout(() => end(code), CLOSE_GRACE_MS)));
    child.once("close", (code) => end(code));
  });
}

function start(request: ProcessRequest): ChildProcess | Error {
  try {
    return spawn(request.file, request.args, {
      cwd: "/",
      env: {},
      detached: true,
      stdio: ["ignore", "pipe", "pipe", ...request.inputs.map(() => "pipe" as const)],
      ...(request.user ?? {}),
    });
  } catch (error) {
    return error instanceof Error ? error : new Error(String(error));
  }
}

/** A process that ends before it has read everything is no fault of ours. */
function feed(stream: ChildProcess["stdio"][number] | undefined, bytes: Buffer): void {
  if (!stream || !("end" in stream)) return;
  stream.on("error", () => undefined);
  stream.end(bytes);
}

/** Ends the whole group when time or memory run out, and remembers which it was. */
function watch(child: ChildProcess, request: ProcessRequest) {
  let verdict: "timed-out" | "out-of-memory" | null = null;
  const end = (why: "timed-out" | "out-of-memory") => {
    verdict ??= why;
    killGroup(child);
  };
  const clock = setTimeout(() => end("timed-out"), request.timeoutMs);
  const scale = setInterval(() => {
    if (child.pid === undefined) return;
    void residentBytes(child.pid).then((bytes) => bytes > request.memoryBytesMax && end("out-of-memory"));
  }, MEMORY_LOOK_MS);
  const stop = () => {
    clearTimeout(clock);
    clearInterval(scale);
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

function notStarted(error: Error): ProcessResult {
  return { outcome: "failed-to-start", exitCode: null, output: "", errors: error.message, durationMs: 0 };
}
