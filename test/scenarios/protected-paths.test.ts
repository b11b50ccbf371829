import { afterAll, afterEach, describe, expect, it } from "@jest/globals";
import type { ScriptEntry } from "../../src/models/script.ts";
import { closeShared, strike } from "../support/scenario.ts";
import {
  finish,
  fixes,
  GREETER,
  labelled,
  LOUD,
  LOUD_TEST,
  loudStory,
  NAMED,
  pullOf,
  raiseChecked,
  replies,
  says,
  words,
  write,
  sees,
} from "../support/stories.ts";

afterEach(strike);
afterAll(closeShared);

const LOCK = { "package-lock.json": '{ "lockfileVersion": 3 }\n' };
const REPOSITORY = { files: { ...GREETER, ...LOCK } };
const loud = [write("src/greet.js", LOUD), write("test/loud.test.js", LOUD_TEST)];

/** It writes what the plan says, and one file more. */
function alsoWrites(path: string, content: string): ScriptEntry {
  const unplanned = [{ path, why: "The change does not build without it." }];
  return {
    role: "implementer",
    when: { task: "implement" },
    turns: [...loud, write(path, content), finish({ unplanned })],
  };
}
/** What a reviewer says of it; its author's reason alone counts for nothing. */
function accepts(path: string): ScriptEntry[] {
  const outside = [path];
  return [sees("reviewer", undefined, { outside }), sees("adversary", undefined, { outside })];
}
const TOUCHES_LOCK = alsoWrites("package-lock.json", '{ "lockfileVersion": 2 }\n');

describe("a change of protected files", () => {
  it("waits for a yes to exactly these, then for the yes to the merge", async () => {
    const stage = await raiseChecked(loudStory(TOUCHES_LOCK, ...accepts("package-lock.json")), REPOSITORY);
    const issue = await labelled(stage);
    expect(await stage.phase(issue)).toBe("blocked");
    expect((await stage.ticket(issue)).halt).toMatchObject({
      reason: "protected-paths",
      details: ["package-lock.json"],
    });
    expect(words(stage, pullOf(stage))).toContain("`/coop approve` accepts exactly these files at this commit");
    await says(stage, "rita", issue, "/coop approve");
    await says(stage, "mona", issue, "/coop resume");
    expect(await stage.phase(issue)).toBe("blocked");
    await says(stage, "mona", issue, "/coop approve");
    const { headSha } = stage.repo.pull(pullOf(stage));
    expect((await stage.ticket(issue)).protectedAccepted).toMatchObject({
      by: "mona",
      headSha,
      paths: ["package-lock.json"],
    });
    expect(await stage.phase(issue)).toBe("ready");
    expect(stage.repo.pull(pullOf(stage)).mergedSha).toBeNull();
    await says(stage, "mona", issue, "/coop approve");
    expect(await stage.phase(issue)).toBe("merged");
  });

  it("is asked about again on every new commit", async () => {
    const stage = await raiseChecked(loudStory(TOUCHES_LOCK, ...accepts("package-lock.json")), REPOSITORY);
    const issue = await labelled(stage);
    await says(stage, "mona", issue, "/coop approve");
    expect(await stage.phase(issue)).toBe("ready");
    stage.repo.push("mona", stage.repo.pull(pullOf(stage)).headBranch, { "jest.config.js": "export default {};\n" });
    await stage.settle();
    expect(await stage.phase(issue)).toBe("blocked");
  });

  it("can be taken back instead", async () => {
    const takesBack = fixes(1, [], write("package-lock.json", LOCK["package-lock.json"]));
    const stage = await raiseChecked(loudStory(TOUCHES_LOCK, takesBack, ...accepts("package-lock.json")), REPOSITORY);
    const issue = await labelled(stage);
    await says(stage, "mona", issue, "/coop rework Leave the lockfile alone.");
    expect(await stage.phase(issue)).toBe("ready");
    expect((await stage.ticket(issue)).protectedAccepted).toBeNull();
  });

  it("keeps the reasons of earlier rounds for files outside the plan", async () => {
    const goesOn = fixes(1, [], write("src/greet.js", NAMED));
    const stage = await raiseChecked(loudStory(alsoWrites("NEWS.md", "- louder\n"), goesOn, ...accepts("NEWS.md")));
    const issue = await labelled(stage);
    await says(stage, "mona", issue, "/coop rework Greet nobody as you.");
    expect(await stage.phase(issue)).toBe("ready");
    expect((await stage.ticket(issue)).change?.last?.unplanned.map((one) => one.path)).toEqual(["NEWS.md"]);
  });

  it("cannot reach workflows at all: GitHub itself refuses them", async () => {
    const stage = await raiseChecked(loudStory(alsoWrites(".github/workflows/ci.yml", "on: push\n")), REPOSITORY);
    const issue = await labelled(stage);
    expect(await stage.phase(issue)).toBe("blocked");
    expect(stage.repo.numbers("pull")).toEqual([]);
    expect(words(stage, issue)).toContain("The App may not write under `.github/workflows/`");
    await says(stage, "mona", issue, "/coop approve");
    expect((await replies(stage, issue)).at(-1)).toContain("The ticket is blocked");
  });
});
