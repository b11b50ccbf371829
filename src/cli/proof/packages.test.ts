import { describe, expect, it } from "@jest/globals";
import { memoryTree } from "../../trees/memory-tree.ts";
import { NOTHING_PREPARED, type Preparation } from "../../workspace/preparer.ts";
import { openPackages } from "./packages.ts";
import { placesOf } from "../sarif.ts";
import { format, type ReportedItem } from "./report.ts";

const SENTENCE = "Packages of npm could not be fetched: the registry is not there. Try again later.";
const FAILED: Preparation = {
  outcome: "failed",
  prepared: NOTHING_PREPARED,
  sentence: SENTENCE,
  details: ["ENOTFOUND"],
};
const READY: Preparation = {
  ...{ outcome: "ready", prepared: NOTHING_PREPARED, what: [], notes: [], from: "nothing", durationMs: 1 },
};
const item = (evidence: string): ReportedItem => {
  return { item: "verification", state: "proven", code: "told", required: true, evidence, details: [SENTENCE] };
};

async function told(preparations: readonly Preparation[], evidence: string): Promise<string[]> {
  const left = [...preparations];
  const packages = openPackages({ prepare: () => Promise.resolve(left.shift() ?? READY) });
  for (const _ of preparations) await packages.preparer.prepare(memoryTree([]));
  return packages.notes([item(evidence)]);
}

describe("packages that could not be brought in", () => {
  const note = `Run with this machine's own packages only. ${SENTENCE}`;
  const partly = { ...FAILED, what: ["npm packages (package.json)"] };
  it.each<[string, Preparation[], string, string[]]>([
    [
      "with what was brought in all the same",
      [partly],
      "4 tests pass.",
      [`Run with npm packages (package.json) only. ${SENTENCE}`],
    ],
    ["once, though both sides lack them", [FAILED, FAILED], "4 tests pass.", [note]],
    ["where an item says it already, not again", [FAILED], `Cannot be run. ${SENTENCE} It said: x.`, []],
    ["where all were there, never", [READY, READY], "4 tests pass.", []],
  ])("are named %s", async (_, preparations, evidence, notes) => {
    expect(await told(preparations, evidence)).toEqual(notes);
  });

  it.each(["text", "md"] as const)("stand in one line as %s beside green tests", (as) => {
    const report = { verdict: "accept", driver: null, base: "a", head: "b", items: [item("4 tests pass.")] } as const;
    const lines = format({ ...report, notes: [note] }, as, placesOf(new Map(), new Map(), String)).split("\n");
    expect(lines.filter((line) => line.includes(SENTENCE))).toEqual([note]);
  });
});
