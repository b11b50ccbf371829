import type { CommandFacts } from "../../core/ticket/proof-fact-parts.ts";
import { type FoundSentences, said, type Sentences } from "./by-code.ts";
import { cannot } from "./cannot.ts";
import { names, plural, seconds } from "./spelled.ts";

/** What one command of the verification said. */
const COMMANDS: Sentences<CommandFacts> = {
  passes: ({ command, tests }) =>
    tests === null ? `\`${command}\` passes.` : `\`${command}\` passes: ${plural(tests, "test")} ran.`,
  "red-before-too": ({ command, passed, red, notLoaded, flaky }) => {
    const before = red.length > 0 ? ` Red before the change too: ${names(red)}.` : "";
    const unread = notLoaded.length > 0 ? ` Could not be loaded before the change either: ${names(notLoaded)}.` : "";
    const unsure = flaky.length > 0 ? ` Flaky, failed once and passed once: ${names(flaky)}.` : "";
    return `\`${command}\`: ${plural(passed, "test")} passed.${before}${unread}${unsure}`;
  },
  "no-answer": ({ command }) => `\`${command}\` could not be run in the sandbox.`,
  "no-count": ({ command }) =>
    `\`${command}\` ends without an error, but its output does not say how many tests ran; use a runner that prints its count, or set \`proves: command\` for it in .github/coop.yml.`,
  "nothing-green-before": (facts) => `${red(facts)} No test passed before the change either.`,
  "red-before-unnamed": (facts) =>
    `${red(facts)} It failed before the change too, and its tests cannot be told apart by name.`,
  fails: ({ fresh, ...facts }) => `${red(facts)}${fresh.length > 0 ? ` New: ${names(fresh)}.` : ""}`,
  "timed-out": ({ command, ms }) => `\`${command}\` did not finish: it was stopped after ${seconds(ms)}.`,
  "no-test-ran": ({ command }) => `\`${command}\` ends without an error, but ran no test at all.`,
};

function red({ command, exitCode, failed }: CommandFacts["red-before-unnamed"]): string {
  const number = failed > 0 ? `: ${plural(failed, "test")} failed` : "";
  return exitCode === 0
    ? `\`${command}\` ends without an error although its tests fail${number}.`
    : `\`${command}\` ends with exit status ${exitCode}${number}.`;
}

export const VERIFICATION: FoundSentences<"verification"> = {
  ...COMMANDS,
  passes: ({ commands }) => commands.map((one) => said(COMMANDS, one)).join(" "),
  "red-before-too": ({ commands }) => commands.map((one) => said(COMMANDS, one)).join(" "),
  "cannot-run": ({ because }) => cannot(because),
  "only-with-ci": ({ tests }) =>
    `The tests pass only where the variable \`CI\` is set${tests.length > 0 ? `: ${names(tests)}` : ""}.`,
};
