import { afterAll, afterEach, describe, expect, it } from "@jest/globals";
import type { Entry } from "../../src/core/ledger/entry.ts";
import { addSpend, NO_SPEND, type Spend } from "../../src/core/ledger/entries.ts";
import { artifactStore } from "../../src/store/blob-store.ts";
import { ANTHROPIC_API } from "../contracts/dialects/anthropic.ts";
import { OPENAI_RESPONSES } from "../contracts/dialects/openai-responses.ts";
import { sendJson } from "../contracts/dialects/server.ts";
import { type Seat, standUp } from "../support/desk.ts";
import { startProxy } from "../support/proxy.ts";
import { LOUD, LOUD_TEST } from "../support/stories.ts";
import { base64, type Case, closeServers, described, DONE, KEY, providerOf, sandbox, worked, written } from "./working.ts"; // prettier-ignore

/** Whole tickets, written by the coding agents that people have, against servers as strict as their makers' are. */
const CASES: readonly Case[] = [
  {
    name: "claude-code",
    dialect: ANTHROPIC_API,
    target: { api: "anthropic", model: "claude-sonnet-5-5", contextTokensMax: 200_000, command: null },
    shell: (command) => ({ name: "Bash", args: described(command) }),
    served: "claude-sonnet-5-5",
  },
  {
    name: "codex",
    dialect: OPENAI_RESPONSES,
    target: { api: "openai-responses", model: "gpt-6.1-sol", contextTokensMax: 200_000, command: null },
    shell: (cmd) => ({ name: "exec", args: `text((await tools.exec_command(${JSON.stringify({ cmd })})).output)` }),
    served: "gpt-6.1-sol-2026-01-01",
  },
  {
    name: "opencode",
    dialect: OPENAI_RESPONSES,
    target: { api: "openai-responses", model: "gpt-6.1-sol", contextTokensMax: 200_000, command: null },
    shell: (command) => ({ name: "bash", args: described(command) }),
    served: "gpt-6.1-sol-2026-01-01",
  },
  {
    name: "opencode",
    dialect: ANTHROPIC_API,
    target: { api: "anthropic", model: "claude-sonnet-5-5", contextTokensMax: 200_000, command: null },
    shell: (command) => ({ name: "bash", args: described(command) }),
    served: "claude-sonnet-5-5",
  },
];

afterEach(standUp);
afterAll(closeServers);

/** What else can be reached from beside the agent: another host, another model, another part of the account. */
const PRY = `const at = "http://127.0.0.1:3128/v1"; const say = (url, body) => fetch(url, body ? { method: "POST", body: JSON.stringify(body) } : {}).then((r) => r.status, () => "closed");
(async () => console.log("reached:", await say("http://192.0.2.1/"), await say("https://registry.npmjs.org/"), await say(at + "/messages", { model: "dearer" }), await say(at + "/responses", { model: "dearer" }), await say(at + "/files")))()`;
const pry = `echo ${base64(PRY)} | base64 -d > /tmp/pry.cjs && node /tmp/pry.cjs`;

function booked(entries: readonly Entry[]): Spend {
  return entries.map((one) => (one.data as { spend?: Spend }).spend ?? NO_SPEND).reduce(addSpend, NO_SPEND);
}

(sandbox ? describe : describe.skip).each(CASES.map((one) => [one.name, one.target.api, one] as const))(
  "%s over %s",
  (_name, api, one) => {
    it("writes a ticket to its end; the change, the bill and the transcript are right, and nothing else is reached", async () => {
      const provider = await providerOf(one);
      const write = `${written("src/greet.js", LOUD)} && ${written("test/loud.test.js", LOUD_TEST)}`;
      const script = [{ text: "I write it.", calls: [one.shell(write)] }, { text: "I look around.", calls: [one.shell(pry)] }, DONE]; // prettier-ignore
      const { seat, number, phase, entries } = await worked(one, provider, script);
      expect(provider.refused).toEqual([]);
      expect(phase).toBe("merged");
      expect(seat.git("show", "coop/1:src/greet.js")).toBe(LOUD.trim());
      expect(seat.git("diff", "--name-only", "main", "coop/1").split("\n")).toEqual(["src/greet.js", "test/loud.test.js"]); // prettier-ignore
      expect(JSON.stringify(provider.taken.at(-1))).toMatch(/reached: closed closed 403 403 403/);
      const [cached, uncached] = api === "anthropic" ? [400, 500] : [512, 388];
      const costMicroUsd = 3 * Math.ceil(uncached * 2 + cached * 0.2 + 40 * 10);
      const spend = { calls: 3, inputTokens: 2700, outputTokens: 120, costMicroUsd, unpricedTokens: 0 };
      const implemented = entries.find((entry) => entry.kind === "implemented");
      expect(implemented?.data).toMatchObject({ model: "agent", vendor: "maker", served: one.served, spend });
      expect(booked(entries)).toEqual(await seat.desk.journal.paidOn(seat.desk.key(number)));
      const key = provider.taken.map(({ headers }) => headers["x-api-key"] ?? headers["authorization"]);
      expect(new Set(key)).toEqual(new Set([api === "anthropic" ? KEY : `Bearer ${KEY}`]));
      await expectTranscript(seat, number);
    });

    it("ends at once when its provider refuses the key, and says so in the provider's words", async () => {
      const body = { type: "error", error: { type: "authentication_error", message: "no such key, at the door" } };
      const provider = await providerOf(one, (_nth, _request, response) => {
        sendJson(response, { status: 401, body });
        return true;
      });
      const { entries } = await worked(one, provider, []);
      const failed = entries.find((entry) => entry.kind === "step_failed");
      expect(failed?.data).toMatchObject({ reason: "model-unavailable", spend: { calls: 0 } });
      expect(JSON.stringify(failed?.data)).toContain("no such key, at the door");
    });
  },
);

(sandbox ? it : it.skip)("a program asks through the proxy of the environment", async () => {
  const [one] = CASES;
  if (!one) throw new Error("There is no case");
  const provider = await providerOf(one);
  const proxy = await startProxy(provider.url);
  try {
    const write = `${written("src/greet.js", LOUD)} && ${written("test/loud.test.js", LOUD_TEST)}`;
    const proxies = { http: `http://127.0.0.1:${proxy.port}`, https: null, none: null };
    const { phase } = await worked(one, provider, [{ calls: [one.shell(write)] }, DONE], { proxies, baseUrl: "http://models.test" }); // prettier-ignore
    expect(phase).toBe("merged");
    expect(proxy.asked.length).toBeGreaterThan(0);
    expect(provider.taken).toHaveLength(2);
  } finally {
    proxy.close();
  }
});

async function expectTranscript({ desk }: Seat, number: number): Promise<void> {
  const records = await desk.journal.ofTicket(desk.key(number));
  const sha256 = records.map(({ reply }) => (reply as { transcriptSha256?: string }).transcriptSha256).find(Boolean);
  const transcript = String(await artifactStore(desk.home.folder).get(sha256 ?? ""));
  expect(transcript).toContain("reached: closed");
  expect(transcript).not.toContain(KEY);
}
