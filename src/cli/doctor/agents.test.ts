import { describe, expect, it } from "@jest/globals";
import { well, wrong } from "../../audit/checkup.ts";
import type { ConfiguredModel } from "../../models/configured-pool.ts";
import { checkAgent } from "./agents.ts";

const ENTRY: ConfiguredModel = {
  ...{ name: "claude", vendor: "anthropic", api: "anthropic", model: "m", agent: "claude-code" },
  ...{ apiKey: "key", roles: ["implementer"], runUsdMax: 2 },
};
const SANDBOX = well("sandbox", "bubblewrap");

describe("what doctor says about a coding agent", () => {
  it("names what runs and how long, or what is missing and what to do", async () => {
    expect(await checkAgent({ ...ENTRY, program: process.execPath }, SANDBOX, "")).toMatchObject({
      state: "well",
      says: `runs ${process.execPath} with m; a round may take 45 minutes and $2.00`,
    });
    expect(await checkAgent({ ...ENTRY, agent: "command", command: "my-agent" }, SANDBOX, "")).toMatchObject({
      says: expect.stringContaining("runs `my-agent`"),
    });
    expect(await checkAgent(ENTRY, SANDBOX, "/nowhere")).toMatchObject({
      state: "wrong",
      next: "Run `npm install -g @anthropic-ai/claude-code`, or set `program`.",
    });
    for (const none of [wrong("sandbox", "none", "x"), well("sandbox", "turned off by COOP_CONFIG")])
      expect(await checkAgent(ENTRY, none, "")).toMatchObject({
        state: "wrong",
        says: expect.stringContaining("sandbox only"),
      });
  });
});
