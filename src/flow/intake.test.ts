import { describe, expect, it } from "@jest/globals";
import type { Nudge, TicketHint, Trigger } from "../core/rules/trigger.ts";
import type { AtOnce } from "../queue/queue.ts";
import type { Arriving } from "../store/delivery-store.ts";
import type { IndexedTicket } from "../store/ticket-index.ts";
import { arrivalOf, type Intake, takeIn, type Told } from "./intake.ts";

/** Whom a nudge concerns, and in which lane it is heard. */
const NOW = new Date("2026-03-01T12:00:00Z");
const PLACE = { owner: "acme", name: "tally" };
const GITHUB = { kind: "github", installationId: 1, repositoryId: 2 };
const MONA = { login: "mona", id: 1, type: "User" };
const ISSUE = { number: 7, state: "open", title: "", body: "", author: MONA, labels: [], isPullRequest: false };

const row = (issueNumber: number, pullNumber: number | null, over: Partial<IndexedTicket> = {}): IndexedTicket => ({
  ...{ ticket: `acme/tally#${issueNumber}` as never, repository: "acme/tally", issueNumber, pullNumber },
  ...{ headSha: "abc", installationId: 1, phase: "reviewing", standing: "open", updatedAt: NOW, shown: null },
  ...over,
});

type Given = {
  readonly rows?: readonly IndexedTicket[];
  readonly guarded?: readonly string[];
  readonly renamed?: string;
  readonly seen?: readonly string[];
};

async function taken(came: readonly Told[], { rows = [], guarded = [], renamed, seen = [] }: Given = {}) {
  const [inbox, jobs, asked]: [string[], string[], unknown[]] = [[], [], []];
  const intake = {
    now: () => NOW,
    index: {
      byNumbers: async (places: unknown) => {
        asked.push(places);
        return [...rows];
      },
      get: async (ticket: string) => rows.find((one) => one.ticket === ticket) ?? null,
      byHeads: async (heads: readonly { repository: string; headSha: string }[]) =>
        rows.filter(
          ({ standing, repository, headSha }) =>
            standing === "open" &&
            heads.some((one) => one.repository === repository && [one.headSha, null].includes(headSha)),
        ),
    },
    repositories: { note: async () => new Map(renamed ? [[2, renamed]] : []) },
    projections: { named: async (prefix: string, kind: string) => guarded.map((one) => `${prefix}${kind && one}`) },
    queue: {
      nudgeAll: async (all: readonly AtOnce[]) => {
        jobs.push(...all.map((one) => `${one.lane} ${one.ticket} (${one.reason})`));
      },
    },
    deliveries: {
      record: async (arriving: readonly Arriving[], nudge: (tx: unknown) => Promise<void>) => {
        const fresh = arriving.filter(({ delivery }) => !seen.includes(delivery.id));
        for (const one of fresh) inbox.push(...one.inbox.map(({ ticket, source }) => `${ticket} ${source}`));
        await nudge(null);
        return arriving.map((one) => (fresh.includes(one) ? "new" : "seen"));
      },
    },
  };
  return { outcome: await takeIn(intake as unknown as Intake, came), inbox, jobs, asked };
}

const trigger = (over: Record<string, unknown>): Trigger =>
  ({ source: "s", forge: GITHUB, defaultBranch: "main", by: MONA, issue: ISSUE, ...over }) as unknown as Trigger;
const told = (hint: Omit<TicketHint, "owner" | "name">, what: Record<string, unknown>, id = "d"): Told => ({
  arrival: { id, event: "issues", action: null },
  nudges: [{ ticketHint: { ...PLACE, ...hint } as TicketHint, trigger: trigger(what) } satisfies Nudge],
});
const words = (body: string, issue: object = {}) => ({ kind: "commented", commentId: 1, body, issue: { ...ISSUE, ...issue } }); // prettier-ignore
const pull = (what: string) => ({ kind: "changed", look: "pull", what });

describe("what may make an issue a ticket", () => {
  const BOT = { ...MONA, type: "Bot" };
  it.each<[string, Record<string, unknown>, boolean]>([
    ["a start label", { kind: "labelled", label: "coop" }, true],
    ["another label", { kind: "labelled", label: "bug" }, false],
    ["a command", words("/coop status"), true],
    ["what is almost one", words("/coop stauts"), true],
    ["talk", words("Me too."), false],
    ["talk where a label of ours stands", words("Me too.", { labels: ["bug", "coop: ready"] }), true],
    ["talk where a label only has our name in it", words("Me too.", { labels: ["no-coop"] }), false],
    ["talk on a pull request of a bot", words("Nice.", { isPullRequest: true, author: BOT }), true],
    ["talk on a pull request of a person", words("Nice.", { isPullRequest: true }), false],
    ["talk on an issue of a bot", words("Nice.", { author: BOT }), false],
    ["a label taken away", { kind: "unlabelled", label: "coop" }, false],
    ["a review", { kind: "reviewed", body: "/coop approve" }, false],
    ["a change", { kind: "changed", look: "issue", what: "issue edited" }, false],
  ])("%s", async (_what, event, is) => {
    const { inbox, jobs } = await taken([told({ number: 7 }, event)]);
    expect(inbox).toEqual(is ? ["acme/tally#7 s"] : []);
    expect(jobs).toEqual(is ? ["hearing acme/tally#7 (issues d)"] : []);
    const known = await taken([told({ number: 7 }, event)], { rows: [row(7, null)] });
    expect(known.inbox).toEqual(["acme/tally#7 s"]);
  });

  it("is not a number that no issue has", async () => {
    expect((await taken([told({ number: 0 }, { kind: "labelled", label: "coop" })])).inbox).toEqual([]);
  });
});

describe("the ticket that is meant", () => {
  const rows = [row(7, 9), row(5, 9, { headSha: "def" }), row(8, null), row(4, 3, { standing: "closed" }), row(6, 2, { repository: "acme/other" })]; // prettier-ignore
  it.each<[string, Omit<TicketHint, "owner" | "name">, Record<string, unknown>, readonly string[]]>([
    ["by its issue", { number: 8 }, words("Fine."), ["acme/tally#8"]],
    ["by its pull request, the newest of two", { number: 9 }, words("Fine."), ["acme/tally#7"]],
    ["by its branch", { branch: "coop/issue-8" }, { kind: "changed", look: "pull", what: "push" }, ["acme/tally#8"]],
    ["none by a branch of nobody", { branch: "coop/issue-99" }, { kind: "changed", look: "pull", what: "push" }, []],
    ["none by another branch", { branch: "feature" }, { kind: "changed", look: "pull", what: "push" }, []],
    ["by the commit that is its head", { headSha: "def" }, { kind: "changed", look: "checks", what: "check" }, ["acme/tally#5"]],
    ["none by a commit of nobody", { headSha: "0" }, { kind: "changed", look: "checks", what: "check" }, []],
  ])("%s", async (_what, hint, event, tickets) => {
    const { inbox } = await taken([told(hint, event)], { rows });
    expect(inbox).toEqual(tickets.map((one) => `${one} s`));
  }); // prettier-ignore

  it("is asked for once for all that came together, under the name that the repository had", async () => {
    const renamed = "old-owner/old-name";
    const came = [told({ number: 8 }, words("Fine.", { labels: ["coop"], isPullRequest: true }), "a"), told({ number: 8 }, words("/coop stop", { isPullRequest: true }), "b")]; // prettier-ignore
    const found = await taken(came, { renamed });
    expect(found.asked).toEqual([[{ repository: renamed, number: 8 }]]);
    expect(found.inbox).toEqual([`${renamed}#8 s`, `${renamed}#8 s`]);
    const desk = await taken([told({ number: 8 }, { ...words("/coop status"), forge: { kind: "desk" } })], { renamed });
    expect(desk.inbox).toEqual(["acme/tally#8 s"]);
  });

  it("needs no look where it is the issue's own and is one or begins", async () => {
    const label = { kind: "labelled", label: "coop", issue: words("").issue };
    const found = await taken([told({ number: 8 }, label, "a"), told({ number: 8 }, words("/coop stop"), "b")], {
      rows,
    });
    expect(found.asked).toEqual([[]]);
    expect(found.inbox).toEqual(["acme/tally#8 s", "acme/tally#8 s"]);
    const pull = await taken([told({ number: 9 }, words("/coop stop", { isPullRequest: true }), "c")], { rows });
    expect([pull.asked, pull.inbox]).toEqual([[[{ repository: "acme/tally", number: 9 }]], ["acme/tally#7 s"]]);
  });

  it("is told once, however often something comes", async () => {
    const came = [told({ number: 8 }, words("/coop status"), "old"), told({ number: 8 }, words("/coop status"), "new")];
    const found = await taken(came, { seen: ["old"] });
    expect([found.outcome, found.jobs]).toEqual([["seen", "new"], ["hearing acme/tally#8 (issues new)"]]);
    const idle = await taken([told({ number: 8 }, words("Me too."))]);
    expect([idle.outcome, idle.jobs]).toEqual([["new"], []]);
  });
});

describe("pull requests that are no tickets", () => {
  it.each<[string, Record<string, unknown>, readonly IndexedTicket[], readonly string[]]>([
    ["are looked at when they open", pull("pull opened"), [], ["acme/tally#9 guard:s"]],
    ["are looked at when somebody asks beside the check", pull("coop/proof rerequested"), [], ["acme/tally#9 guard:s"]],
    ["are not where only a label changed", pull("pull labeled"), [], []],
    ["are not while a ticket is at work there", pull("pull opened"), [row(7, 9)], ["acme/tally#7 s"]],
    ["are again when that ticket has ended", pull("pull opened"), [row(7, 9, { standing: "closed" })], ["acme/tally#7 s", "acme/tally#9 guard:s"]],
  ])("%s", async (_what, event, rows, inbox) => {
    expect((await taken([told({ number: 9 }, event)], { rows })).inbox).toEqual(inbox);
  }); // prettier-ignore

  it("are proven anew when their base moves: twenty, the newest first", async () => {
    const push = { kind: "changed", look: "pull", what: "push to main" };
    const guarded = Array.from({ length: 22 }, (_, at) => String(at + 1));
    const { inbox, jobs } = await taken([told({ branch: "main" }, push)], { guarded });
    expect(inbox).toEqual(Array.from({ length: 20 }, (_, at) => `acme/tally#${22 - at} guard:s`));
    expect(jobs[0]).toBe("guard acme/tally#22 (issues d)");
    const other = await taken([told({ branch: "next" }, { ...push, what: "push to next" })], { guarded });
    expect(other.inbox).toEqual([]);
  });
});

it("keeps of what arrives what it is called, and how short that is", () => {
  const arrival = (payload: unknown) => arrivalOf({ id: "1", name: "issues", payload });
  expect(arrival({ action: "opened", more: 1 })).toEqual({ id: "1", event: "issues", action: "opened" });
  expect([arrival({}), arrival(null), arrival({ action: 5 })].map(({ action }) => action)).toEqual([null, null, null]);
  expect(arrival({ action: "x".repeat(5_000) }).action?.length).toBeLessThan(5_000);
});
