import { expect, it } from "@jest/globals";
import { ticketKey } from "../../core/ledger/ids.ts";
import type { Sandbox, SandboxCheck } from "../../workspace/sandbox.ts";
import type { ProofInput } from "../evidence.ts";
import type { CommandRun } from "../runners/command-run.ts";
import { recalled, shared } from "../runners/shared-runs.ts";
import { Ahead } from "./ahead.ts";
import { SpareRoom } from "./spare-room.ts";

const PASSED: CommandRun = {
  ...{ command: "node --test", verdict: "passed", exitCode: 0, output: "", count: null, cases: [] },
  ...{ named: false, notLoaded: [], durationMs: 1 },
};
const NEVER_MS = 24 * 60 * 60_000;

it.each(["of which runs were begun ahead", "of which none were"])(
  "a proof %s finds what its step has run",
  async (which) => {
    const run: Sandbox["run"] = () => Promise.reject(new Error("Nothing is run here"));
    const check: SandboxCheck = { state: "available", sandbox: { driver: "direct", version: "1", run } };
    const blobs = { get: async () => null, put: async () => "" };
    const ahead = new Ahead({ sandbox: check, blobs, preparer: null, room: new SpareRoom() }, { afterMs: NEVER_MS });
    const ticket = ticketKey({ owner: "acme", name: "shop", number: 1 });
    await shared(check.sandbox, "the suite on the base", () => Promise.resolve(PASSED));
    if (which === "of which runs were begun ahead") ahead.begin(ticket, { head: { commitSha: "h" } } as ProofInput);
    const taken = ahead.take(ticket, "h", check, new AbortController().signal);
    const place = taken.sandbox.state === "available" ? taken.sandbox.sandbox : null;
    expect(place && (await recalled(place, "the suite on the base"))).toBe(PASSED);
    taken.end();
    await ahead.close();
  },
);
