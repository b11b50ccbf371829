import { describe, expect, it } from "@jest/globals";
import { type Told, toldFacts } from "../../../test/support/told-suites.ts";
import { worded } from "../../../test/support/worded-proof.ts";
import { failToPass } from "./fail-to-pass.ts";
import type { Fate, Trial, Tried } from "./try-mutants.ts";

const base = { old: "passed" } as const;
const head = { old: "passed", new: "passed" } as const;

const judge = async (told: Told, trial: Trial) =>
  worded(await failToPass(toldFacts(told).facts, Promise.resolve(trial)));

const tried = (...fates: readonly (readonly [Fate, ...string[]])[]): Trial => ({
  ...{ outcome: "tried", suspects: [], rewritten: new Map(), built: new Map() },
  tried: fates.map(([fate, ...by]) => ({ fate, by }) as unknown as Tried),
});

describe("new tests that nothing runs on the old code, as those of a new package", () => {
  const absent = { base, head, mixed: base } as const;
  it.each<[string, Trial, string, RegExp]>([
    ["count where they notice a change", tried(["noticed", "new"], ["survived"]), "cannot-load-before", /^On the code before the change nothing runs `test\/a\.test\.js`; on this commit 1 new test passes: `new`\.$/], // prettier-ignore
    [
      "do not where only old ones notice",
      tried(["noticed", "old"]),
      "only-loads",
      /^Nothing runs the new tests in `test\/a\.test\.js` on the code before/,
    ],
    ["leave it open where no change could be run", tried(["not-loaded"]), "only-loads-untried", /^Nothing runs the new tests in `test\/a\.test\.js` on the code before/], // prettier-ignore
  ])("%s", async (_what, trial, code, words) => {
    const item = await judge(absent, trial);
    expect([item.code, item.evidence]).toEqual([code, expect.stringMatching(words)]);
  });

  it("show nothing beside one that passes without the change", async () => {
    const more = { base, head: { ...head, more: "passed" }, mixed: { ...base, more: "passed" } } as const;
    expect(await judge(more, tried(["noticed", "new"]))).toMatchObject({ code: "passes-before" });
  });
});
