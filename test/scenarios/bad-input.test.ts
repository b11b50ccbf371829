import { afterAll, afterEach, describe, expect, it } from "@jest/globals";
import { closeShared, raise, type Stage, strike } from "../support/scenario.ts";
import { GREETER, ISSUE, labelled, loudStory, policy, raiseChecked, says } from "../support/stories.ts";

afterEach(strike);
afterAll(closeShared);

/** What the bot said last about standing still, as people read it. */
const lastHalt = async (stage: Stage, number: number) => {
  const halt = (await stage.ticket(number)).halt;
  return { reason: halt?.reason, sentence: halt?.sentence, details: halt?.details };
};
const heard = (stage: Stage, ...numbers: number[]) => numbers.flatMap((number) => stage.said(number)).join("\n");

describe("a policy file that is wrong", () => {
  const cases = [
    ["broken YAML", ["planGate: by-risk", "limits: {usdPerTicket: 5"], "limits: {usdPerTicket: 5", 2],
    ["a wrong type", ["limits:", "  fixRounds: many"], "fixRounds: many", 2],
    ["an unknown key", ["planGate: never", "autoMerge: true"], "autoMerge: true", 2],
    ["a model that is not there", ["pin:", "  architect: nobody"], "nobody", null],
  ] as const;
  it.each(cases)(
    "is quoted in the thread, and /coop retry goes on when it is mended: %s",
    async (_, lines, quote, at) => {
      const stage = await raiseChecked(loudStory(), { files: policy(...lines) });
      const issue = await labelled(stage);
      expect(await stage.phase(issue)).toBe("blocked");
      expect((await lastHalt(stage, issue)).reason).toBe("policy-invalid");
      expect(heard(stage, issue)).toContain(quote);
      if (at !== null) expect(heard(stage, issue)).toContain(`.github/coop.yml\` line ${at}`);
      expect(await stage.kinds(issue)).toEqual(["opened", "halted"]);
      stage.repo.push("mona", "main", policy("planGate: never"));
      await says(stage, "mona", issue, "/coop retry");
      expect(await stage.phase(issue)).toBe("ready");
    },
  );
});

describe("an issue that is not what it seems", () => {
  it("has no text: it is asked about without asking a model", async () => {
    const stage = await raiseChecked([]);
    const issue = await labelled(stage, "coop", { title: "Loud", body: "  \n" });
    expect(await stage.phase(issue)).toBe("question");
    expect(heard(stage, issue)).toContain("The ticket has no description.");
    expect((await stage.ticket(issue)).spend.calls).toBe(0);
  });

  it("is closed midway and reopened", async () => {
    const stage = await raiseChecked(loudStory(), { files: policy("planGate: always") });
    const issue = await labelled(stage);
    stage.repo.close("mona", issue);
    await stage.settle();
    expect(await stage.phase(issue)).toBe("parked");
    expect(heard(stage, issue)).toContain("Somebody closed the issue before the ticket was done.");
    stage.repo.reopen("mona", issue);
    await says(stage, "mona", issue, "/coop resume");
    expect(await stage.phase(issue)).toBe("plan-approval");
    await says(stage, "mona", issue, "/coop approve");
    expect(await stage.phase(issue)).toBe("ready");
  });

  it("is resumed while it is still closed: it says so again and does nothing", async () => {
    const stage = await raiseChecked(loudStory(), { files: policy("planGate: always") });
    const issue = await labelled(stage);
    stage.repo.close("mona", issue);
    await stage.settle();
    await says(stage, "mona", issue, "/coop resume");
    expect(await stage.phase(issue)).toBe("parked");
    expect((await stage.kinds(issue)).filter((kind) => kind === "halted")).toHaveLength(2);
  });

  it("is moved to another repository: the ticket ends", async () => {
    const stage = await raiseChecked(loudStory(), { files: policy("planGate: always") });
    const issue = await labelled(stage);
    const other = stage.forge.createRepo({ fullName: `acme/other${Date.now()}`, people: { mona: "write" } });
    stage.repo.transfer("mona", issue, other);
    await stage.settle();
    expect(await stage.phase(issue)).toBe("stopped");
    expect((await stage.entries(issue)).at(-1)?.data).toMatchObject({
      why: "The issue was deleted or moved to another repository.",
    });
  });

  it("is deleted: the ticket ends", async () => {
    const stage = await raiseChecked(loudStory(), { files: policy("planGate: always"), people: { root: "admin" } });
    const issue = await labelled(stage);
    stage.repo.deleteIssue("root", issue);
    await stage.settle();
    expect(await stage.phase(issue)).toBe("stopped");
    expect((await stage.app().queue.depth()).dead).toBe(0);
  });

  it("loses its label and gets it back", async () => {
    const stage = await raiseChecked(loudStory(), { files: policy("planGate: always") });
    const issue = await labelled(stage);
    stage.repo.removeLabel("mona", issue, "coop");
    await stage.settle();
    expect(await stage.phase(issue)).toBe("parked");
    expect(heard(stage, issue)).toContain("Somebody removed the label that started this ticket.");
    expect(stage.labels(issue)).toEqual(["coop:parked"]);
    stage.repo.addLabel("mona", issue, "coop");
    await stage.settle();
    expect(await stage.phase(issue)).toBe("plan-approval");
    expect(stage.labels(issue).sort()).toEqual(["coop", "coop:plan-approval"]);
  });
});

describe("a pull request that somebody else handles", () => {
  const ready = async () => {
    const stage = await raiseChecked(loudStory());
    const issue = await labelled(stage);
    expect(await stage.phase(issue)).toBe("ready");
    return { stage, issue, pull: stage.repo.numbers("pull")[0] ?? 0 };
  };

  it("is closed by hand, reopened, resumed and merged", async () => {
    const { stage, issue, pull } = await ready();
    stage.repo.close("mona", pull);
    await stage.settle();
    expect(await lastHalt(stage, issue)).toMatchObject({ reason: "pull-request-closed" });
    expect(heard(stage, issue, pull)).toContain("The pull request was closed without a merge");
    stage.repo.reopen("mona", pull);
    await says(stage, "mona", pull, "/coop resume");
    expect(await stage.phase(issue)).toBe("ready");
    await says(stage, "mona", pull, "/coop approve");
    expect(await stage.phase(issue)).toBe("merged");
  });

  it("loses its branch: nothing is lost, and restoring it goes on", async () => {
    const { stage, issue, pull } = await ready();
    const { headSha, headBranch } = stage.repo.pull(pull);
    stage.repo.deleteBranch("mona", headBranch);
    await stage.settle();
    expect(await stage.phase(issue)).toBe("parked");
    expect(heard(stage, issue, pull)).toContain("Deleting its branch also closes a pull request");
    stage.repo.forcePush("mona", headBranch, headSha);
    stage.repo.reopen("mona", pull);
    await says(stage, "mona", pull, "/coop resume");
    expect(await stage.phase(issue)).toBe("ready");
  });
});

describe("an empty repository", () => {
  it("is said to be one", async () => {
    const stage = await raise(loudStory(), { files: GREETER });
    const bare = stage.forge.createRepo({ fullName: `acme/bare${Date.now()}`, people: { mona: "write" } });
    bare.deleteBranch("mona", "main");
    const issue = bare.openIssue("mona", ISSUE);
    bare.addLabel("mona", issue, "coop");
    await stage.settle();
    expect(
      bare
        .thread(issue)
        .comments.map((one) => one.body)
        .join(),
    ).toContain("The repository may be empty");
    expect([...bare.thread(issue).labels]).toContain("coop:blocked");
  });
});
