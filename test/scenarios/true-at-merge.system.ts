import { afterAll, afterEach, describe, expect, it } from "@jest/globals";
import { closeShared, raise, type Stage, strike } from "../support/scenario.ts";
import { BRIEF_PROOF, GREETER, ISSUE, labelled, loudStory, raiseChecked, says } from "../support/stories.ts";

/** What was proven has become false, or may have, before somebody says yes: nothing merges on what was true once. */
afterEach(strike);
afterAll(closeShared);

type Ready = { readonly stage: Stage; readonly issue: number; readonly pull: number };

async function readyOn(stage: Stage, title: string = ISSUE.title): Promise<Ready> {
  const issue = await labelled(stage, "coop", { ...ISSUE, title });
  expect(await stage.phase(issue)).toBe("ready");
  return { stage, issue, pull: stage.repo.numbers("pull")[0] ?? 0 };
}
const checked = async () => readyOn(await raiseChecked(loudStory(), { people: { root: "admin", rita: "write" } }));
const run = async () =>
  readyOn(await raise(loudStory(), { files: { ...GREETER, ...BRIEF_PROOF }, people: { root: "admin" } }));

const merges = (stage: Stage) => stage.forge.requests.filter((one) => /\/pulls\/\d+\/merge$/.test(one.path));
const proofs = async ({ stage, issue }: Ready) =>
  (await stage.kinds(issue)).filter((kind) => kind === "proof_collected").length;
const headOf = ({ stage, pull }: Ready) => stage.repo.pull(pull).headSha;
const preview = (one: Ready, state: "pending" | "success") =>
  one.stage.repo.setStatus("root", { sha: headOf(one), context: "deploy/preview", state });

describe("a base branch", () => {
  it("that got a test which this change breaks keeps it from merging, with the test's name", async () => {
    const one = await run();
    const quiet = `import assert from "node:assert/strict";\nimport { test } from "node:test";\nimport { greet } from "../src/greet.js";\n\ntest("takes one argument", () => assert.equal(greet.toString().includes("loud"), false));\n`;
    one.stage.repo.push("mona", "main", { "test/quiet.test.js": quiet });
    await one.stage.settle();
    await says(one.stage, "mona", one.pull, "/coop approve");
    expect(await one.stage.phase(one.issue)).not.toBe("merged");
    expect(one.stage.repo.files().get("src/greet.js")?.toString()).not.toContain("loud");
    expect(one.stage.said(one.pull).join("\n")).toContain("takes one argument");
  });

  it("that moved on and was set back is the one that was proven", async () => {
    const one = await run();
    const was = one.stage.repo.head("main");
    one.stage.repo.push("mona", "main", { "docs/news.md": "# News\n" });
    await one.stage.settle();
    one.stage.repo.forcePush("root", "main", was);
    await one.stage.settle();
    await says(one.stage, "mona", one.pull, "/coop approve");
    expect(await one.stage.phase(one.issue)).toBe("merged");
    expect(one.stage.repo.files().has("docs/news.md")).toBe(false);
  });

  it("of another release, and the first one again, voids the yes that was given between", async () => {
    const one = await checked();
    one.stage.repo.push("mona", "release-1", { ...GREETER, "docs/old.md": "# Old\n" });
    await one.stage.settle();
    const before = await proofs(one);
    one.stage.repo.retarget("mona", one.pull, "release-1");
    await one.stage.settle();
    // The yes waits for a check, and still waits when the first branch is back.
    preview(one, "pending");
    await one.stage.settle();
    await says(one.stage, "mona", one.pull, "/coop approve");
    expect((await one.stage.kinds(one.issue)).at(-1)).toBe("merge_approved");
    one.stage.repo.retarget("mona", one.pull, "main");
    await one.stage.settle();
    preview(one, "success");
    await one.stage.settle();
    expect(await one.stage.phase(one.issue)).toBe("ready");
    expect(merges(one.stage)).toHaveLength(0);
    expect(await proofs(one)).toBe(before + 2);
    await says(one.stage, "mona", one.pull, "/coop approve");
    expect(await one.stage.phase(one.issue)).toBe("merged");
    expect(one.stage.repo.files().get("src/greet.js")?.toString()).toContain("loud");
    expect(one.stage.repo.files("release-1").get("src/greet.js")?.toString()).not.toContain("loud");
  });
});

it("a yes that was written while the pull request went to another branch, and is heard when the first one is back, merges nothing", async () => {
  const one = await checked();
  one.stage.repo.push("mona", "release-1", { ...GREETER, "docs/old.md": "# Old\n" });
  await one.stage.settle();
  const before = await proofs(one);
  one.stage.repo.retarget("mona", one.pull, "release-1");
  one.stage.repo.comment("mona", one.pull, "/coop approve");
  one.stage.repo.retarget("mona", one.pull, "main");
  await one.stage.settle();
  expect(merges(one.stage)).toHaveLength(0);
  expect(await one.stage.phase(one.issue)).toBe("ready");
  expect(await proofs(one)).toBeGreaterThan(before);
  // Which of the two depends on whether the other branch was written down before or after the comment came in.
  expect(one.stage.said(one.pull).join("\n")).toMatch(/It now goes to `main`\. Read the proof|nothing to approve yet/);
  await says(one.stage, "mona", one.pull, "/coop approve");
  expect(await one.stage.phase(one.issue)).toBe("merged");
  expect(one.stage.repo.files().get("src/greet.js")?.toString()).toContain("loud");
});

it("a yes that was written while another commit was the head, and is heard when the first one is back, merges nothing", async () => {
  const one = await checked();
  const { headBranch, headSha } = one.stage.repo.pull(one.pull);
  one.stage.repo.push("rita", headBranch, { "docs/more.md": "# More\n" });
  one.stage.repo.comment("mona", one.pull, "/coop approve");
  one.stage.repo.forcePush("rita", headBranch, headSha);
  await one.stage.settle();
  expect(merges(one.stage)).toHaveLength(0);
  await says(one.stage, "mona", one.pull, "/coop approve");
  expect(await one.stage.phase(one.issue)).toBe("merged");
  expect(one.stage.repo.files().has("docs/more.md")).toBe(false);
});

describe("checks of a head that was proven", () => {
  it("among more than a hundred, one of which turns red on the last page, keep it from merging", async () => {
    const one = await checked();
    for (let at = 0; at < 130; at += 1)
      one.stage.repo.setStatus("root", { sha: headOf(one), context: `lane/${at}`, state: at === 129 ? "failure" : "success" }); // prettier-ignore
    await one.stage.settle();
    await says(one.stage, "mona", one.pull, "/coop approve");
    expect(await one.stage.phase(one.issue)).not.toBe("merged");
    expect(one.stage.said(one.pull).join("\n")).toContain("lane/129");
  });

  it("that wait are waited for, and merge with their green", async () => {
    const one = await checked();
    preview(one, "pending");
    await one.stage.settle();
    await says(one.stage, "mona", one.pull, "/coop approve");
    expect(await one.stage.phase(one.issue)).not.toBe("merged");
    expect(merges(one.stage)).toHaveLength(0);
    preview(one, "success");
    await one.stage.settle();
    if ((await one.stage.phase(one.issue)) !== "merged") await says(one.stage, "mona", one.pull, "/coop approve");
    expect(await one.stage.phase(one.issue)).toBe("merged");
  });
});

describe("a head", () => {
  it("that whoever approves has pushed alone is not merged by that one's word", async () => {
    const one = await checked();
    const { headBranch } = one.stage.repo.pull(one.pull);
    one.stage.repo.push("rita", headBranch, { "docs/more.md": "# More\n" });
    await one.stage.settle();
    await says(one.stage, "rita", one.pull, "/coop approve");
    expect(await one.stage.phase(one.issue)).not.toBe("merged");
    expect(merges(one.stage)).toHaveLength(0);
  });

  it("that arrives in the merge queue takes the yes away", async () => {
    const one = await checked();
    one.stage.repo.protect("root", { queue: "required" });
    await says(one.stage, "mona", one.pull, "/coop approve");
    expect(one.stage.repo.state.queue).toEqual([one.pull]);
    const before = await proofs(one);
    one.stage.repo.push("rita", one.stage.repo.pull(one.pull).headBranch, { "docs/more.md": "# More\n" });
    await one.stage.settle();
    expect(await one.stage.phase(one.issue)).not.toBe("merged");
    expect(merges(one.stage)).toHaveLength(1);
    one.stage.repo.runQueue("green");
    await one.stage.settle();
    expect(one.stage.repo.files().has("docs/more.md") && before === (await proofs(one))).toBe(false);
  });

  it("whose issue asks to skip CI in its title is merged without these words", async () => {
    const stage = await raiseChecked(loudStory(), { people: { root: "admin" } });
    const one = await readyOn(stage, `${ISSUE.title} [skip ci] [no ci]`);
    await says(stage, "mona", one.pull, "/coop approve");
    const { headSha, mergedSha } = stage.repo.pull(one.pull);
    for (const sha of [headSha, mergedSha ?? ""])
      expect(stage.repo.state.git.commit(sha).message).not.toMatch(/\[(skip ci|no ci|ci skip)\]/i);
  });
});
