import { describe, expect, it } from "@jest/globals";
import { interruptible, type Look } from "./interruptible.ts";
import type { World } from "./world.ts";

/** The ports of a step that ends: what is still asked, run and kept. */
const goOn: Look = async () => "go-on";
const end: Look = async () => "end";
const open = () => new AbortController();

function portsOf(look: Look, ending = open(), sandbox: object | null = {}) {
  const seen: AbortSignal[] = [];
  const called: string[] = [];
  const run = async ({ signal }: { readonly signal: AbortSignal }) => {
    called.push("run");
    seen.push(signal);
    return { outcome: "exited", exitCode: 0, output: "", durationMs: 1 };
  };
  const work = async ({ signal }: { readonly signal: AbortSignal }) => {
    called.push(signal.aborted ? "work that ends" : "work");
    seen.push(signal);
    return "worked";
  };
  const world = {
    models: new Map([["m", { name: "m", vendor: "v", ask: async () => (called.push("ask"), "answered") }]]),
    agents: new Map([["a", { name: "a", work }]]),
    sandbox: sandbox
      ? { state: "available", sandbox: { driver: "d", version: "1", run } }
      : { state: "none", reason: "" },
    preparer: { prepare: run },
    journal: {
      read: async () => null,
      write: async ({ kind }: { readonly kind: string }) => (called.push(kind), "kept"),
    },
  } as unknown as World;
  const ports = interruptible(world, look, ending.signal);
  const ask = (one = ports.models.get("m")) => one?.ask({} as never, ending.signal);
  const works = (over: object = {}) => ports.agents?.get("a")?.work(over as never);
  const runs = (over: object = {}) => ports.sandbox.state === "available" && ports.sandbox.sandbox.run(over as never);
  const write = (kind: string, question: unknown) => ports.journal.write({ kind, question } as never);
  return { ports, called, seen, ending, ask, works, runs, write };
}

describe("a model", () => {
  it("is asked while the step goes on, and keeps its name", async () => {
    const { ports, ask, called } = portsOf(goOn);
    expect([await ask(), called, ports.models.get("m")?.vendor]).toEqual(["answered", ["ask"], "v"]);
  });

  it("is not asked where it ends, and answers as one that was stopped", async () => {
    const { ask, called } = portsOf(end);
    expect(await ask()).toEqual({ outcome: "unavailable", reason: "m was not asked: the step ends.", retryAfterMs: null, cause: "stopped" }); // prettier-ignore
    expect(called).toEqual([]);
  });
});

describe("a coding agent", () => {
  it("is told to leave where the step ends, and hands over what it wrote", async () => {
    const stopped = portsOf(end);
    expect([await stopped.works(), stopped.called]).toEqual(["worked", ["work that ends"]]);
    const going = portsOf(goOn);
    expect([await going.works(), going.called]).toEqual(["worked", ["work"]]);
  });

  it("ends with the process, and with whoever gave it its job", async () => {
    const [process, job] = [open(), open()];
    const { works, seen } = portsOf(goOn, process);
    await works({ signal: job.signal });
    await works();
    job.abort();
    expect(seen.map(({ aborted }) => aborted)).toEqual([true, false]);
    process.abort();
    expect(seen.map(({ aborted }) => aborted)).toEqual([true, true]);
  });
});

describe("a run", () => {
  it.each<[string, Look, boolean, boolean]>([
    ["begins", goOn, false, true],
    ["that leaves no trace is finished though the step ends", end, false, true],
    ["does not begin where all has to end", end, true, false],
    ["begins where only the signal has come", goOn, true, true],
  ])("%s", async (_what, look, isEnding, isRun) => {
    const ending = open();
    if (isEnding) ending.abort();
    const { runs, called } = portsOf(look, ending);
    const found = await runs();
    expect(called).toEqual(isRun ? ["run"] : []);
    if (!isRun) expect(found).toEqual({ outcome: "killed", exitCode: null, output: "", durationMs: 0 });
  });

  it("and the packages for it end with the process, and with whoever asked", async () => {
    const [process, own] = [open(), open()];
    const { ports, runs, seen } = portsOf(goOn, process);
    await runs({ signal: own.signal });
    await ports.preparer?.prepare({ signal: own.signal } as never);
    own.abort();
    await runs();
    await ports.preparer?.prepare({} as never);
    expect(seen.map(({ aborted }) => aborted)).toEqual([true, true, false, false]);
    process.abort();
    expect(seen.map(({ aborted }) => aborted)).toEqual([true, true, true, true]);
  });

  it("stays impossible where it was", () => {
    expect(portsOf(goOn, open(), null).ports.sandbox).toEqual({ state: "none", reason: "" });
    const { ports } = portsOf(goOn);
    expect(ports.sandbox).toMatchObject({ state: "available", sandbox: { driver: "d", version: "1" } });
  });
});

it.each<[string, string, unknown, boolean]>([
  ["a model's answer, which was paid for", "model", {}, true],
  ["what an agent wrote until it was stopped", "tool", { half: 1 }, true],
  ["no answer of a tool that was killed", "tool", { whole: 1 }, false],
  ["no answer without a question", "tool", null, false],
])("keeps %s", async (_what, kind, question, isKept) => {
  const going = portsOf(goOn);
  await going.write(kind, question);
  expect(going.called).toEqual([kind]);
  const ending = portsOf(goOn);
  ending.ending.abort();
  const found = await ending.write(kind, question);
  expect([ending.called, found]).toEqual(isKept ? [[kind], "kept"] : [[], { kind, question }]);
});
