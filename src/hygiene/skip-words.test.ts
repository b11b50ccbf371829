import { describe, expect, it } from "@jest/globals";
import { withoutSkipWords } from "./skip-words.ts";

/** What GitHub's and other services' documentation names as keeping a build from running. */
const SKIPS =
  /\[(?:skip ci|ci skip|no ci|skip actions|actions skip|skip-ci|ci-skip|skip travis|skip azp|skip netlify|circleci skip)\]|^skip-checks: ?true$|\*\*\*NO_CI\*\*\*/im;

describe("words that keep CI from running", () => {
  it.each([
    ["[skip ci]", "(skip ci)"],
    ["[ci skip]", "(ci skip)"],
    ["[no ci]", "(no ci)"],
    ["[skip actions]", "(skip actions)"],
    ["[actions skip]", "(actions skip)"],
    ["[SKIP CI]", "(SKIP CI)"],
    ["[skip-ci]", "(skip-ci)"],
    ["[circleci skip]", "(circleci skip)"],
    ["***NO_CI***", "NO_CI"],
    ["skip-checks: true", "skip-checks – true"],
    ["skip-checks:true", "skip-checks –true"],
    ["Add x\n\nWhy.\n\n\nskip-checks: true\n", "Add x\n\nWhy.\n\n\nskip-checks – true\n"],
  ])("%j loses its effect and stays readable", (said, left) => {
    expect(withoutSkipWords(said)).toBe(left);
    expect(SKIPS.test(withoutSkipWords(`Title ${said} end`))).toBe(false);
  });

  it.each(["Skip ci jobs on forks", "[x] done", "a[skip]", "[CLI]: crash", "arr[no]", "skip-checks: false"])(
    "%j is left as it is",
    (text) => {
      expect(withoutSkipWords(text)).toBe(text);
    },
  );

  it("is broken in one pass, also where it is nested", () => {
    for (const text of ["[[skip ci]]", "[skip [skip ci] ci]", "[ci skip][ci skip]", "skip-checks: skip-checks: true"])
      expect(SKIPS.test(withoutSkipWords(text))).toBe(false);
  });
});
