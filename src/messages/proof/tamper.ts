import type { Touched, TouchedAs } from "../../core/ticket/proof-fact-parts.ts";
import type { FoundSentences } from "./by-code.ts";
import { names, plural, several } from "./spelled.ts";

export const TAMPER: FoundSentences<"tamper"> = {
  untouched: () => "CI, test settings, lockfiles, ownership and instructions for tools are untouched.",
  accepted: ({ files }) =>
    `A person said yes to the change of ${plural(files.length, "protected file")}: ${names(files)}.`,
  touched: ({ files }) => {
    const what = files.map((one) => `\`${one.path}\` (${WHY[one.as](one.by)})`);
    return `A person has to say yes to the change of ${several(what, ", ")}.`;
  },
};

const WHY: Readonly<Record<TouchedAs, (by: Touched["by"]) => string>> = {
  protected: () => "protected",
  deleted: () => "protected, deleted",
  called: () => "called by the test command",
  deciding: (by) => by.join(", "),
  link: () => "a new symbolic link",
  submodule: () => "a submodule",
  settings: (by) => `${several(by, ", ")} changed`,
};
