import { expect, it } from "@jest/globals";
import { worded } from "../../../test/support/worded-proof.ts";
import { evidence } from "../../proof/evidence.ts";

const KEPT = { except: [], red: [], flaky: [] };
const SHOWN = { vacuous: [], flaky: [] };

it.each([
  [evidence("pass-to-pass", "kept", { ...KEPT, tests: 1 }), "The 1 test that passed before the change still passes."],
  [evidence("pass-to-pass", "kept", { ...KEPT, tests: 4 }), "All 4 tests that passed before the change still pass."],
  [
    evidence("fail-to-pass", "fails-before", { ...SHOWN, shown: ["a"] }),
    "1 test failed on the code before the change and passes on this commit: `a`.",
  ],
  [
    evidence("fail-to-pass", "fails-before", { ...SHOWN, shown: ["a", "b"] }),
    "2 tests failed on the code before the change and pass on this commit: `a`, `b`.",
  ],
  [
    evidence("fail-to-pass", "cannot-load-before", { files: ["t.py"], fresh: ["a"] }),
    "With `t.py` on the code before the change, it could not even load; on this commit 1 new test passes: `a`.",
  ],
  [
    evidence("fail-to-pass", "cannot-load-before", { files: ["t.py"], fresh: ["a", "b"], old: ["b"] }),
    "With `t.py` on the code before the change, it could not even load; on this commit 1 new test passes: `a`, and 1 old test that asks for more passes: `b`.",
  ],
  [
    evidence("fail-to-pass", "cannot-load-before", { files: ["t.py", "u.py"], fresh: ["a", "b"] }),
    "With `t.py`, `u.py` on the code before the change, they could not even load; on this commit 2 new tests pass: `a`, `b`.",
  ],
  [
    evidence("fail-to-pass", "cannot-load-before", { files: ["t.py"], fresh: 1 }),
    "With `t.py` on the code before the change, it could not even load; on this commit the 1 test passes.",
  ],
  [
    evidence("fail-to-pass", "fails-before", { files: ["t.py"], failed: 1, passed: 3 }),
    "With `t.py` on the code before the change, 1 test failed; on this commit all 3 pass.",
  ],
  [evidence("done", "shown", { items: 1 }), "The 1 item of the Definition of Done has evidence."],
  [evidence("done", "shown", { items: 2 }), "All 2 items of the Definition of Done have evidence."],
  [evidence("scope", "as-planned", { changed: 1 }), "1 changed file, and it is in the plan."],
  [evidence("scope", "as-planned", { changed: 2 }), "2 changed files, all of them in the plan."],
  [
    evidence("mutation", "noticed", { noticed: 1, small: 0, as: "answered" }),
    "1 change to the new code made a test fail, and no emptied function went unnoticed.",
  ],
  [
    evidence("mutation", "noticed", { noticed: 2, small: 0, as: "answered" }),
    "2 changes to the new code made a test fail, each emptied function among them.",
  ],
])("says of one thing and of many what fits", (found, expected) => {
  expect(worded(found).evidence).toBe(expected);
});

it.each([
  [0, "whole"],
  [1, "cut with a word that says so"],
])("a sentence with %d characters too many is %s", (more) => {
  const of = (name: string) => worded(evidence("pass-to-pass", "kept", { ...KEPT, tests: 2, except: [name] })).evidence;
  const charsMax = 1500;
  const name = "x".repeat(charsMax - of("").length + more);
  expect(of(name)).toHaveLength(charsMax);
  expect(of(name).endsWith("…")).toBe(more > 0);
});
