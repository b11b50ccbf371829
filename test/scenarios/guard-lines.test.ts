import { afterAll, afterEach, describe, expect, it } from "@jest/globals";
import { closeShared, NO_SANDBOX, raise, type Stage, strike } from "../support/scenario.ts";
import {
  GREETER,
  labelled,
  LOUD,
  LOUD_TEST,
  loudStory,
  policy,
  pullOf,
  raiseChecked,
  write,
} from "../support/stories.ts";

afterEach(strike);
afterAll(closeShared);

const CHANGE = { "src/greet.js": LOUD, "test/loud.test.js": LOUD_TEST };
const STUB = `${LOUD}\nexport function whisper(name) {}\n`;
const GUARDING = { ...GREETER, ...policy("gate: { pulls: all }", "proof: { mutationsMax: 0 }") };

/** The newest `coop/proof` on a commit, with what stands beside its lines. */
function proofOn(stage: Stage, headSha: string) {
  const runs = [...stage.repo.state.runs.values()].filter((one) => one.suite.headSha === headSha);
  const run = runs.filter(({ name }) => name === "coop/proof").at(-1);
  const beside = (run?.annotations ?? []).map((one) => `${String(one["path"])}:${String(one["start_line"])} ${String(one["annotation_level"])} ${String(one["message"])}`); // prettier-ignore
  return { conclusion: run?.conclusion, summary: run?.summary ?? "", beside };
}

describe("what the proof found", () => {
  it("stands beside its line of a pull request that is no ticket", async () => {
    const stage = await raise([], { files: GUARDING, people: { max: "write" } }, { sandbox: NO_SANDBOX });
    const head = stage.repo.push("max", "loud", { ...CHANGE, "src/greet.js": STUB });
    stage.repo.openPull("max", { title: "Be loud", head: "loud", base: "main", stage: "ready" });
    await stage.settle();
    const proof = proofOn(stage, head);
    expect(proof.conclusion).toBe("failure");
    expect(proof.beside).toEqual([
      expect.stringMatching(/^src\/greet\.js:5 failure No placeholders: src\/greet\.js:5/),
    ]);
  });

  it("stands beside its line of a ticket's own pull request", async () => {
    const turns = [write("src/greet.js", STUB), write("test/loud.test.js", LOUD_TEST)];
    const stage = await raiseChecked(loudStory({ role: "implementer", turns: [...turns, { call: [{ name: "finish", args: FINISHED }] }] })); // prettier-ignore
    await labelled(stage);
    const proof = proofOn(stage, stage.repo.pull(pullOf(stage)).headSha);
    expect(proof.conclusion).toBe("failure");
    expect(proof.beside).toEqual([expect.stringMatching(/^src\/greet\.js:5 failure No placeholders: /)]);
  });
});

const FINISHED = { summary: "Loud.", logic: [], assumptions: [], verification: [], limitations: [], unplanned: [], answers: [] }; // prettier-ignore

describe("a merge in a pull request", () => {
  const FIX = 'export function greet(name) {\n  return `Hello, ${name.replaceAll("<", "")}`;\n}\n';

  it.each([
    [
      "that keeps the branch's own tree is named, with what it left out",
      "ours",
      "leaves out what one of its sides had changed in `src/other.js`",
    ],
    ["that takes both sides is not", "both", null],
  ])("%s", async (_what, how, said) => {
    const files = { ...GUARDING, "src/other.js": GREETER["src/greet.js"] };
    const stage = await raise([], { files, people: { max: "write" } }, { sandbox: NO_SANDBOX });
    const work = stage.repo.push("max", "loud", CHANGE);
    const main = stage.repo.push("mona", "main", { "src/other.js": FIX });
    const { git } = stage.repo.state;
    const [mine, theirs] = [git.commit(work), git.commit(main)];
    const tree = how === "ours" ? mine.tree : git.writeFiles(new Map([...git.filesOf(main), ...git.filesOf(work)].map(([path, file]) => [path, path === "src/other.js" ? git.filesOf(main).get(path) ?? file : file]))); // prettier-ignore
    const merge = git.writeCommit({ ...mine, tree, parents: [work, main], message: "Take main in" });
    stage.repo.forcePush("max", "loud", merge);
    stage.repo.openPull("max", { title: "Be loud", head: "loud", base: "main", stage: "ready" });
    await stage.settle();
    const { summary } = proofOn(stage, merge);
    expect(theirs.tree).not.toBe(mine.tree);
    if (said === null) expect(summary).not.toContain("leaves out");
    else expect(summary).toContain(`The merge ${merge.slice(0, 7)} ${said}`);
  });
});
