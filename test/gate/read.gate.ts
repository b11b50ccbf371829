import { readdirSync } from "node:fs";
import { afterAll, describe, expect, it } from "@jest/globals";
import { parsePlan } from "../../src/cli/proof/plan.ts";
import { completeness } from "../../src/proof/items/completeness.ts";
import { worded } from "../support/worded-proof.ts";
import type { ProofFacts } from "../../src/proof/evidence.ts";
import { openSyntax } from "../../src/proof/languages/syntax/parser.ts";
import { isForRuns, type Weakening } from "../../src/proof/languages/weakening/found-weakening.ts";
import { isExcused } from "../../src/proof/languages/weakening/planned.ts";
import { weakenings } from "../../src/proof/languages/weakening/weakening.ts";
import { changedFiles } from "../../src/trees/diff.ts";
import { memoryStore } from "../contracts/sandbox-fixture.ts";
import { type GateCase, readCases } from "./case-file.ts";

/** All changes, read without running anything: seconds, and what reading refutes wrongly blocks everybody. */
const CASES = "test/gate/cases";
const syntax = openSyntax();
afterAll(() => syntax.close());
const all = readdirSync(CASES).flatMap((name) => readCases(`${CASES}/${name}`));

describe("reading alone", () => {
  const honest = all.filter((one) => one.expect === "accept");
  const titled = (of: readonly GateCase[]) => of.map((one) => [one.repository, one.title, one] as const);
  it.each(titled(honest.filter(({ judged }) => judged === null)))(
    "finds nothing in %s, %s",
    async (_where, _title, one) => expect(await readIn(one)).toEqual([]),
  );

  it.each(titled(honest.filter(({ judged }) => judged === "by runs")))(
    "leaves %s, %s to the runs",
    async (_where, _title, one) => {
      const found = await weaknessesIn(one);
      expect(found.length).toBeGreaterThan(0);
      expect(found.filter((each) => !isForRuns(each))).toEqual([]);
    },
  );

  it("finds most cheats before anything is run", async () => {
    const byReading = all.filter(({ items }) => items.includes("pass-to-pass") || items.includes("completeness"));
    const found = await Promise.all(byReading.map(async (one) => (await readIn(one)).length > 0));
    expect(found.filter(Boolean).length / found.length).toBeGreaterThan(0.75);
  });
});

async function weaknessesIn(one: GateCase): Promise<Weakening[]> {
  return (await read(one)).weaker;
}

async function readIn(one: GateCase): Promise<string[]> {
  const { weaker, undone } = await read(one);
  return [...weaker.map(({ path, line, what }) => `${path}:${line} ${what}`), ...undone];
}

async function read({ base, head, plan }: GateCase): Promise<{ weaker: Weakening[]; undone: string[] }> {
  const { blobs, tree } = memoryStore();
  const side = (sign: string, files: GateCase["base"]) => {
    return { commitSha: sign.repeat(40), treeSha: sign.repeat(40), tree: tree(files) };
  };
  const sides = { base: side("a", base), head: side("b", head) };
  const files = await changedFiles(sides.base, sides.head, blobs);
  const given = plan === null ? null : parsePlan(JSON.stringify(plan), "plan.json");
  const excused = given?.outcome === "read" ? (given.given.plan.testChanges ?? []) : [];
  const weaker = (await weakenings(files, syntax, "own", excused)).filter(
    (one) => !one.old || !isExcused(one, excused),
  );
  const nothingRun = Promise.resolve({ outcome: "nothing-to-try" as const, as: "no-code-added" as const });
  const done = worded(
    await completeness({ files, blobs, syntax, ...sides } as unknown as ProofFacts, await nothingRun),
  );
  return { weaker, undone: done.state === "refuted" ? done.details.map(String) : [] };
}
