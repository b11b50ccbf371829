import { chmod, mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { CHANGED_FILES_MAX, FILE_BYTES_MAX } from "../../trees/overlay.ts";
import type { AgentEnd, AgentJob, AgentWork, CodingAgent } from "../coding-agent.ts";
import { cutInTheMiddle } from "../output.ts";
import type { Mount, RunResult, SandboxCheck } from "../sandbox.ts";
import { type Gateway, openGateway } from "./gateway.ts";
import type { Upstream } from "./hand-on.ts";
import { type HandedOver, handedOver } from "./handed-over.ts";
import { installed } from "./installed.ts";
import type { AgentKind, AgentSaid, AgentTarget } from "./kind.ts";
import {
  BRIEF_FOLDER,
  JOB_FILE,
  PROMPT_FILE,
  STOP_FILE,
  type SupervisedJob,
  SUPERVISOR_FILE,
  SUPERVISOR_PROGRAM,
  WORK_FOLDER,
} from "./supervisor.ts";

/** A coding agent of this machine: one run of its program in the sandbox, with its provider as the only way out. */
export type ProgramOptions = {
  readonly name: string;
  readonly kind: AgentKind;
  /** Instead of the kind's own name. */
  readonly program: string | null;
  readonly target: Omit<AgentTarget, "address">;
  readonly upstream: Omit<Upstream, "onCall" | "fetch"> & {
    /** The way of one run: what it is told is no other run's. */
    readonly wayOfRun: () => Upstream["fetch"];
  };
  readonly outputTokensMax: number;
  readonly limits: CodingAgent["limits"];
  readonly sandbox: SandboxCheck;
  readonly searchPath: string;
  /** A folder of the host for sockets and briefs. */
  readonly temporary: string;
};

/** The loopback of the sandbox, where the drivers' forwarder listens. */
const ADDRESS = "http://127.0.0.1:3128";
/** After the program's own time: to end it and to hand its work over, on a slow machine with a large repository. */
const HAND_OVER_MS = 60_000;
/** All changed files together: less than the drivers bring out of a sandbox, so that the list of them comes too. */
const HANDED_OVER_BYTES_MAX = 24 * 1024 * 1024;
/** Of what it printed, what its readers need: the end, and enough of the beginning. */
const TRANSCRIPT_BYTES_MAX = 4 * 1024 * 1024;
const ERRORS_CHARS_SHOWN = 400;
const NO_WORK = { edits: [], left: [], turns: 0, toolCalls: {}, transcript: "" };

export function programAgent(options: ProgramOptions): CodingAgent {
  return { name: options.name, limits: options.limits, work: (job) => work(options, job) };
}

async function work(options: ProgramOptions, job: AgentJob): Promise<AgentWork> {
  const { sandbox, kind } = options;
  const notRun = (sentence: string): AgentWork => ({ end: { as: "not-run", sentence }, ...NO_WORK });
  if (sandbox.state === "none")
    return notRun(
      `${options.name} is a coding agent and runs in a sandbox only, which this machine lacks: ${sandbox.why} Install bubblewrap, or give the implementer to another model with /coop assign.`,
    );
  const wanted = options.program ?? kind.program;
  const found = wanted === null ? NOTHING_NEEDED : await installed(wanted, options.searchPath);
  if (found.outcome === "missing")
    return notRun(
      `${options.name} needs the program \`${wanted}\`, which is not on this server. Run \`${kind.install}\` there, or set \`program\` in COOP_CONFIG.`,
    );
  const folder = await mkdtemp(join(options.temporary, `coop-agent-${process.pid}-`));
  try {
    return await inFolder(options, job, folder, found);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

const NOTHING_NEEDED = { outcome: "found", inside: "", mounts: [] } as const;

type Found = { readonly inside: string; readonly mounts: readonly Mount[] };

async function inFolder(options: ProgramOptions, job: AgentJob, folder: string, found: Found): Promise<AgentWork> {
  const brief = join(folder, "brief");
  const socket = join(folder, "way-out.sock");
  const mounts: Mount[] = [...job.mounts, ...found.mounts, { from: brief, at: BRIEF_FOLDER, writes: "refused" }];
  await writeBrief(options, job, brief, found.inside);
  const stop = () => void writeFile(join(brief, STOP_FILE), "").catch(() => undefined);
  const hard = new AbortController();
  let clock: NodeJS.Timeout | undefined;
  const end = () => {
    stop();
    clock ??= setTimeout(() => hard.abort(), HAND_OVER_MS);
  };
  let broken: unknown = null;
  const gateway = await openGateway(socket, {
    ...{ ...options.upstream, ...options.target, outputTokensMax: options.outputTokensMax },
    fetch: options.upstream.wayOfRun(),
    onCall: job.onCall,
    mayCall: async (size) => {
      const permission = await job.mayCall(size);
      if (permission.outcome === "denied") end();
      return permission;
    },
    onBroken: (error) => {
      broken ??= error ?? new Error("A call could not be told.");
      end();
    },
    onRefused: end,
  });
  job.signal?.addEventListener("abort", end);
  if (job.signal?.aborted) end();
  const output = cutInTheMiddle(TRANSCRIPT_BYTES_MAX);
  const ways = { socket, hard: hard.signal, onOutput: (chunk: Buffer) => output.add(chunk) };
  const result = await runIn(options, job, mounts, ways).finally(() => {
    clearTimeout(clock);
    job.signal?.removeEventListener("abort", end);
    // Calls under way are told before the run is: what they took is part of it.
    return gateway.close();
  });
  if (broken) throw broken;
  return told({ options, job, gateway, result, transcript: output.text() });
}

type Ways = { readonly socket: string; readonly hard: AbortSignal; readonly onOutput: (chunk: Buffer) => void };

function runIn({ sandbox }: ProgramOptions, job: AgentJob, mounts: readonly Mount[], ways: Ways): Promise<RunResult> {
  if (sandbox.state === "none") throw new Error("There is no sandbox");
  return sandbox.sandbox.run({
    ...{ tree: job.tree, blobs: job.blobs, mounts, environment: job.environment },
    command: `node ${BRIEF_FOLDER}/${SUPERVISOR_FILE}`,
    timeoutMs: job.timeoutMs + HAND_OVER_MS,
    outputBytesMax: ERRORS_CHARS_SHOWN,
    proxySocket: ways.socket,
    reservesMemory: true,
    reports: [`${WORK_FOLDER}/*`],
    onOutput: ways.onOutput,
    signal: ways.hard,
  });
}

async function writeBrief(options: ProgramOptions, job: AgentJob, brief: string, program: string): Promise<void> {
  const target = { ...options.target, address: ADDRESS };
  // Programs that know proxies would ask the gateway for other places; it refuses those, and nothing else is there.
  const direct = { NO_PROXY: "127.0.0.1,localhost", no_proxy: "127.0.0.1,localhost" };
  const supervised: SupervisedJob = {
    argv: options.kind.argv(program, target),
    environment: { ...direct, ...options.kind.environment(target) },
    timeoutMs: job.timeoutMs,
    mounted: job.mounts.map(({ at }) => at).filter((at) => !at.startsWith("/")),
    filesMax: CHANGED_FILES_MAX,
    fileBytesMax: FILE_BYTES_MAX,
    bytesMax: HANDED_OVER_BYTES_MAX,
  };
  await mkdir(brief);
  await writeFile(join(brief, SUPERVISOR_FILE), SUPERVISOR_PROGRAM);
  await writeFile(join(brief, JOB_FILE), JSON.stringify(supervised));
  await writeFile(join(brief, PROMPT_FILE), job.prompt);
  for (const name of [".", SUPERVISOR_FILE, JOB_FILE, PROMPT_FILE])
    await chmod(join(brief, name), name === "." ? 0o755 : 0o644);
}

type Ran = {
  readonly options: ProgramOptions;
  readonly job: AgentJob;
  readonly gateway: Gateway;
  readonly result: RunResult;
  readonly transcript: string;
};

function told({ options, job, gateway, result, transcript }: Ran): AgentWork {
  const said = options.kind.read(transcript);
  const handed = handedOver(result.reports ?? new Map());
  const { turns, toolCalls } = said;
  const { edits = [], left = [] } = handed ?? {};
  return { end: endOf({ options, job, gateway, result, said, handed }), edits, left, turns, toolCalls, transcript };
}

type Known = Omit<Ran, "transcript"> & { readonly said: AgentSaid; readonly handed: HandedOver | null };

function endOf({ options, job, gateway, result, said, handed }: Known): AgentEnd {
  const { name } = options;
  const trouble = gateway.trouble();
  if (trouble?.is === "denied") return { as: "denied" };
  if (job.signal?.aborted) return { as: "stopped" };
  if (result.outcome === "failed-to-start")
    return { as: "not-run", sentence: `The sandbox did not start ${name}: ${shown(result.output)}` };
  const provider = trouble && {
    as: "provider" as const,
    status: trouble.status,
    sentence: `${name}: ${trouble.sentence}`,
  };
  // A program that waits for its provider until its time is over has not been slow.
  if (handed?.ended === "out-of-time" && provider) return provider;
  if (handed?.ended === "out-of-time")
    return { as: "out-of-time", sentence: `${name} used up its time (\`runMinutesMax\`).` };
  if (!handed)
    return {
      as: "failed",
      sentence: `${name} was ended by the sandbox: it used more memory, disk or time than it may.`,
    };
  if (handed.ended === "not-started")
    return { as: "not-run", sentence: `${name} could not be started: ${shown(handed.errors)}` };
  if (handed.exitCode === 0 && said.message !== null) return { as: "finished", message: said.message };
  if (provider) return provider;
  const why = said.problem ?? (handed.errors.trim() || `exit code ${handed.exitCode ?? "none"}, and no last words`);
  return { as: "failed", sentence: `${name} ended without being done: ${shown(why)}` };
}

function shown(text: string): string {
  return text.trim().replace(/\s+/g, " ").slice(-ERRORS_CHARS_SHOWN) || "(nothing was said)";
}
