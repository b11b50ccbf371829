// Held by test/scenarios/interrupt.test.ts
import type { Journal, JournalRecord } from "../models/journal.ts";
import type { Model, Reply } from "../models/model.ts";
import type { CodingAgent } from "../workspace/coding-agent.ts";
import type { Preparer } from "../workspace/preparer.ts";
import type { RunResult, Sandbox, SandboxCheck } from "../workspace/sandbox.ts";
import type { World } from "./world.ts";

/** Asked right before anything that takes time or money. */
export type Look = () => Promise<"go-on" | "end">;

/**
 * The ports of a step that can be interrupted. None of them throws for it: they answer as a provider or a sandbox does that was
 * stopped, so the step ends on its usual paths and keeps what it has written. The flow knows that it was interrupted, and drops
 * the result.
 * @param heard waits for what people said a moment ago to reach the ledger, before each call of a model and each run
 */
export function interruptible(
  world: World,
  look: Look,
  signal: AbortSignal,
  heard: () => Promise<void> = async () => {},
): World {
  const lookNow: Look = async () => {
    await heard();
    return look();
  };
  return {
    ...world,
    models: new Map([...world.models].map(([name, model]) => [name, interruptibleModel(model, lookNow)])),
    ...(world.agents
      ? { agents: new Map([...world.agents].map(([name, one]) => [name, interruptibleAgent(one, look, signal)])) }
      : {}),
    sandbox: interruptibleCheck(world.sandbox, lookNow, signal),
    preparer: world.preparer && interruptiblePreparer(world.preparer, signal),
    journal: { ...world.journal, ...keepingNoHalves(world.journal, signal) },
  };
}

function interruptibleModel(model: Model, look: Look): Model {
  const ask: Model["ask"] = async (question, signal, watch) =>
    (await look()) === "end" ? stopped(model.name) : model.ask(question, signal, watch);
  return { ...model, ask };
}

function stopped(name: string): Reply {
  return {
    outcome: "unavailable",
    reason: `${name} was not asked: the step ends.`,
    retryAfterMs: null,
    cause: "stopped",
  };
}

/** A program asks for itself, so it is looked after while it runs. What it has written until then is handed over. */
function interruptibleAgent(agent: CodingAgent, look: Look, ending: AbortSignal): CodingAgent {
  const work: CodingAgent["work"] = async (job) => {
    const leaving = new AbortController();
    const signals = [ending, leaving.signal, ...(job.signal ? [job.signal] : [])];
    const leave = async () => ((await look()) === "end" ? leaving.abort() : undefined);
    const timer = setInterval(() => void leave().catch(() => undefined), LOOK_EVERY_MS);
    try {
      await leave();
      return await agent.work({ ...job, signal: AbortSignal.any(signals) });
    } finally {
      clearInterval(timer);
    }
  };
  return { ...agent, work };
}

/** Who says stop sees it stop within a second; a look is one read of a short table. */
const LOOK_EVERY_MS = 1_000;
const NOT_RUN: RunResult = { outcome: "killed", exitCode: null, output: "", durationMs: 0 };

function interruptibleCheck(check: SandboxCheck, look: Look, ending: AbortSignal): SandboxCheck {
  if (check.state === "none") return check;
  const { sandbox } = check;
  const run: Sandbox["run"] = async (request) => {
    // A run that leaves no trace is worth finishing in the time that a stopping process has.
    if ((await look()) === "end" && ending.aborted) return NOT_RUN;
    const signal = request.signal ? AbortSignal.any([request.signal, ending]) : ending;
    return sandbox.run({ ...request, signal });
  };
  return { state: "available", sandbox: { driver: sandbox.driver, version: sandbox.version, run } };
}

function interruptiblePreparer(preparer: Preparer, ending: AbortSignal): Preparer {
  return {
    prepare: (request) =>
      preparer.prepare({ ...request, signal: request.signal ? AbortSignal.any([request.signal, ending]) : ending }),
  };
}

/**
 * What a model said was paid for and is kept, and so is what a coding agent wrote until it was stopped (`half`); what a tool
 * said when it was killed is nobody's answer.
 */
function keepingNoHalves(journal: Journal, signal: AbortSignal): Pick<Journal, "write"> {
  const isKept = ({ kind, question }: JournalRecord) =>
    kind === "model" || Object.hasOwn(Object(question) as object, "half");
  return { write: async (record) => (signal.aborted && !isKept(record) ? record : journal.write(record)) };
}
