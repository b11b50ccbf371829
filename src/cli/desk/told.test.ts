import { PassThrough } from "node:stream";
import { stripVTControlCharacters } from "node:util";
import { describe, expect, it } from "@jest/globals";
import { aDraft, entriesOf, storyDrafts, TEST_TICKET } from "../../../test/support/builders.ts";
import { NO_SPEND } from "../../core/ledger/entries.ts";
import { MODEL_RETRY } from "../../models/patience.ts";
import type { JournalRecord } from "../../models/journal.ts";
import { silent, toldAsLines } from "./told.ts";
import { progress } from "../progress.ts";

it("tells what happened before in one line, what is new as it happens, and at the end what it cost", () => {
  const pipe = new PassThrough();
  const told = toldAsLines(pipe as unknown as NodeJS.WriteStream);
  const all = entriesOf(storyDrafts().slice(0, 4));
  told.soFar(3, all.slice(0, 3));
  told.entries(all);
  const spend = { calls: 2, inputTokens: 10, outputTokens: 5, costMicroUsd: 31_400, unpricedTokens: 0 };
  const ending = { ticket: 3, phase: "ready", branch: null, headSha: null, exitCode: 3, details: [], spend };
  told.end({ ...ending, next: "coop resume 3 --yes merge", sentence: "It waits." });
  const lines = String(pipe.read()).trimEnd().split("\n");
  expect(lines).toHaveLength(6);
  expect(lines[0]).toMatch(/^So far 3 entries, the last: [^.]+\. `coop ledger 3` shows them\.$/);
  expect(lines[1]).toMatch(/^ +\d+\.\d s {2}/);
  expect(lines.slice(2)).toEqual(["", "It waits.", "2 model calls, $0.0314.", "Go on with: coop resume 3 --yes merge"]);
});

it.each([
  ["here" as const, "you are asked after 120 min; Ctrl-C parks the ticket now."],
  // A review has no ticket to park, and a job nobody who could be asked.
  ["in a shell" as const, "this ends after 120 min."],
])("says at the first try without a model how long it goes on, %s", (asks, how) => {
  const pipe = new PassThrough();
  const told = toldAsLines(pipe as unknown as NodeJS.WriteStream, asks);
  const failed = (attempt: number, reason: "model-unavailable" | "model-unusable") =>
    aDraft("step_failed", { attempt, reason, sentence: "It is away.", againInMs: 11_000 });
  const tries = [failed(1, "model-unavailable"), failed(2, "model-unavailable"), failed(1, "model-unusable")];
  told.entries(entriesOf([...storyDrafts().slice(0, 2), ...tries]).slice(2));
  const said = String(pipe.read()).replace(/\s+/g, " ");
  expect(said.match(/Next try in 11 s\./g)).toHaveLength(3);
  expect(said.split("If it stays away, ").map((one) => one.slice(0, how.length))).toEqual([expect.any(String), how]);
});

it("shows how far a step is beside it, on a terminal that is drawn on, until its consultation has ended", () => {
  const pipe = Object.assign(new PassThrough(), { isTTY: true, hasColors: () => true, getColorDepth: () => 4 });
  const told = toldAsLines(pipe as unknown as NodeJS.WriteStream);
  const drawn = () => stripVTControlCharacters(String(pipe.read())).split("\r").at(-1);
  told.step("implement");
  told.doing({ turn: 3, tool: "read_file", inputTokens: 9_000, outputTokens: 400 });
  expect(drawn()).toContain("writing the change · turn 3, read file, 9,400 tokens …");
  told.doing({ turn: 4, tool: null, inputTokens: 9_100, outputTokens: 500 });
  expect(drawn()).toContain("writing the change · turn 4, 9,600 tokens …");
  told.doing(null);
  expect(drawn()).toContain("writing the change …");
  told.quiet();
});

describe("what is shown of the money", () => {
  const call = (costMicroUsd: number, more: object = {}): JournalRecord => ({
    ...{
      hash: "h",
      ticket: TEST_TICKET,
      step: "architect.plan.0",
      attempt: 1,
      kind: "model",
      model: "opus",
      question: null,
    },
    ...{ latencyMs: 1, at: "2026-11-01T00:00:00.000Z" },
    reply: { usage: { inputTokens: 10, outputTokens: 5, costMicroUsd, ...more } },
  });
  const ending = { ticket: 3, phase: "ready", branch: null, headSha: null, exitCode: 3, details: [], next: null, sentence: "It waits.", spend: NO_SPEND }; // prettier-ignore

  it("never falls while a step that is paid for is not booked yet", () => {
    const pipe = Object.assign(new PassThrough(), { isTTY: true, hasColors: () => true, getColorDepth: () => 4 });
    const told = toldAsLines(pipe as unknown as NodeJS.WriteStream);
    const all = entriesOf(storyDrafts().slice(0, 4));
    told.step("plan");
    told.entries(all);
    for (const cost of [300_000, 200_000]) {
      told.call(call(cost));
      told.entries(all);
    }
    told.end(ending);
    const shown = [...String(pipe.read()).matchAll(/\$(\d+\.\d+)/g)].map(([, usd]) => Number(usd));
    expect(shown.length).toBeGreaterThan(3);
    expect(shown).toEqual([...shown].sort((one, other) => one - other));
    expect(shown.at(-1)).toBe(0.5314);
  });

  it("is called an estimate where a provider did not count", () => {
    const pipe = new PassThrough();
    const told = toldAsLines(pipe as unknown as NodeJS.WriteStream);
    told.call(call(300_000, { estimated: true }));
    told.end(ending);
    expect(String(pipe.read())).toContain(
      "1 model call, about $0.3000 (partly estimated: a provider did not count all tokens).",
    );
  });
});

it.each([
  ["in a shell" as const, '`coop resume 12 --say "/coop retry"`'],
  ["here" as const, "`/coop retry`"],
])("shows an answer as lines, with the commands that are understood %s", (asks, command) => {
  const pipe = new PassThrough();
  const told = toldAsLines(pipe as unknown as NodeJS.WriteStream, asks);
  const reply =
    "**Blocked.** It waits.\n\n**Next:** `/coop retry` runs it again\n\n| Ticket | |\n| --- | --- |\n| Kind | small bug |";
  const asked = aDraft("commanded", { verb: "status", outcome: "informed", reply });
  told.entries(entriesOf([aDraft("opened", { forge: { kind: "desk" } }), ...storyDrafts().slice(1, 4), asked]));
  const said = String(pipe.read());
  expect(said).toMatch(/coop +\/coop status by \w+: informed\n/);
  expect(said).toContain(
    ["", "Blocked. It waits.", "", `Next: ${command} runs it again`, "", "- Kind: small bug", ""].join("\n"),
  );
});

it("says of a review how long it waits itself", () => {
  const pipe = new PassThrough();
  const away = aDraft("step_failed", {
    attempt: 1,
    reason: "model-unavailable",
    sentence: "It is away.",
    againInMs: 1,
  });
  const all = entriesOf([...storyDrafts().slice(0, 2), away]);
  silent(progress(pipe as unknown as NodeJS.WriteStream)).entries(all, { ...MODEL_RETRY, personAfterMinutes: 5 });
  expect(String(pipe.read())).toMatch(/If it stays away, this ends after 5 min\./);
});

it("says once why a ticket stands still: where it ends, or where somebody is asked", () => {
  const pipe = new PassThrough();
  const told = toldAsLines(pipe as unknown as NodeJS.WriteStream);
  const sentence = "Proof is missing of many things.";
  told.entries(entriesOf([...storyDrafts().slice(0, 2), aDraft("halted", { as: "blocked", sentence })]));
  const ending = {
    ticket: 3,
    phase: "blocked",
    branch: null,
    headSha: null,
    exitCode: 3,
    details: [],
    spend: NO_SPEND,
  };
  told.end({ ...ending, next: null, sentence: `Ticket 3 is halted: ${sentence}` });
  const said = String(pipe.read());
  expect(said.split(sentence)).toHaveLength(2);
  expect(said).toMatch(/^ +\d+\.\d s {2}\S+ +Blocked: /m);
});
