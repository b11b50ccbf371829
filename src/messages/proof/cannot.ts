import { LINE_CHARS_MAX } from "../../core/ledger/limits.ts";
import type { Cannot, CannotFacts } from "../../core/ticket/proof-fact-parts.ts";
import { said, type Sentences } from "./by-code.ts";

/** Why tests could not be run, or not tried. */
const CANNOT: Sentences<CannotFacts> = {
  "no-sandbox": ({ why }) => `No repository code is run on this machine: ${why}`,
  "no-command": () =>
    "It is not known how this repository is tested: add a `verify` command to .github/coop.yml, or a CI check.",
  unprepared: ({ why }) => why,
  "packages-missing": ({ command, said: line }) => {
    const what = line ? ` (${line.slice(0, LINE_CHARS_MAX)})` : "";
    return `\`${command}\` cannot be run in the sandbox, which has no network and not all of the packages it needs${what}. Say in \`setup\` of .github/coop.yml how they are brought in; without them proof has to come from a CI check.`;
  },
  "no-runner": () => "No command of this repository is known to run its tests.",
  "none-passes": () => "No test passes on this commit, so none can notice that something changed.",
};

export function cannot(because: Cannot): string {
  return said(CANNOT, because);
}
