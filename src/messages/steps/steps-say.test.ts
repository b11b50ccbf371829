import { expect, it } from "@jest/globals";
import { faultInWords } from "../thread-faults.ts";
import { mergeRefused } from "../reasons/merge-rules.ts";
import { settingInWords } from "../settings.ts";
import { clearEnough } from "./ask-question.ts";
import { unfinishedInWords } from "./implement.ts";
import { settledBecause } from "./settle.ts";
import { commandsInWords } from "./verify.ts";

/** What steps say, word for word. */
it.each<[said: string, words: string]>([
  [commandsInWords({ code: "timed-out", facts: { command: "npm test" } }), "`npm test` was stopped before it finished."],
  [commandsInWords({ code: "fails", facts: { command: "make", exitCode: 2 } }), "`make` ended with exit status 2."],
  [commandsInWords({ code: "passes", facts: { commands: ["a", "b"] } }), "`a`, `b`: passed."],
  [clearEnough(null), "The Navigator finds the ticket clear enough to plan from."],
  [clearEnough("bug"), "The Navigator finds the ticket clear enough to plan from, as a task of type bug."],
  [settledBecause({ outcome: "upheld", rationale: "It is null." }), "It is null."],
  [
    settledBecause({ outcome: "inconclusive", rationale: "Nobody knows." }),
    "The evidence does not decide, so the safer side holds. Nobody knows.",
  ],
  [
    unfinishedInWords({ code: "refused", facts: { file: "a.test.js", test: null, by: "mona", reason: "Keep it." } }),
    "mona refused that all of a.test.js changes: Keep it.\nLeave it as it was and write the change without it.",
  ],
  [
    unfinishedInWords({ code: "no-such-test", facts: { file: "a.test.js", test: "adds" } }),
    '`testChanges` names "adds" of a.test.js, which does not exist: name the test as its runner prints it, or nobody is asked about it.',
  ],
  [settingInWords({ code: "missing", facts: { path: "verify.0.run" } }), "`verify.0.run` is missing"],
  [settingInWords({ code: "wrong", facts: { path: "", says: "Invalid input" } }), "Invalid input"],
  [settingInWords({ code: "unknown", facts: { path: "a", meant: null, known: [] } }), "`a` is no setting."],
  [settingInWords({ code: "unknown", facts: { path: "a", meant: null, known: ["b", "c"] } }), "`a` is no setting. There are b, c."],
  [faultInWords({ code: "by-another", facts: { login: "eve" } }), "by eve carries a ledger marker, but only this App writes those"],
  [
    mergeRefused({ reason: "", rule: "queue-slow", hours: 24 }),
    "The merge was refused: the merge queue did not merge it in 24 hours. Somebody who administers the repository should look at its merge queue.",
  ],
  [
    mergeRefused({ reason: "", rule: "queue-left" }),
    "The merge was refused: the merge queue took the pull request out without merging it. The failed run of the queue stands in the pull request's timeline. Fix the cause, or let the bot do it with `/coop rework`.",
  ],
])("%s", (said, words) => expect(said).toBe(words)); // prettier-ignore
