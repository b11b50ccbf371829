import { firstOf } from "../../core/rules/and-more.ts";
import type { Version } from "../../core/ticket/proof-fact-parts.ts";
import type { Line, LineFacts } from "../../core/ticket/proof-facts.ts";
import { doneLine } from "../../core/ticket/proof-items.ts";
import { said, type Sentences } from "./by-code.ts";
import { changedAnswer } from "./changed-answers.ts";
import { doneWhy } from "./done-why.ts";
import { names, quoted, seconds, several } from "./spelled.ts";

/** One line of a terminal. */
const PATHS_SHOWN = 3;

/** The lines of the details. */
const LINES: Sentences<LineFacts> = {
  "ran-by": ({ by, head, base }) => `run by ${by}, without network: commit ${head}, and ${base} to compare`,
  prepared: ({ what }) => `prepared: ${what.join(", ")}`,
  "packages-of-base": ({ files }) =>
    `${names(files)} changed: packages are still the base's until a person accepts the lockfiles of this commit.`,
  "dropped-by-merge": ({ merge, files }) => {
    const { shown, more } = firstOf(files, PATHS_SHOWN);
    return `The merge ${merge} leaves out what one of its sides had changed in ${shown.map((path) => `\`${path}\``).join(", ")}${more}, though the other had not: look whether this is meant.`;
  },
  "command-passed": ({ command, ms, passed, skipped }) =>
    passed === null
      ? `${command}: passed in ${seconds(ms)}`
      : `${command}: ${passed} passed${skipped > 0 ? `, ${skipped} skipped` : ""}, in ${seconds(ms)}`,
  "only-fails-to-load": () => "on the code before the change the new tests only fail to load",
  announced: ({ path, test, what }) => `announced by the plan: ${path} "${test}" ${what}`,
  "changed-as-planned": ({ path }) => `changed as planned: ${path}`,
  weakened: ({ path, line, test, what }) =>
    `${path}:${line} ${test === null ? "the tests" : `the test "${test}"`} ${what}`,
  idle: ({ path, line, test, what }) => `${path}:${line} the new test "${test}" ${what}`,
  "no-longer-noticed": ({ path, line, what, by }) => `${path}:${line} ${what}, which \`${by}\` noticed`,
  "answer-unseen": ({ path, line, name, variant, by }) =>
    `${path}:${line} before the change asked \`${name}()\`: when its answer is another one (${changedAnswer(variant)}), no test fails now, \`${by}\` did before`,
  "answer-unasked": ({ path, line, name, by }) =>
    `${path}:${line} before the change asked \`${name}()\` for an input that no test gives it now, \`${by}\` looked at the answer`,
  undone: ({ path, line, what }) => `${path}:${line} ${what}`,
  unneeded: ({ path, line, name, what }) =>
    `${path}:${line} the function \`${name}\` that ${what}, which no test needs`,
  copied: ({ path, texts }) =>
    `${path} has ${several(
      texts.map((one) => JSON.stringify(one)),
      ", ",
    )}`,
  "not-noticed": ({ version, finding }) =>
    `not noticed: ${versionInWords(version)}${finding === null ? "" : ` (${finding})`}`,
  answered: ({ version, finding, why }) => `${finding}: ${versionInWords(version)}: ${why}`,
  "not-reached": ({ version }) => `not reached in time: ${versionInWords(version)}`,
  "not-begun": ({ version }) => `tests could not begin with it, so it says nothing: ${versionInWords(version)}`,
  noticed: ({ version, by }) => `noticed: ${versionInWords(version)}${by.length > 0 ? ` by ${names(by)}` : ""}`,
  "outside-plan": ({ path, why }) => `outside the plan: ${path} — ${why || "no reason given"}`,
  "not-changed": ({ path }) => `in the plan, but not changed: ${path}`,
  review: ({ role, earlier, blockers, steps }) => {
    const where = earlier === null ? "this commit" : `the earlier commit ${earlier}`;
    const unusable = steps === "unusable" ? "; finds the verification steps unusable" : "";
    return `${role}: on ${where}, ${blockers} open blockers${unusable}`;
  },
  done: ({ id, state, why }) => doneLine(id, { state, why: doneWhy(why) }),
};

export function lineInWords(line: Line): string {
  return typeof line === "string" ? line : said(LINES, line);
}

/** `src/a.js:3 `a + b` → `a - b`` */
export function versionInWords({ path, line, from, to, whole }: Version): string {
  return `${path}:${line} ${quoted(from)} → ${whole ? to : to === "" ? "left out" : quoted(to)}`;
}
