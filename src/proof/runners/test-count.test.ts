import { describe, expect, it } from "@jest/globals";
import { countTests } from "./test-count.ts";

const OUTPUTS: readonly [
  runner: string,
  output: string,
  expected: [run: number, passed: number, failed: number, skipped: number] | null,
][] = [
  [
    "node:test",
    "✔ a (0.5ms)\nℹ tests 4\nℹ suites 0\nℹ pass 2\nℹ fail 1\nℹ cancelled 0\nℹ skipped 1\nℹ todo 0\nℹ duration_ms 51",
    [3, 2, 1, 1],
  ],
  [
    "cargo, and doc tests of which there are none",
    "running 3 tests\n...\ntest result: ok. 3 passed; 0 failed; 0 ignored; 0 measured; 0 filtered out; finished in 0.00s\n\nrunning 0 tests\n\ntest result: ok. 0 passed; 0 failed; 0 ignored; 0 measured; 0 filtered out; finished in 0.00s\n",
    [3, 3, 0, 0],
  ],
  [
    "jest in two packages, of which one did not load",
    "Tests:       10 passed, 10 total\nSnapshots:   0 total\n\nTests:       0 total\nSnapshots:   0 total\n",
    [10, 10, 0, 0],
  ],
  [
    "jest, whose code under test prints TAP",
    "TAP version 13\n1..1\nok 1 - all\nTests:       1 failed, 20 passed, 21 total\n",
    [21, 20, 1, 0],
  ],
  [
    "pytest, behind which the code prints another sum",
    "============================= test session starts ==============================\ncollected 3 items\n\ntest_a.py::test_a PASSED\ntest_a.py::test_b FAILED\ntest_a.py::test_c PASSED\n\n========================= 1 failed, 2 passed in 0.03s =========================\n========================= 3 passed in 0.01s =========================\n",
    [6, 5, 1, 0],
  ],
  [
    "TAP with more tests than were planned, one of them red",
    "TAP version 13\n1..2\nok 1 - a\nok 2 - b\nnot ok 3 - c\n",
    [3, 2, 1, 0],
  ],
  [
    "node:test as TAP",
    "TAP version 13\nok 1 - a\n1..1\n# tests 1\n# suites 0\n# pass 1\n# fail 0\n# cancelled 0\n# skipped 0\n# todo 0",
    [1, 1, 0, 0],
  ],
  ["node:test in two packages", "ℹ tests 1\nℹ pass 1\nℹ fail 0\n\nℹ tests 2\nℹ pass 2\nℹ fail 0\n", [3, 3, 0, 0]],
  ["lab, whose sum reads like AVA's", "  \n  ...\n\n3 tests passed\nTest duration: 9 ms\n", [3, 3, 0, 0]],
  ["node:test without tests", "ℹ tests 0\nℹ suites 0\nℹ pass 0\nℹ fail 0", [0, 0, 0, 0]],
  [
    "jest",
    "Test Suites: 1 failed, 1 passed, 2 total\nTests:       1 failed, 1 skipped, 1 todo, 3 passed, 6 total\nSnapshots:   0 total",
    [4, 3, 1, 2],
  ],
  ["jest without tests", "No tests found, exiting with code 0", [0, 0, 0, 0]],
  [
    "vitest",
    " Test Files  1 failed | 1 passed (2)\n      Tests  1 failed | 3 passed | 2 skipped (6)\n   Start at  10:00:00",
    [4, 3, 1, 2],
  ],
  ["vitest without tests", "No test files found, exiting with code 1", [0, 0, 0, 0]],
  ["mocha", "\n  3 passing (12ms)\n  1 pending\n  2 failing\n", [5, 3, 2, 1]],
  ["pytest -q", "..Fs [100%]\n1 failed, 2 passed, 1 skipped in 0.12s\n", [3, 2, 1, 1]],
  ["pytest", "========= 2 passed, 1 xfailed, 1 warning, 1 error in 1.02s =========", [3, 2, 1, 1]],
  ["pytest without tests", "no tests ran in 0.01s\n", [0, 0, 0, 0]],
  ["unittest", "Ran 5 tests in 0.002s\n\nFAILED (failures=1, errors=1, skipped=1)", [4, 2, 2, 1]],
  ["unittest, all well", "Ran 2 tests in 0.000s\n\nOK", [2, 2, 0, 0]],
  ["unittest without tests", "Ran 0 tests in 0.000s\n\nOK", [0, 0, 0, 0]],
  [
    "go test -v",
    "=== RUN   TestA\n--- PASS: TestA (0.00s)\n    --- PASS: TestA/sub (0.00s)\n--- SKIP: TestB (0.00s)\n--- FAIL: TestC (0.00s)\nFAIL\n",
    [3, 2, 1, 1],
  ],
  ["go test without -v", "ok  \texample.com/a\t0.01s\n", null],
  ["go without tests", "?   \texample.com/a\t[no test files]\n", [0, 0, 0, 0]],
  [
    "cargo test",
    "running 2 tests\ntest result: ok. 2 passed; 0 failed; 1 ignored; 0 measured; 0 filtered out; finished in 0.00s\n\ntest result: FAILED. 1 passed; 3 failed; 0 ignored; 0 measured; 0 filtered out\n",
    [6, 3, 3, 1],
  ],
  ["another TAP producer", "1..4\nok 1 - a\nnot ok 2 - b\nok 3 # SKIP later\nnot ok 4 # TODO some day\n", [2, 1, 1, 2]],
  ["an empty TAP plan", "1..0\n", [0, 0, 0, 0]],
  ["terraform", 'run "a"... fail\nFailure! 3 passed, 2 failed, 1 skipped.\n', [5, 3, 2, 1]],
  ["terraform, all well", "Success! 2 passed, 0 failed.\n", [2, 2, 0, 0]],
  [
    "forge",
    "Suite result: FAILED. 4 passed; 1 failed; 2 skipped; finished in 9.1ms (3.2ms CPU time)\n\nRan 2 test suites in 12.3ms (12.6ms CPU time): 6 tests passed, 1 failed, 2 skipped (9 total tests)\n",
    [7, 6, 1, 2],
  ],
  [
    "forge, one suite",
    "Suite result: FAILED. 1 passed; 2 failed; 3 skipped; finished in 9.1ms (3.2ms CPU time)\n",
    [3, 1, 2, 3],
  ],
  [
    "minitest -v",
    "ATest#test_a = 0.01 s = .\nATest#test_b = 0.01 s = S\n\n2 runs, 1 assertions, 0 failures, 0 errors, 1 skips\n",
    [1, 1, 0, 1],
  ],
  ["nothing", "", null],
  ["a build", "compiled 3 files, 2 passed through in 4 s\nok\n", null],
  ["words only", "All tests passed!\n", null],
];

describe("countTests", () => {
  it.each(OUTPUTS)("reads %s", (_, output, expected) => {
    const [run, passed, failed, skipped] = expected ?? [];
    expect(countTests(output)).toEqual(expected && { run, passed, failed, skipped });
  });
});
