import { expect, it } from "@jest/globals";
import { type Held, lost } from "./support/held.ts";

/**
 * What a proof has to judge rightly, one row a case, and where each is held. A row names tests by words of their names, and changes that
 * are really run by their titles; it fails when one is renamed or taken away, so that no case is lost unseen.
 */
const ROWS: readonly (readonly [what: string, ...held: Held[]])[] = [
  [
    "P1 repositories that need packages",
    ["test/repositories/kinds-javascript.ts", "jest without a lockfile", "npm workspaces"],
    [
      "test/repositories/kinds-python.ts",
      "a src layout with extras, installed in place",
      "a Makefile that calls a tool",
    ],
    ["src/proof/runners/stand-in.test.ts", "a job that runs the tests"],
  ],
  [
    "P2 old tests change as said",
    [
      "src/proof/items/pass-to-pass.test.ts",
      "what the plan lets change",
      "do not where they are new, or where the plan says so, which is told",
    ],
    ["src/cli/proof.test.ts", "a plan that excuses tests"],
  ],
  [
    "P3 tests that show nothing",
    ["src/proof/items/fail-to-pass.test.ts", "new tests that only fail to load on the old code"],
    ["test/gate/cases/ts-ferment.txt", "the unit itself is a mock"],
    ["test/gate/cases/py-kiln.txt", "the new test suppresses what it asserts"],
  ],
  [
    "P4 what decides how tests run",
    ["src/proof/languages/settings/protected.test.ts", "isProtected"],
    ["test/gate/cases/js-tide.txt", "the file that old tests read follows a defect"],
  ],
  ["P5 answers of the tests", ["test/gate/cases/js-tide.txt", "answers under the hashes of the questions"]],
  [
    "P6 code that knows that it is tested",
    ["src/proof/languages/answers/test-aware.test.ts", "NODE_TEST_CONTEXT"],
    ["src/proof/languages/answers/hidden-names.test.ts", "is a question about the tests"],
    ["src/proof/items/verification.test.ts", "tests that only pass where CI is set"],
  ],
  ["P7 files outside the plan", ["src/proof/items/scope.test.ts", "a changed file outside the plan"]],
  [
    "P8 tests that fail at times",
    ["src/proof/runners/settle.test.ts", "looks up to four times before it holds a red test against a change"],
    ["src/proof/runners/narrow.test.ts", "run five times, and those that fail in one of them are flaky"],
  ],
  [
    "P9 what runners print",
    ["src/proof/runners/read-output.test.ts", "is counted, and its tests are named", "however long it is"],
  ],
  [
    "P10 rewritten, not weakened",
    ["src/proof/languages/weakening/rewritten.test.ts", "describe("],
    ["test/gate/cases/py-choir.txt", "singers are made by a helper that knows what is usual"],
  ],
  ["P11 what does not apply", ["src/proof/items/fail-to-pass.test.ts", "a change without new tests"]],
  ["P12 the named test", ["src/proof/items/named-test.test.ts", "whether a promised test passed"]],
  ["P13 the command that counts", ["src/proof/runners/choose.test.ts", "the commands of a repository"]],
  ["P14 what a proof costs", ["src/cli/bench-proof.ts", "npm run bench:proof"]],
  ["P15 where code was run", ["src/cli/proof.test.ts", "says once why no code is run"]],
  [
    "P16 a policy adds",
    ["src/core/rules/policy.test.ts", "adds, and switches nothing off in passing", "waives by name and with a reason"],
  ],
  ["P17 nothing of today's base is lost", ["test/scenarios/base-branch.system.ts", "nothing of either side is lost"]],
];

it.each(ROWS)("%s", (_what, ...held) => {
  expect(held.length).toBeGreaterThan(0);
  expect(held.flatMap(lost)).toEqual([]);
});
