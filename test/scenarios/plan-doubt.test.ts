import { afterAll, afterEach, describe, expect, it } from "@jest/globals";
import { findingId, type Remark } from "../../src/core/ticket/finding.ts";
import type { ScriptEntry } from "../../src/models/script.ts";
import { holds, strays } from "../support/holds.ts";
import { closeShared, scripted, type Stage, strike } from "../support/scenario.ts";
import {
  aPlan,
  fixed,
  finish,
  fixes,
  FOUR_SEATS,
  IMPLEMENT,
  labelled,
  LOUD,
  LOUD_TEST,
  loudStory,
  NAMED,
  NAMELESS,
  noting,
  policy,
  pullOf,
  raiseChecked,
  resolved,
  says,
  sees,
  stillOpen,
  TRIED,
  words,
  write,
} from "../support/stories.ts";

/** The Architect is brought back where the plan can no longer be trusted, and only there. */
afterEach(strike);
afterAll(closeShared);

const OF_THE_PLAN: Remark = { ...NAMELESS, kind: "architecture" };
const ID = findingId(OF_THE_PLAN);
/** Another way, which the Architect sees once it is back. */
const ANOTHER: ScriptEntry = {
  role: "architect",
  when: { task: "plan", includes: "has left it, or open findings" },
  turns: [{ answer: aPlan({ goal: "greet takes a loud option and greets who has no name." }) }],
};
const plans = async (stage: Stage, issue: number) =>
  (await stage.entries(issue)).flatMap((one) => (one.kind === "planned" ? [one.data] : []));
const outlives = (remark: Remark): ScriptEntry[] => [
  sees("reviewer", 0, { findings: [remark] }),
  fixes(1, [fixed(findingId(remark))], TRIED),
  sees("reviewer", 1, { followUps: [stillOpen(findingId(remark))] }),
  fixes(2, [fixed(findingId(remark))], write("src/greet.js", NAMED)),
  sees("reviewer", 2, { followUps: [resolved(findingId(remark))] }),
];

describe("a blocker that outlived a round", () => {
  it("and is about the plan brings the Architect back with the change in view, and then another author writes", async () => {
    const { models, asked } = noting(scripted(loudStory(ANOTHER, ...outlives(OF_THE_PLAN)), FOUR_SEATS.pool));
    const stage = await raiseChecked(models, {}, FOUR_SEATS);
    const issue = await labelled(stage);
    expect(await stage.phase(issue)).toBe("ready");
    const [first, second, ...more] = await plans(stage, issue);
    expect([first?.again, more]).toEqual([undefined, []]);
    expect(second?.again).toContain(`${ID} outlived a fix round and is about what the plan decided`);
    const back = asked.filter(({ role }) => role === "architect").at(-1)?.context;
    for (const seen of [ID, "The whole change, base to head", "tried = 1"]) expect(back).toContain(seen);
    const kinds = await stage.kinds(issue);
    const from = kinds.lastIndexOf("planned");
    expect(kinds.slice(from, from + 4)).toEqual(["planned", "plan_approved", "assignment_changed", "implemented"]);
    expect(words(stage, pullOf(stage))).toContain("The Architect plans again before the next round");
    expect(asked.filter(({ role }) => role === "implementer").at(-1)?.context).toContain("greets who has no name");
    await holds(stage, issue);
    await says(stage, "mona", issue, "/coop approve");
    expect(await stage.phase(issue)).toBe("merged");
  });

  it("asks no Architect about a change that cannot be read", async () => {
    const { models, asked } = noting(scripted(loudStory(ANOTHER, ...outlives(OF_THE_PLAN)), FOUR_SEATS.pool));
    const stage = await raiseChecked(models, {}, FOUR_SEATS);
    const world = stage.app().world as { forge: ReturnType<Stage["app"]>["world"]["forge"] };
    const { forge } = world;
    const looks = () => asked.filter(({ role }) => role === "reviewer").length;
    const issue = 1;
    const head = async () => (await stage.entries(issue)).findLast((one) => one.kind === "implemented")?.data.headSha;
    world.forge = (repository) => {
      const real = forge(repository);
      return {
        ...real,
        snapshot: async (ref) => (looks() === 2 && ref === (await head()) ? "gone" : real.snapshot(ref)),
      };
    };
    expect(await labelled(stage)).toBe(issue);
    expect(await plans(stage, issue)).toHaveLength(1);
    expect((await stage.entries(issue)).at(-1)).toMatchObject({ kind: "halted", data: { reason: "branch-deleted" } });
  });

  it("and is about the writing leaves the plan as it is", async () => {
    const stage = await raiseChecked(loudStory(ANOTHER, ...outlives(NAMELESS)), {}, FOUR_SEATS);
    const issue = await labelled(stage);
    expect([await stage.phase(issue), (await plans(stage, issue)).length]).toEqual(["ready", 1]);
  });

  it("waits for a person's yes to the other plan where the policy wants one, or for a third plan", async () => {
    const story = loudStory(ANOTHER, ...outlives(OF_THE_PLAN));
    const stage = await raiseChecked(story, { files: policy("planGate: always") }, FOUR_SEATS);
    const issue = await labelled(stage);
    await says(stage, "mona", issue, "/coop approve");
    expect(await stage.phase(issue)).toBe("plan-approval");
    await says(stage, "mona", issue, "/coop rework Greet nobody by name");
    expect([await stage.phase(issue), (await plans(stage, issue)).length]).toEqual(["plan-approval", 3]);
    await says(stage, "mona", issue, "/coop approve");
    expect((await stage.kinds(issue)).filter((kind) => kind === "implemented").length).toBeGreaterThan(2);
    expect(await strays(stage, issue)).toEqual([]);
  });
});

describe("a change that is mostly beside its plan", () => {
  const beside = (...names: string[]): ScriptEntry => ({
    ...IMPLEMENT,
    turns: [
      write("src/greet.js", LOUD),
      write("test/loud.test.js", LOUD_TEST),
      ...names.map((name) => write(`src/${name}.js`, `export const ${name} = 1;\n`)),
      finish({ unplanned: names.map((name) => ({ path: `src/${name}.js`, why: "greet needs it." })) }),
    ],
  });
  const onceFixed = [
    sees("reviewer", 0, { findings: [NAMELESS] }),
    fixes(1, [fixed(findingId(NAMELESS))], write("src/greet.js", NAMED)),
    sees("reviewer", 1, { followUps: [resolved(findingId(NAMELESS))] }),
  ];

  it.each<[string, string[], number]>([
    ["is planned again before its next round", ["a", "b", "c"], 2],
    ["is not for as many files as the plan has", ["a", "b"], 1],
  ])("%s", async (_what, names, many) => {
    const stage = await raiseChecked(loudStory(ANOTHER, beside(...names), ...onceFixed));
    const issue = await labelled(stage);
    expect((await plans(stage, issue)).length).toBe(many);
    expect(words(stage, pullOf(stage)).includes("3 of 5 changed files are not in the plan")).toBe(many === 2);
  });

  it("is left as it is where no round is due", async () => {
    const stage = await raiseChecked(loudStory(ANOTHER, beside("a", "b", "c")));
    expect((await plans(stage, await labelled(stage))).length).toBe(1);
  });
});
