import { readFileSync } from "node:fs";
import { describe, expect, it } from "@jest/globals";
import { AGENT_KINDS, type AgentName } from "./kinds.ts";
import type { AgentTarget } from "./kind.ts";

/** What the programs themselves printed in the sandbox, against a provider on the loopback. */
const recorded = (name: string) => readFileSync(`test/data/agents/${name}.jsonl`, "utf8");
const TARGET: AgentTarget = {
  api: "anthropic",
  model: "a-model",
  contextTokensMax: 200_000,
  address: "http://127.0.0.1:3128",
  command: "my-agent",
};
const NAMES = Object.keys(AGENT_KINDS) as AgentName[];

describe("what a coding agent prints", () => {
  it.each<[AgentName, string, string, number]>([
    ["claude-code", "claude-code-done", "Bash", 2],
    ["codex", "codex-done", "command_execution", 1],
    ["opencode", "opencode-done", "bash", 2],
  ])("is read to its end: %s", (name, file, tool, turns) => {
    const said = AGENT_KINDS[name].read(recorded(file));
    expect(said).toMatchObject({ problem: null, turns, toolCalls: { [tool]: 1 } });
    expect(said.message).toMatch(/^Done\.\n\n```json\n\{"summary":"Wrote hello\.txt\."/);
  });

  it.each<[AgentName, string, RegExp]>([
    ["claude-code", "claude-code-refused", /Invalid API key/],
    ["codex", "codex-refused", /401 Unauthorized: invalid x-api-key/],
    ["opencode", "opencode-refused", /invalid x-api-key/],
  ])("says in its words why it is not done: %s", (name, file, words) => {
    const said = AGENT_KINDS[name].read(recorded(file));
    expect(said.message).toBeNull();
    expect(said.problem).toMatch(words);
  });

  it.each(NAMES.filter((name) => name !== "command"))("is nothing when it breaks off: %s", (name) => {
    const whole = recorded(`${name}-done`);
    const lines = whole.trim().split("\n");
    for (const part of ["", "not json\n{broken", lines.slice(0, -1).join("\n"), whole.slice(0, whole.length - 40)])
      expect(AGENT_KINDS[name].read(part)).toMatchObject({ message: null });
    expect(AGENT_KINDS[name].read('{"type":"result","item":7,"part":[],"error":"text"}\n').message).toBeNull();
  });

  it("is the whole of it for any other command", () => {
    expect(AGENT_KINDS.command.read("It is done.\n")).toMatchObject({ message: "It is done.\n", problem: null });
    expect(AGENT_KINDS.command.read(" \n").message).toBeNull();
  });
});

describe("how a coding agent is started", () => {
  it.each(NAMES)("with one way out and no key: %s", (name) => {
    const kind = AGENT_KINDS[name];
    const environment = kind.environment(TARGET);
    const all = JSON.stringify([kind.argv("/opt/coop/agent/program", TARGET), environment]);
    expect(all).toContain("127.0.0.1:3128");
    expect(all).toContain("a-model");
    expect(all.replaceAll("http://127.0.0.1:3128", "")).not.toMatch(/https?:\/\//);
    for (const [variable, value] of Object.entries(environment))
      if (/KEY|TOKEN/.test(variable) && !/TOKENS/.test(variable)) expect(value).toBe("put-in-outside");
  });
});
