import { expect, it } from "@jest/globals";
import * as say from "./sentences.ts";

it.each([
  [say.stillPassing(1), "The 1 test that passed before the change still passes"],
  [say.stillPassing(4), "All 4 tests that passed before the change still pass"],
  [say.failedBefore(["a"]), "1 test failed on the code before the change and passes on this commit: `a`."],
  [say.failedBefore(["a", "b"]), "2 tests failed on the code before the change and pass on this commit: `a`, `b`."],
  [
    say.couldNotLoad(["t.py"], ["a"]),
    "With `t.py` on the code before the change, it could not even load; on this commit 1 new test passes: `a`.",
  ],
  [
    say.couldNotLoad(["t.py", "u.py"], ["a", "b"]),
    "With `t.py`, `u.py` on the code before the change, they could not even load; on this commit 2 new tests pass: `a`, `b`.",
  ],
  [
    say.couldNotLoad(["t.py"], 1),
    "With `t.py` on the code before the change, it could not even load; on this commit the 1 test passes.",
  ],
  [
    say.failedOnOldCode(["t.py"], 1, 3),
    "With `t.py` on the code before the change, 1 test failed; on this commit all 3 pass.",
  ],
  [say.allHaveEvidence(1), "The 1 item of the Definition of Done has evidence."],
  [say.allHaveEvidence(2), "All 2 items of the Definition of Done have evidence."],
  [say.asPlanned(1), "1 changed file, and it is in the plan."],
  [say.asPlanned(2), "2 changed files, all of them in the plan."],
  [say.allNoticed(1), "1 change to the new code made a test fail, and no emptied function went unnoticed."],
  [say.allNoticed(2), "2 changes to the new code made a test fail, each emptied function among them."],
])("says of one thing and of many what fits: %s", (said, expected) => {
  expect(said).toBe(expected);
});
