import { beforeEach, expect, it } from "@jest/globals";
import { NO_SPEND } from "../core/ledger/entries.ts";
import { noticed, seen } from "../hygiene/seen.ts";
import { implementTask } from "../roles/implementer.ts";
import type { AgentEdit, AgentJob, AgentWork } from "../workspace/coding-agent.ts";
import type { Overlay } from "./files.ts";
import { files, FINISH, modelThatSays, options, reset } from "./loop.fixture.ts";
import { consultProgram } from "./program.ts";

/** A coding agent that ends each of its runs as it is told to; the last way is repeated. */
type Run = { readonly says?: string; readonly left?: readonly string[]; readonly edits?: readonly AgentEdit[] };

const DONE = JSON.stringify(FINISH);
const CHANGE = { path: "lib/a.js", content: Buffer.from("b\n") };
const LOGO = "logo.png was not taken: it is not text.";

beforeEach(reset);

async function work(...runs: readonly Run[]) {
  const prompts: string[] = [];
  const { overlay, blobs } = files({ "Readme.md": "one\n", "lib/a.js": "a\n", "unseen.md": "a\u200bb\n" });
  const agent = {
    ...{ name: "agent", limits: { runMs: 60_000, costMicroUsdMax: null } },
    work: async ({ prompt }: { readonly prompt: string }): Promise<AgentWork> => {
      prompts.push(prompt);
      const { says = DONE, left = [], edits = [CHANGE] } = runs[Math.min(prompts.length, runs.length) - 1] ?? {};
      return { end: { as: "finished", message: says }, edits, left, turns: 1, toolCalls: {}, transcript: "" };
    },
  };
  const program = {
    agent,
    blobs,
    book: async () => NO_SPEND,
    paidBefore: async () => 0,
    keep: async () => "0".repeat(64),
  };
  const consulted = await consultProgram(options(implementTask, modelThatSays([]), { files: overlay }), program);
  return { consulted, prompts, overlay };
}

const text = async (overlay: Overlay, path: string) => {
  const file = await overlay.read(path);
  return file.kind === "text" ? file.text : file.kind;
};

it("tells a program once of what was not taken, and an answer that does without it stands", async () => {
  const { consulted, prompts } = await work({ left: [LOGO] }, {});
  expect(prompts).toHaveLength(2);
  expect(prompts[1]).toContain(LOGO);
  expect(consulted).toMatchObject({ outcome: "answered" });
  expect(consulted).not.toHaveProperty("left");
});

it("says with the answer what stays untaken", async () => {
  const { consulted, prompts } = await work({ left: [LOGO] });
  expect(prompts).toHaveLength(2);
  expect(consulted).toMatchObject({ outcome: "answered", left: [LOGO] });
});

it("counts as told only what was told", async () => {
  const { consulted, prompts } = await work({ says: "Done." }, { left: [LOGO] });
  expect(prompts[2]).toContain(LOGO);
  expect(consulted).toMatchObject({ outcome: "answered", left: [LOGO] });
});

it("takes a good answer of the last run, whatever was not taken in it", async () => {
  const { consulted, prompts } = await work({ says: "Done." }, { says: "Done." }, { says: "Done." }, { left: [LOGO] });
  expect(prompts).toHaveLength(4);
  expect(consulted).toMatchObject({ outcome: "answered", left: [LOGO] });
});

it("takes what is gone before what is new, so that a rename keeps its file", async () => {
  const edits = [
    { path: "README.md", content: Buffer.from("two\n") },
    { path: "lib", content: Buffer.from("now a file\n") },
    { path: "Readme.md", content: null },
    { path: "lib/a.js", content: null },
  ];
  const { consulted, prompts, overlay } = await work({ edits });
  expect(consulted).toMatchObject({ outcome: "answered" });
  expect(prompts).toHaveLength(1);
  expect(await text(overlay, "README.md")).toBe("two\n");
  expect(await text(overlay, "lib")).toBe("now a file\n");
  expect(await text(overlay, "Readme.md")).toBe("missing");
});

it("writes characters that nobody can see where they stood, though the program was shown their names", async () => {
  const edits = [{ path: "unseen.md", content: Buffer.from("a‹U+200B›b\nmore‹U+202E›\n") }];
  const { overlay } = await work({ edits });
  expect(await text(overlay, "unseen.md")).toBe("a\u200bb\nmore‹U+202E›\n");
});

it("notices the characters that a program's questions hold and nobody can see, also when its run is found again", async () => {
  const { overlay, blobs } = files({ "lib/a.js": "a\n" });
  let runs = 0;
  const agent = {
    ...{ name: "agent", limits: { runMs: 60_000, costMicroUsdMax: null } },
    work: async (): Promise<AgentWork> => {
      runs += 1;
      seen("a \u202e\u200b", "code");
      return {
        end: { as: "finished", message: DONE },
        edits: [CHANGE],
        left: [],
        turns: 1,
        toolCalls: {},
        transcript: "",
      };
    },
  };
  const program = { agent, blobs, book: async () => NO_SPEND, paidBefore: async () => 0, keep: async () => "0".repeat(64) }; // prettier-ignore
  const asking = options(implementTask, modelThatSays([]), { files: overlay });
  for (const overlay of [files({ "lib/a.js": "a\n" }).overlay, files({ "lib/a.js": "a\n" }).overlay])
    expect(await noticed(() => consultProgram({ ...asking, files: overlay }, program))).toMatchObject({
      result: { outcome: "answered" },
      names: ["U+200B", "U+202E"],
    });
  expect(runs).toBe(1);
});

it("counts what a process that died has paid in the same round against the agent's own limit", async () => {
  const { overlay, blobs } = files({ "a.js": "a\n" });
  const agent = {
    ...{ name: "agent", limits: { runMs: 60_000, costMicroUsdMax: 50 } },
    work: async ({ mayCall }: AgentJob): Promise<AgentWork> => {
      const { outcome } = await mayCall({ inputTokens: 1, outputTokens: 1 });
      const end = outcome === "denied" ? { as: "denied" as const } : { as: "finished" as const, message: DONE };
      return { end, edits: [CHANGE], left: [], turns: 1, toolCalls: {}, transcript: "" };
    },
  };
  const consultAfter = async (paid: number) => {
    const program = { agent, blobs, book: async () => NO_SPEND, paidBefore: async () => paid, keep: async () => "0".repeat(64) }; // prettier-ignore
    return consultProgram(options(implementTask, modelThatSays([]), { files: overlay }), program);
  };
  expect(await consultAfter(50)).toMatchObject({ outcome: "answered" });
  reset();
  expect(await consultAfter(51)).toMatchObject({ outcome: "limit", limit: "cost" });
});
