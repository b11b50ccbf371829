import type { None, Of, Strings } from "../core/ticket/proof-fact-parts.ts";
import { said, type Sentences } from "./proof/by-code.ts";

/** What is wrong with one setting of a policy or a server's file. What the parser says of a value stands there as it is. */
type SettingFacts = {
  aliases: None;
  missing: { path: string };
  wrong: { path: string; says: string };
  /** `meant`: the name that is nearly this one; `known`: those that there are. */
  unknown: { path: string; meant: string | null; known: Strings };
};
export type SettingProblem = Of<SettingFacts>;

const SETTINGS: Sentences<SettingFacts> = {
  aliases: () => "anchors and aliases (`&name`, `*name`) are not read here",
  missing: ({ path }) => (path === "" ? "is missing" : `\`${path}\` is missing`),
  wrong: ({ path, says }) => at(path, says),
  unknown: ({ path, meant, known }) => {
    const hint = meant ? `Did you mean \`${meant}\`?` : known.length > 0 ? `There are ${known.join(", ")}.` : "";
    return `\`${path}\` is no setting. ${hint}`.trim();
  },
};

export function settingInWords(problem: SettingProblem): string {
  return said(SETTINGS, problem);
}

/** The file itself has no path. */
function at(path: string, says: string): string {
  return path === "" ? says : `\`${path}\`: ${says}`;
}
