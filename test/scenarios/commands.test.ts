import { afterAll, afterEach, describe, expect, it } from "@jest/globals";
import { closeShared, scripted, strike, type Stage } from "../support/scenario.ts";
import {
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

const PEOPLE = { tom: "triage", max: "maintain", ada: "admin", nina: "none" } as const;
/** The plan waits for a yes: a ticket that stands still and could be moved by one command. */
const GATED = { files: policy("planGate: always"), people: PEOPLE };

const WRITING = [
  "/coop approve",
  "/coop rework Do it otherwise.",
  "/coop answer Yes.",
  "/coop park",
  "/coop resume",
  "/coop retry",
  "/coop stop",
  "/coop assign reviewer=opus",
  "/coop budget +1",
  "/coop review",
];

async function gated(over: object = {}): Promise<{ stage: Stage; issue: number; before: string[] }> {
  const stage = await raiseChecked(loudStory(), { ...GATED, ...over });
  const issue = await labelled(stage);
  return { stage, issue, before: await stage.kinds(issue) };
}

/** Kinds of entries since, without answers to commands. */
async function since(stage: Stage, issue: number, before: readonly string[]): Promise<string[]> {
  return (await stage.kinds(issue)).slice(before.length).filter((kind) => kind !== "commanded");
}

describe("who may command", () => {
  it.each(["rita", "tom", "stranger"])("refuses every command of %s that needs write permission", async (who) => {
    const { stage, issue, before } = await gated();
    for (const command of WRITING) stage.repo.comment(who, issue, command);
    await stage.settle();
    expect(await since(stage, issue, before)).toEqual([]);
    const said = await replies(stage, issue);
    expect(said).toHaveLength(WRITING.length);
    for (const reply of said) expect(reply).toContain("Only people with write permission on this repository");
    expect(words(stage, issue)).toContain("Only people with write permission on this repository");
    expect(await stage.phase(issue)).toBe("plan-approval");
  });

  it("follows whoever may write, maintain or administer", async () => {
    const { stage, issue, before } = await gated();
    for (const who of ["max", "ada", "mona"]) {
      await says(stage, who, issue, "/coop park");
      expect(words(stage, issue)).toContain(`${who} parked the ticket`);
      await says(stage, who, issue, "/coop resume");
    }
    expect(await since(stage, issue, before)).toEqual(Array(3).fill(["halted", "resumed"]).flat());
  });

  it("takes an error of GitHub for a no, and says so", async () => {
    const { stage, issue, before } = await gated();
    stage.forge.fail({ method: "GET", path: /\/permission$/, times: 50, status: 403 });
    await says(stage, "mona", issue, "/coop approve");
    expect(await since(stage, issue, before)).toEqual([]);
    expect(await replies(stage, issue)).toEqual([
      expect.stringContaining("GitHub did not say whether you may write to this repository"),
    ]);
    stage.forge.clearFailures();
    await says(stage, "mona", issue, "/coop approve");
    expect(await stage.phase(issue)).toBe("ready");
  });

  it("never follows a bot, not even with its own permission to write", async () => {
    const { stage, issue } = await gated();
    const before = await stage.kinds(issue);
    const comments = stage.said(issue).length;
    const token = stage.forge.installationToken("acme");
    const sent = await fetch(`${stage.forge.url}/repos/${stage.repo.fullName}/issues/${issue}/comments`, {
      method: "POST",
      headers: { authorization: `token ${token}`, "content-type": "application/json" },
      body: JSON.stringify({ body: "/coop approve" }),
    });
    expect(sent.status).toBe(201);
    await stage.settle();
    expect(await stage.kinds(issue)).toEqual(before);
    expect(stage.said(issue)).toHaveLength(comments + 1);
  });

  it("answers anybody who asks to know", async () => {
    const { stage, issue, before } = await gated();
    for (const command of ["/coop status", "/coop explain", "/coop help"]) await says(stage, "rita", issue, command);
    expect(await since(stage, issue, before)).toEqual([]);
    const [status, explain, help] = await replies(stage, issue);
    expect(status).toContain("Waiting for approval of the plan");
    expect(explain).toContain("Plan gate: the policy says always");
    expect(help).toContain("/coop budget +");
    expect(words(stage, issue)).toContain("Write each command at the start of a new comment");
  });
});

describe("what is a command", () => {
  it("is nothing but the first line of a new comment, as it stands", async () => {
    const { stage, issue } = await gated();
    const id = await says(stage, "mona", issue, "Looks good to me.");
    const before = { kinds: await stage.kinds(issue), comments: stage.said(issue).length };
    stage.repo.editComment("mona", id, "/coop approve");
    const talk = ["> /coop approve", "```\n/coop approve\n```", "    /coop approve", "/cooper approve"];
    for (const body of talk) stage.repo.comment("mona", issue, body);
    await stage.settle();
    expect(await stage.kinds(issue)).toEqual(before.kinds);
    expect(stage.said(issue)).toHaveLength(before.comments + talk.length);
    for (const body of ["Looks good to me.\n/coop approve", "<!-- -->\n/coop approve"]) {
      stage.repo.comment("mona", issue, body);
      await stage.settle();
      expect(stage.said(issue).at(-1)).toContain("looks like a command");
    }
    expect(await stage.kinds(issue)).not.toContain("plan_approved");
  });

  it("is answered with what is wrong and the help when it is misspelt", async () => {
    const { stage, issue, before } = await gated();
    const wrong = {
      "/coop": "needs a command after it",
      "/coop aprove": "Did you mean `/coop approve`?",
      "/coop approve please": "stands alone",
      "/coop rework": "Say what to change",
      "/coop budget 5": "an amount of at most 500 dollars",
      "/coop budget +100000": "an amount of at most 500 dollars",
      "/coop assign reviewer": "for example",
      "/coop assign boss=opus": "for example",
    };
    for (const [body, sentence] of Object.entries(wrong)) {
      await says(stage, "mona", issue, body);
      const reply = (await replies(stage, issue)).at(-1);
      expect(reply).toContain(sentence);
      expect(reply).toContain("`/coop help`");
    }
    expect(await since(stage, issue, before)).toEqual([]);
  });
});

describe("a command at the wrong time", () => {
  it("says why it cannot be followed while a plan waits", async () => {
    const { stage, issue, before } = await gated();
    for (const command of ["/coop resume", "/coop retry", "/coop review", "/coop answer Yes."])
      await says(stage, "mona", issue, command);
    expect(await since(stage, issue, before)).toEqual([]);
    const said = await replies(stage, issue);
    for (const reply of said.slice(0, 3)) expect(reply).toContain("The ticket is not halted");
    expect(said[3]).toContain("There is no open question on this ticket");
  });

  it("says that a parked ticket is parked, whatever is approved", async () => {
    const { stage, issue, before } = await gated();
    await says(stage, "mona", issue, "/coop park");
    await says(stage, "mona", issue, "/coop approve");
    await says(stage, "mona", issue, "/coop park");
    expect(await since(stage, issue, before)).toEqual(["halted"]);
    const [approve, park] = await replies(stage, issue);
    expect(approve).toContain("The ticket is parked");
    expect(approve).toContain("/coop resume");
    expect(park).toContain("The ticket is already parked");
  });

  it("does nothing more on a ticket that ended", async () => {
    const { stage, issue, before } = await gated();
    await says(stage, "mona", issue, "/coop stop");
    expect(await stage.phase(issue)).toBe("stopped");
    expect(stage.labels(issue)).toEqual(["coop"]);
    for (const command of WRITING) stage.repo.comment("mona", issue, command);
    await stage.settle();
    expect(await since(stage, issue, before)).toEqual(["stopped"]);
    for (const reply of await replies(stage, issue))
      expect(reply).toContain("This ticket is stopped. Open a new issue for more work.");
    expect(words(stage, issue)).toContain("Final status: stopped");
    await says(stage, "mona", issue, "/coop status");
    expect((await replies(stage, issue)).at(-1)).toContain("Stopped");
  });
});

describe("what commands do", () => {
  it("parks on the pull request and resumes on the issue", async () => {
    const stage = await raiseChecked(loudStory());
    const issue = await labelled(stage);
    const pull = pullOf(stage);
    await says(stage, "mona", pull, "/coop park");
    expect(await stage.phase(issue)).toBe("parked");
    expect(stage.labels(issue)).toEqual(["coop", "coop:parked"]);
    await says(stage, "rita", issue, "/coop resume");
    expect(await stage.phase(issue)).toBe("parked");
    await says(stage, "mona", issue, "/coop resume");
    expect(await stage.phase(issue)).toBe("ready");
    await says(stage, "mona", issue, "/coop approve");
    expect(await stage.phase(issue)).toBe("merged");
    expect(stage.labels(issue)).toEqual(["coop", "coop:merged"]);
    expect(words(stage, pull)).toContain("Final status: merged");
  });

  it("gives a role to another model, but never lets an author review", async () => {
    const { stage, issue } = await gated();
    const { assignment } = await stage.ticket(issue);
    if (!assignment) throw new Error("not assigned");
    await says(stage, "mona", issue, `/coop assign reviewer=${assignment.implementer.model}`);
    await says(stage, "mona", issue, `/coop assign implementer=${assignment.adversary.model}`);
    await says(stage, "mona", issue, "/coop assign reviewer=gemini");
    expect((await stage.ticket(issue)).assignment).toEqual(assignment);
    const [author, writer, unknown] = await replies(stage, issue);
    for (const reply of [author, writer]) expect(reply).toContain("no model reviews its own work");
    for (const other of [assignment.reviewer, assignment.adversary])
      expect(/These can: (.*)\./.exec(author ?? "")?.[1]).toContain(`\`${other.model}\``);
    expect(writer).toContain(`Only \`${assignment.implementer.model}\` can.`);
    expect(unknown).toContain("`opus`, `sol` and `terra`");
    await says(stage, "mona", issue, `/coop assign architect=${assignment.adversary.model}`);
    expect((await stage.ticket(issue)).assignment?.architect.model).toBe(assignment.adversary.model);
    expect((await replies(stage, issue)).at(-1)).toContain("is the architect from now on");
  });

  it("follows each command of a comment, in order", async () => {
    const { stage, issue, before } = await gated();
    await says(stage, "mona", issue, "/coop budget +2\n/coop status\n/coop park");
    expect(await since(stage, issue, before)).toEqual(["budget_raised", "halted"]);
    expect((await replies(stage, issue)).at(-1)).toContain("Waiting for approval of the plan");
    expect(await stage.phase(issue)).toBe("parked");
  });

  it("raises the budget by exactly what was said", async () => {
    const { stage, issue, before } = await gated();
    await says(stage, "mona", issue, "/coop budget +2.50");
    expect(await since(stage, issue, before)).toEqual(["budget_raised"]);
    expect((await stage.ticket(issue)).raisedMicroUsd).toBe(2_500_000);
    expect(words(stage, issue)).toContain("$7.50");
  });
});

describe("an issue that is no ticket", () => {
  it("is told how to become one, and strangers' typing mistakes are left alone", async () => {
    const { models, asked } = noting(scripted(loudStory()));
    const stage = await raiseChecked(models, { people: PEOPLE });
    const issue = stage.repo.openIssue("mona", ISSUE);
    await says(stage, "mona", issue, "/coop status");
    expect(words(stage, issue)).toContain("This issue is not a ticket. Put the label `coop` on an issue");
    await says(stage, "mona", issue, "/coop approve");
    expect(stage.said(issue).at(-1)).toContain("This issue is not a ticket");
    await says(stage, "mona", issue, "/coop review");
    expect(stage.said(issue).at(-1)).toContain("`/coop review` works on pull requests");
    await says(stage, "mona", issue, "/coop nonsense");
    expect(stage.said(issue).at(-1)).toContain("is not a command");
    const before = stage.said(issue).length;
    await says(stage, "stranger", issue, "/coop nonsense");
    expect(stage.said(issue)).toHaveLength(before + 1);
    expect(await stage.entries(issue)).toEqual([]);
    expect(asked).toEqual([]);
  });

  it("is not taken up when somebody without write permission labels it", async () => {
    const { models, asked } = noting(scripted(loudStory()));
    const stage = await raiseChecked(models, { people: PEOPLE });
    const issue = stage.repo.openIssue("tom", ISSUE);
    stage.repo.addLabel("tom", issue, "coop");
    await stage.settle();
    expect(await stage.entries(issue)).toEqual([]);
    expect(words(stage, issue)).toContain("Only people with write permission on this repository can start a ticket");
    expect(asked).toEqual([]);
    stage.repo.removeLabel("mona", issue, "coop");
    stage.repo.addLabel("mona", issue, "coop");
    await stage.settle();
    expect(await stage.phase(issue)).toBe("ready");
  });

  it("cannot be a pull request: that one is told about /coop review", async () => {
    const stage = await raiseChecked(loudStory(), { people: PEOPLE });
    stage.repo.push("mona", "loud", { "src/greet.js": "export {};\n" });
    const pull = stage.repo.openPull("mona", { title: "Loud", head: "loud", base: "main" });
    stage.repo.addLabel("mona", pull, "coop");
    await stage.settle();
    expect(await stage.entries(pull)).toEqual([]);
    expect(words(stage, pull)).toContain("say `/coop review`");
  });
});

describe("a label that forces the type", () => {
  it("is believed more than the words of the issue", async () => {
    const stage = await raiseChecked(loudStory(), { files: policy("planGate: always") });
    for (const type of ["feature", "refactor", "docs"]) {
      const issue = await labelled(stage, `coop:${type}`);
      expect((await stage.ticket(issue)).route?.type).toBe(type);
      expect(words(stage, issue)).toContain(`Type ${type}: a person said so`);
    }
  });
});
