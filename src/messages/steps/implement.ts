import type { None, Of } from "../../core/ticket/proof-fact-parts.ts";
import { said, type Sentences } from "../proof/by-code.ts";

/** `test`: null where all of the file are meant. */
type Test = { file: string; test: string | null };

/** Why the Implementer is not finished although it says so. */
type UnfinishedFacts = {
  "nothing-changed": None;
  /** `found`: which command failed and how; `output`: the end of what it said. */
  "commands-fail": { found: string; output: string };
  /** It asks again whether a test may change. */
  refused: Test & { by: string; reason: string };
  "no-such-file": { file: string };
  "no-such-test": Test;
};
export type Unfinished = Of<UnfinishedFacts>;

const UNFINISHED: Sentences<UnfinishedFacts> = {
  "nothing-changed": () => "Nothing was changed yet: make the edits of the plan, then finish.",
  "commands-fail": ({ found, output }) =>
    `The repository's own commands fail: ${found}\n${output}\nFix this, or finish again and name it as a known limitation.`,
  refused: ({ by, reason, ...test }) =>
    `${by} refused that ${nameOf(test)} changes: ${reason}\nLeave it as it was and write the change without it.`,
  "no-such-file": ({ file }) =>
    `\`testChanges\` names ${JSON.stringify(file)}, which does not exist: nobody is asked about it.`,
  "no-such-test": (test) =>
    `\`testChanges\` names ${nameOf(test)}, which does not exist: name the test as its runner prints it, or nobody is asked about it.`,
};

export function unfinishedInWords(found: Unfinished): string {
  return said(UNFINISHED, found);
}

function nameOf({ file, test }: Test): string {
  return test === null ? `all of ${file}` : `${JSON.stringify(test)} of ${file}`;
}

/** The name that the base branch's version of a file has beside ours. */
export function asOnBase(path: string, branch: string): string {
  return `${path} (as it is on ${branch} now)`;
}
