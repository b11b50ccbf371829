import { afterAll, afterEach, describe, expect, it } from "@jest/globals";
import type { Entry } from "../../src/core/ledger/chain.ts";
import { closeShared, scripted, type Stage, strike } from "../support/scenario.ts";
import {
  aPlan,
  ISSUE,
  labelled,
  loudStory,
  noting,
  policy,
  pullOf,
  raiseChecked,
  replies,
  says,
  words,
} from "../support/stories.ts";

afterEach(strike);
afterAll(closeShared);

const GATED = { files: policy("planGate: always") };
const SECOND_PLAN = aPlan({ goal: "greet takes a loud option that is off by default." });
/** The Architect plans otherwise once it reads what mona asked for. */
const REPLANS = loudStory({
  role: "architect",
  when: { task: "plan", includes: "Keep callers with one argument as they are." },
  turns: [{ answer: SECOND_PLAN }],
});

async function last<K extends Entry["kind"]>(stage: Stage, issue: number, kind: K) {
  const found = (await stage.entries(issue)).findLast((entry) => entry.kind === kind);
  if (!found) throw new Error(`There is no entry ${kind}`);
  return found.data as Extract<Entry, { kind: K }>["data"];
}

describe("a plan that a person has to accept", () => {
  it("waits; the yes is bound to the plan and the text it was made for", async () => {
    const stage = await raiseChecked(loudStory(), GATED);
    const issue = await labelled(stage);
    expect(await stage.phase(issue)).toBe("plan-approval");
    expect(stage.labels(issue)).toEqual(["coop", "coop:plan-approval"]);
    expect(words(stage, issue)).toContain("Definition of Done");
    expect(stage.repo.numbers("pull")).toEqual([]);
    const planned = await last(stage, issue, "planned");
    await says(stage, "mona", issue, "/coop approve");
    const approved = await last(stage, issue, "plan_approved");
    expect(approved).toMatchObject({ by: "mona", planHash: planned.planHash, textHash: planned.textHash });
    expect(await stage.phase(issue)).toBe("ready");
    // One word of approval is for one thing: the merge is asked about anew.
    expect(stage.repo.pull(pullOf(stage)).mergedSha).toBeNull();
  });

  it("waits for a person where only the plan shows what is at stake", async () => {
    const goal = "greet takes a loud option and remembers who signed in.";
    const careful = aPlan({ goal, risks: ["Sessions of people who are signed in."] });
    const stage = await raiseChecked(
      loudStory({ role: "architect", when: { task: "plan" }, turns: [{ answer: careful }] }),
    );
    const issue = await labelled(stage);
    expect(await last(stage, issue, "routed")).toMatchObject({ risk: "low", planGate: "policy" });
    expect(await stage.phase(issue)).toBe("plan-approval");
    expect((await last(stage, issue, "planned")).dangers?.[0]).toBe('auth in the goal ("signed in")');
    expect(words(stage, issue)).toContain("More risk than the ticket showed.");
    expect(words(stage, issue)).not.toContain("No approval needed");
    await says(stage, "mona", issue, "/coop approve");
    expect(await stage.phase(issue)).toBe("ready");
  });

  it("is made anew after /coop rework, with what was asked for", async () => {
    const stage = await raiseChecked(REPLANS, GATED);
    const issue = await labelled(stage);
    const first = await last(stage, issue, "planned");
    await says(stage, "mona", issue, "/coop rework Keep callers with one argument as they are.");
    expect(await stage.phase(issue)).toBe("plan-approval");
    const second = await last(stage, issue, "planned");
    expect(second.plan.goal).toBe(SECOND_PLAN.goal);
    expect(second.planHash).not.toBe(first.planHash);
    await says(stage, "mona", issue, "/coop approve");
    expect((await last(stage, issue, "plan_approved")).planHash).toBe(second.planHash);
    expect(await stage.phase(issue)).toBe("ready");
  });

  it("is not accepted by a yes that was said before it stood there", async () => {
    const { models } = noting(scripted(REPLANS));
    let whileItThinks = async () => {};
    const slow = models.map((model) => ({
      ...model,
      ask: async (...question: Parameters<typeof model.ask>) => {
        await whileItThinks();
        return model.ask(...question);
      },
    }));
    const stage = await raiseChecked(slow, GATED);
    const issue = await labelled(stage);
    whileItThinks = async () => {
      whileItThinks = async () => {};
      stage.repo.comment("mona", issue, "/coop approve");
      await stage.forge.idle();
    };
    await says(stage, "mona", issue, "/coop rework Keep callers with one argument as they are.");
    expect(await stage.phase(issue)).toBe("plan-approval");
    expect((await replies(stage, issue)).at(-1)).toContain("There is nothing to approve yet");
    await says(stage, "mona", issue, "/coop approve");
    expect(await stage.phase(issue)).toBe("ready");
  });
});

describe("a text that changes between plan and approval", () => {
  const NEW =
    "As a user I would like `greet(name, { loud: true })` to end with two exclamation marks, for large halls.";

  async function edited(gate: string) {
    const stage = await raiseChecked(REPLANS, { files: policy(`planGate: ${gate}`) });
    const issue = await labelled(stage);
    stage.repo.edit("mona", issue, { body: NEW });
    await stage.settle();
    return { stage, issue };
  }

  it("is asked about; /coop approve keeps the old one", async () => {
    const { stage, issue } = await edited("always");
    expect(await stage.phase(issue)).toBe("blocked");
    expect(words(stage, issue)).toContain("title or text changed after the bot had read it");
    await says(stage, "mona", issue, "/coop resume");
    expect((await replies(stage, issue)).at(-1)).toContain("Say which text counts");
    await says(stage, "mona", issue, "/coop approve");
    expect(await last(stage, issue, "text_accepted")).toMatchObject({ taken: "old", by: "mona" });
    // That yes was about the text. The plan waits for its own.
    expect(await stage.phase(issue)).toBe("plan-approval");
    await says(stage, "mona", issue, "/coop approve");
    expect(await stage.phase(issue)).toBe("ready");
  });

  it("is asked about; /coop rework takes the new one, for which there is no plan yet", async () => {
    const { stage, issue } = await edited("always");
    const before = await last(stage, issue, "planned");
    await says(stage, "mona", issue, "/coop rework Keep callers with one argument as they are.");
    const accepted = await last(stage, issue, "text_accepted");
    expect(accepted).toMatchObject({ taken: "new", by: "mona" });
    const planned = await last(stage, issue, "planned");
    expect(planned.textHash).toBe(accepted.textHash);
    expect(planned.textHash).not.toBe(before.textHash);
    expect(await stage.phase(issue)).toBe("plan-approval");
  });

  it("goes on by itself when the old text comes back", async () => {
    const { stage, issue } = await edited("always");
    stage.repo.edit("mona", issue, { body: ISSUE.body });
    await stage.settle();
    expect(await stage.phase(issue)).toBe("plan-approval");
  });

  it("cannot slip in unseen when its webhook is lost: the text is read again before anything is built", async () => {
    const stage = await raiseChecked(loudStory(), GATED);
    const issue = await labelled(stage);
    stage.forge.setDelivery("drop");
    stage.repo.edit("mona", issue, { body: NEW });
    await stage.settle();
    stage.forge.setDelivery("send");
    await says(stage, "mona", issue, "/coop approve");
    expect(await stage.phase(issue)).toBe("blocked");
    expect((await stage.ticket(issue)).change).toBeNull();
    expect(words(stage, issue)).toContain("Please say which text counts");
  });
});

it("small work is written by whom the policy prefers for it, and the thread's ledger says so", async () => {
  for (const name of ["opus", "sol"]) {
    const stage = await raiseChecked(loudStory(), { files: policy(`prefer: { small: [${name}] }`) });
    const routed = (await stage.ticket(await labelled(stage))).route;
    expect([routed?.size, routed?.assignment.implementer.model]).toEqual(["small", name]);
    expect(routed?.assignmentReasons).toContain(`The policy prefers ${name} for work of this size and risk.`);
  }
});
