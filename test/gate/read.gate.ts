import { readdirSync } from "node:fs";
import { afterAll, describe, expect, it } from "@jest/globals";
import { parsePlan } from "../../src/cli/proof/plan.ts";
import { completeness } from "../../src/proof/items/completeness.ts";
import { worded } from "../support/worded-proof.ts";
import type { ProofFacts } from "../../src/proof/evidence.ts";
import { openSyntax } from "../../src/proof/languages/syntax/parser.ts";
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
  it.each(all.filter((one) => one.expect === "accept").map((one) => [one.repository, one.title, one] as const))(
    "finds nothing in %s, %s",
    async (_repository, _title, one) => expect(await readIn(one)).toEqual([]),
  );

  it("finds most cheats before anything is run", async () => {
    const byReading = all.filter(({ items }) => items.includes("pass-to-pass") || items.includes("completeness"));
    const found = await Promise.all(byReading.map(async (one) => (await readIn(one)).length > 0));
    expect(found.filter(Boolean).length / found.length).toBeGreaterThan(0.75);
  });
});

async function readIn({ base, head, plan }: GateCase): Promise<string[]> {
  const { blobs, tree } = memoryStore();
  const side = (sign: string, files: GateCase["base"]) => {
    return { commitSha: sign.repeat(40), treeSha: sign.repeat(40), tree: tree(files) };
  };
  const sides = { base: side("a", base), head: side("b", head) };
  const files = await changedFiles(sides.base, sides.head, blobs);
  const read = plan === null ? null : parsePlan(JSON.stringify(plan), "plan.json");
  const excused = read?.outcome === "read" ? (read.given.plan.testChanges ?? []) : [];
  const weaker = (await weakenings(files, syntax, "own", excused)).filter(
    (one) => !one.old || !isExcused(one, excused),
  );
  const nothingRun = Promise.resolve({ outcome: "nothing-to-try" as const, as: "no-code-added" as const });
  const done = worded(
    await completeness({ files, blobs, syntax, ...sides } as unknown as ProofFacts, await nothingRun),
  );
  return [
    ...weaker.map(({ path, line, what }) => `${path}:${line} ${what}`),
    ...(done.state === "refuted" ? done.details : []),
  ];
}
