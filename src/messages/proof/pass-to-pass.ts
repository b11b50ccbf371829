import type { FoundSentences } from "./by-code.ts";
import { cannot } from "./cannot.ts";
import { lineInWords } from "./lines.ts";
import { all, names, pass, plural, several } from "./spelled.ts";

export const PASS_TO_PASS: FoundSentences<"pass-to-pass"> = {
  kept: ({ tests, except, red, flaky }) => {
    const planned = except.length > 0 ? `, except where the plan says that they change: ${names(except)}` : "";
    const still = red.length > 0 ? ` Red before the change too: ${names(red)}.` : "";
    const unsure = flaky.length > 0 ? ` Flaky, failed once and passed once: ${names(flaky)}.` : "";
    return `${all(tests, "test")} that passed before the change still ${pass(tests)}${planned}.${still}${unsure}`;
  },
  "no-tests-before": () => "There were no tests before the change, so there was none to break.",
  "cannot-run": ({ because }) => cannot(because),
  "no-runner": () => "No command of this repository is known to run its tests.",
  "no-run-before": () => "The tests could not be run on the code before the change.",
  "no-run-on-head": () => "The old tests could not be run on this commit.",
  "no-count": () => "The output of the tests does not say how many ran, so a missing one would not show.",
  "names-lost": ({ tests }) =>
    `Tests that had a name before the change are only counted on this commit, so nobody knows whether they ran: ${names(tests)}.`,
  weakened: ({ files, lines }) =>
    `Tests that were there before say less now, in ${names(files)}: ${several(lines.map(lineInWords))}.`,
  "not-run": (facts) => {
    const { tests } = facts;
    if (facts.of === null)
      return `${plural(tests.length, "test")} that ran and passed before the change ${tests.length === 1 ? "does" : "do"} not run on this commit: ${names(tests)}.`;
    const missing = tests.length > 0 ? `; missing: ${names(tests)}` : "";
    return `Only ${facts.left} of ${plural(facts.of, "old test")} still run and pass on this commit${missing}.`;
  },
  broken: ({ failed, tests }) => {
    const many = failed > 0 ? ` (${plural(failed, "test")})` : "";
    const which = tests.length > 0 ? `: ${names(tests)}` : "";
    return `Tests that passed before the change do not pass on this commit${many}${which}.`;
  },
  "looks-away": ({ lines }) =>
    `The changed tests no longer notice what they noticed before: ${several(lines.map(lineInWords))}.`,
};
