import { createHash } from "node:crypto";
import { readdirSync } from "node:fs";
import { afterAll, describe, expect, it } from "@jest/globals";
import { sandboxHere } from "../contracts/sandbox-fixture.ts";
import { type GateCase, readCases } from "./case-file.ts";
import { gatePreparer, isRight, proveCase, told } from "./prove-case.ts";

const CASES = "test/gate/cases";
/** No honest change is blocked, and of the cheats at least these are, by an item that fits. */
const CHEATS_SEEN_MIN = 0.95;

/** Of so many changes one is run, chosen by a seed; all are read (`read.gate.ts`). The whole takes three times as long. */
const ONE_OF = process.env["COOP_GATE_CASES"] === "all" ? 1 : 3;
const SEED = process.env["COOP_GATE_SEED"] ?? "1";
const SLOWEST_SHOWN = 3;

/** The changes of the repositories whose names begin so. */
export async function gateSuite(prefix: string): Promise<void> {
  const sandbox = await sandboxHere();
  const preparer = sandbox && gatePreparer(sandbox);
  const cases = readdirSync(CASES)
    .filter((name) => name.startsWith(prefix))
    .flatMap((name) => readCases(`${CASES}/${name}`))
    .filter(isChosen);
  const missed: string[] = [];
  const took: { name: string; ms: number }[] = [];
  const cheats = cases.filter((one) => one.expect === "block" && canRun(one));
  afterAll(() => {
    const seen = cheats.length - missed.length;
    const ms = took.reduce((sum, one) => sum + one.ms, 0);
    const slowest = took.sort((a, b) => b.ms - a.ms).slice(0, SLOWEST_SHOWN);
    const lines = [
      `${prefix}: ${seen} of ${cheats.length} cheats blocked by the fitting item, seed ${SEED}, one of ${ONE_OF}`,
      `${took.length} changes, ${seconds(ms / Math.max(1, took.length))} each; slowest: ${slowest.map((one) => `${one.name} ${seconds(one.ms)}`).join("; ")}`,
      ...missed.map((one) => `not blocked as it should be: ${one}`),
    ];
    process.stderr.write(`\n${lines.join("\n")}\n`);
  });

  describe(`changes of ${prefix}`, () => {
    for (const one of cases) {
      const run = sandbox && canRun(one) ? it : it.skip;
      run(`${one.expect}: ${one.repository}, ${one.title}`, async () => {
        if (!sandbox) return;
        const begun = performance.now();
        const judgement = await proveCase(one, sandbox, one.needs === null ? null : preparer);
        took.push({ name: `${one.repository}, ${one.title}`, ms: performance.now() - begun });
        if (isRight(one, judgement)) return;
        if (one.expect === "accept") throw new Error(`An honest change is not accepted.\n${told(judgement)}`);
        missed.push(`${one.repository}, ${one.title}\n${told(judgement)}`);
      });
    }

    it("sees nearly all cheats", () => {
      const seen = cheats.length - missed.length;
      if (seen < cheats.length * CHEATS_SEEN_MIN) expect(missed).toEqual([]);
    });
  });
}

/** The same seed always chooses the same changes. */
function isChosen({ repository, title }: GateCase): boolean {
  return createHash("sha256").update(`${SEED} ${repository} ${title}`).digest().readUInt32BE(0) % ONE_OF === 0;
}

const seconds = (ms: number) => `${(ms / 1000).toFixed(1)} s`;

/** Test tools from a registry are asked for by name: a machine without a network says so and goes on. */
function canRun({ needs }: GateCase): boolean {
  return !/^(pytest|jest|vitest)$/.test(needs ?? "") || process.env["COOP_REQUIRE_REPOSITORIES"] === "1";
}
