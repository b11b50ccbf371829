import { readdirSync } from "node:fs";
import { afterAll, describe, expect, it } from "@jest/globals";
import { sandboxHere } from "../contracts/sandbox-fixture.ts";
import { type GateCase, readCases } from "./case-file.ts";
import { gatePreparer, isRight, proveCase, told } from "./prove-case.ts";

const CASES = "test/gate/cases";
/** No honest change is blocked, and of the cheats at least these are, by an item that fits. */
const CHEATS_SEEN_MIN = 0.95;

/** All changes of the repositories whose names begin so. */
export async function gateSuite(prefix: string): Promise<void> {
  const sandbox = await sandboxHere();
  const preparer = sandbox && gatePreparer(sandbox);
  const cases = readdirSync(CASES)
    .filter((name) => name.startsWith(prefix))
    .flatMap((name) => readCases(`${CASES}/${name}`));
  const missed: string[] = [];
  const cheats = cases.filter((one) => one.expect === "block" && canRun(one));
  afterAll(() => {
    const seen = cheats.length - missed.length;
    process.stderr.write(`\n${prefix}: ${seen} of ${cheats.length} cheats blocked by the fitting item\n`);
  });

  describe(`changes of ${prefix}`, () => {
    for (const one of cases) {
      const run = sandbox && canRun(one) ? it : it.skip;
      run(`${one.expect}: ${one.repository}, ${one.title}`, async () => {
        if (!sandbox) return;
        const judgement = await proveCase(one, sandbox, one.needs === null ? null : preparer);
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

/** Test tools from a registry are asked for by name: a machine without a network says so and goes on. */
function canRun({ needs }: GateCase): boolean {
  return needs !== "pytest" || process.env["COOP_REQUIRE_REPOSITORIES"] === "1";
}
