import { afterAll, afterEach, describe, expect, it } from "@jest/globals";
import { scriptedModel } from "../../src/models/scripted.ts";
import { DEFAULT_SERVER } from "../../src/server-file.ts";
import { closeShared, POOL, scripted, type Stage, strike } from "../support/scenario.ts";
import { ISSUE, labelled, loudStory, policy, raiseChecked, replies, says } from "../support/stories.ts";
import { tapped } from "../support/tapped-models.ts";

afterEach(strike);
afterAll(closeShared);

let offsetMs = 0;
const now = () => new Date(Date.now() + offsetMs);
const DAY_MS = 24 * 60 * 60_000;
const halt = async (stage: Stage, issue: number) => (await stage.ticket(issue)).halt;

describe("a ticket's budget", () => {
  it("is checked before each call; raising it goes on and pays nothing twice", async () => {
    const tap = tapped(scripted(loudStory()));
    const stage = await raiseChecked(tap.models, { files: policy("limits:", "  usdPerTicket: 0.02") });
    const issue = await labelled(stage);
    expect(await halt(stage, issue)).toMatchObject({ as: "parked", reason: "budget" });
    expect(stage.said(issue).join("\n")).toMatch(
      /The next call of `\w+` may cost up to \\?\$0\.\d+\. This ticket has \\?\$0\.\d+ left/,
    );
    const ticket = await stage.ticket(issue);
    expect(ticket.spend.costMicroUsd).toBeLessThanOrEqual(20_000);
    await says(stage, "mona", issue, "/coop resume");
    expect((await replies(stage, issue)).at(-1)).toMatch(
      /`\/coop resume` alone does not help\. First: `\/coop budget \+[\d.]+` raises the budget and continues\./,
    );
    await says(stage, "mona", issue, "/coop budget +1");
    expect(await stage.phase(issue)).toBe("ready");
    expect(tap.repeated()).toEqual([]);
    expect((await stage.ticket(issue)).spend.calls).toBe(tap.calls.length);
  });

  it("of models without a price counts tokens, and is raised in proportion", async () => {
    const models = POOL.map((one) => scriptedModel({ ...one, script: loudStory() }));
    const stage = await raiseChecked(models, { files: policy("limits:", "  tokensPerTicket: 8000") });
    const issue = await labelled(stage);
    expect(await halt(stage, issue)).toMatchObject({ reason: "budget" });
    expect(stage.said(issue).join("\n")).toMatch(/may take up to [\d,]+ tokens. This ticket has [\d,]+ left/);
    await says(stage, "mona", issue, "/coop budget +20");
    expect(await stage.phase(issue)).toBe("ready");
  });
});

describe("a day's limits", () => {
  it("stop the spending of a repository until the next day", async () => {
    const stage = await raiseChecked(loudStory(), { files: policy("limits:", "  usdPerDay: 0.02") }, { now });
    const issue = await labelled(stage);
    expect(await halt(stage, issue)).toMatchObject({ reason: "budget" });
    expect(stage.said(issue).join("\n")).toContain("A new day starts at midnight UTC");
    await says(stage, "mona", issue, "/coop budget +5");
    expect(await stage.phase(issue)).toBe("parked");
    for (let day = 0; day < 8 && (await stage.phase(issue)) === "parked"; day++) {
      offsetMs += DAY_MS;
      await says(stage, "mona", issue, "/coop resume");
    }
    expect(await stage.phase(issue)).toBe("ready");
  });

  it("are those of an account as well, whose repositories pay together", async () => {
    const limits = { ticketsAtOnce: 2, githubWriteSpacingMs: 0, sweepMinutes: 1440, usdPerAccountAndDay: 0.02 };
    const server = { limits, sandbox: DEFAULT_SERVER.sandbox };
    const stage = await raiseChecked(loudStory(), {}, { now, config: { server } });
    const issue = await labelled(stage);
    expect(await halt(stage, issue)).toMatchObject({ as: "parked", reason: "budget" });
    expect(stage.said(issue).join("\n")).toMatch(
      /The repositories of `\w+` may together cost \\?\$0\.02\d* a day on this server, and the next call does not fit/,
    );
    for (let day = 0; day < 8 && (await stage.phase(issue)) === "parked"; day++) {
      offsetMs += DAY_MS;
      await says(stage, "mona", issue, "/coop resume");
    }
    expect(await stage.phase(issue)).toBe("ready");
  });

  it("hold when twenty issues are labelled at once", async () => {
    const stage = await raiseChecked(
      loudStory(),
      {
        files: policy("planGate: always", "limits:", "  ticketsPerDay: 3"),
      },
      { now },
    );
    const issues = Array.from({ length: 20 }, () => stage.repo.openIssue("mona", ISSUE));
    for (const issue of issues) stage.repo.addLabel("mona", issue, "coop");
    await stage.settle();
    const phases = await Promise.all(issues.map((issue) => stage.phase(issue)));
    expect(phases.filter((phase) => phase === "plan-approval")).toHaveLength(3);
    expect(phases.filter((phase) => phase === "parked")).toHaveLength(17);
    const late = issues[phases.indexOf("parked")] ?? 0;
    expect(stage.said(late).join("\n")).toContain("The policy allows 3 new tickets a day");
    await says(stage, "mona", late, "/coop budget +1");
    expect(await stage.phase(late)).toBe("plan-approval");
    const tomorrow = issues[phases.lastIndexOf("parked")] ?? 0;
    offsetMs += DAY_MS;
    await says(stage, "mona", tomorrow, "/coop resume");
    expect(await stage.phase(tomorrow)).toBe("plan-approval");
  });
});
