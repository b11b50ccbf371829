import type { FoundSentences } from "./by-code.ts";
import { names, plural, several } from "./spelled.ts";

export const SCOPE: FoundSentences<"scope"> = {
  "as-planned": ({ changed }) =>
    `${plural(changed, "changed file")}, ${changed === 1 ? "and it is" : "all of them"} in the plan.`,
  accepted: ({ changed, outside }) => {
    const explained = outside.map(({ path, why }) => `\`${path}\` (${why})`);
    return `${plural(changed, "changed file")}; outside the plan, with a reason that a reviewer accepts: ${several(explained, ", ")}.`;
  },
  "no-plan": () => "There is no plan to compare the changed files with.",
  "not-accepted": ({ files }) =>
    `${names(files)} changed without being in the plan. Only the author's own reason speaks for that; a reviewer or a person has to accept it.`,
  unexplained: ({ files }) => `${names(files)} changed without being in the plan, and nobody said why.`,
  "too-many-files": ({ changed, filesMax }) => `${plural(changed, "file")} changed; the policy allows ${filesMax}.`,
  "nothing-changed": () => "No file changed.",
};
