import type { FoundSentences } from "./by-code.ts";
import { cannot } from "./cannot.ts";
import { lineInWords, versionInWords } from "./lines.ts";
import { plural, quoted, several } from "./spelled.ts";

export const MUTATION: FoundSentences<"mutation"> = {
  noticed: ({ noticed, small, as }) => {
    const fate = as === "unnoticed" ? "went unnoticed" : small === 1 ? "was answered" : "were answered";
    const subtle = small > 0 ? `${plural(small, "small change")} ${fate}: see the details.` : "";
    const among = noticed === 1 ? "and no emptied function went unnoticed" : "each emptied function among them";
    const seen = noticed > 0 ? `${plural(noticed, "change")} to the new code made a test fail, ${among}.` : "";
    return [seen, subtle].filter(Boolean).join(" ");
  },
  "nothing-to-try": ({ as }) => NOTHING[as],
  "cannot-run": ({ because }) => cannot(because),
  "none-ran": ({ survivors }) =>
    survivors > 0 ? "None of the changed versions made a test fail." : "None of the changed versions could be run.",
  "not-reached": ({ versions }) => `${plural(versions, "changed version")} could not be tried in time.`,
  "cannot-fail": ({ lines }) => `A new test cannot fail as it should: ${several(lines.map(lineInWords))}.`,
  "emptied-unnoticed": ({ versions }) => {
    const which = versions.map(({ from, path, line }) => `${quoted(from)} (${path}:${line})`);
    const verb = versions.length === 1 ? "does" : "do";
    return `No test notices when ${several(which, ", ")} ${verb} nothing: add a test that needs it.`;
  },
  "change-unnoticed": ({ versions, asked }) => {
    const more = asked === "reviewers" ? ", or have both reviewers say why no input can tell" : "";
    return `No test notices this: ${several(versions.map(versionInWords))}. Add a test that fails with it${more}.`;
  },
};

const NOTHING = {
  "no-code-added": "No line of code was added.",
  "nothing-to-change": "The added lines hold no code that could be changed and noticed.",
  "switched-off": "The policy switches this off (`mutationsMax: 0`).",
  "other-words": "The changed functions do what they did, in other words.",
} as const;
