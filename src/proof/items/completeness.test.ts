import { afterAll, describe, expect, it } from "@jest/globals";
import { worded } from "../../../test/support/worded-proof.ts";
import type { FileDiff } from "../../trees/diff.ts";
import type { ProofFacts } from "../evidence.ts";
import type { Mutant } from "../languages/mutants/mutants.ts";
import { openSyntax } from "../languages/syntax/parser.ts";
import { completeness as found } from "./completeness.ts";
import type { Fate, Trial, Tried } from "./try-mutants.ts";

/** As people read it. */
const completeness = async (...given: Parameters<typeof found>) => worded(await found(...given));

const syntax = openSyntax();
afterAll(() => syntax.close());

const TEXT = `export class Settings {
  set() { throw new TypeError("Settings are read-only"); }
}
`;
const modes = { modeBefore: "100644" as const, modeAfter: "100644" as const };
const addedLines = TEXT.split("\n").map((text, at) => ({ line: at + 1, text }));
const file = { path: "a.js", action: "create", ...modes, kind: "text", before: "", after: TEXT, added: 3, removed: 0, addedLines, hunks: [] } as FileDiff; // prettier-ignore
const facts = { files: [file], syntax, weakened: [] } as unknown as ProofFacts;

const made = (kind: Mutant["kind"], line: number, fate: Fate, path = "a.js"): Tried => ({
  ...{ fate, by: fate === "noticed" ? ["test"] : [] },
  mutant: { path, line, kind, within: line, from: "throw …", to: "nothing", text: () => "" },
});
const after = async (tried: readonly Tried[]) => {
  const trial: Trial = { outcome: "tried", tried, suspects: [], rewritten: new Map(), built: new Map() };
  const { code, details } = await completeness(facts, trial);
  return { code, details };
};

describe("a function that only throws, which may be meant", () => {
  it("is left undone where no test notices that it does nothing", async () => {
    expect(await after([made("emptied", 2, "survived")])).toEqual({
      code: "left-undone",
      details: ["a.js:2 the function `set` that only throws, which no test needs"],
    });
  });

  it.each<[string, readonly Tried[]]>([
    ["a test notices it", [made("emptied", 2, "noticed")]],
    ["what survived is another change of it", [made("constant", 2, "survived")]],
    ["what survived stands on another line", [made("emptied", 3, "survived")]],
    ["what survived stands in another file", [made("emptied", 2, "survived", "b.js")]],
    ["nothing was tried", []],
  ])("is complete where %s", async (_what, tried) => {
    expect(await after(tried)).toEqual({ code: "complete", details: [] });
  });
});
