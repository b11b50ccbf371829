import { describe, expect, it } from "@jest/globals";
import type { Client } from "./client.ts";
import { epicActs } from "./github-epics.ts";
import { labelActs } from "./labels.ts";
import { pages } from "./pages.ts";

/** Issues, labels and lists: what is sent, and what each answer means. */
type Answer = readonly [status: number, said: unknown];
const answered = ([status, said]: Answer) => {
  if (status >= 400) throw Object.assign(new Error(String(said)), { status });
  return { status, data: said, headers: {} };
};

function clientOf(answers: Record<string, Answer>) {
  const sent: [string, unknown][] = [];
  const issues = new Proxy({}, {
    get: (_target, name: string) => async (what: unknown) => (sent.push([name, what]), answered(answers[name] ?? [200, {}])),
  }); // prettier-ignore
  const client = {
    ...{ rest: { rest: { issues } }, at: { owner: "a", repo: "b" } },
    ...{ identity: async () => ({ slug: "coop" }), line: (text: string) => `<${text}>`, body: (text: string) => `[${text}]` }, // prettier-ignore
  } as unknown as Client;
  return { client, sent };
}

describe("the issue of an epic's part", () => {
  const part = {
    title: "t",
    body: "b",
    labels: ["x", "y"],
    marker: "MARK",
    parent: 1,
    sinceIso: "2026-03-10T12:00:00Z",
  };
  const opening = async (answers: Record<string, Answer>) => {
    const { client, sent } = clientOf({ listForRepo: [200, []], ...answers });
    return { told: await epicActs(client).openIssue(part), sent };
  };

  it("is looked for since the epic began, by two clocks, and then opened", async () => {
    const { told, sent } = await opening({ create: [201, { number: 7 }] });
    expect(told).toEqual({ number: 7, state: "opened" });
    const where = { owner: "a", repo: "b" };
    expect(sent).toEqual([
      ["listForRepo", { ...where, state: "all", creator: "coop[bot]", since: "2026-03-10T11:50:00.000Z", page: 1, per_page: 100 }],
      ["create", { ...where, title: "<t>", body: "[b]", labels: ["<x>", "<y>"] }],
    ]); // prettier-ignore
  });

  it("is the one that carries its mark, and no pull request", async () => {
    const listed = [
      { number: 3, body: null },
      { number: 4, body: "a MARK b", pull_request: {} },
      { number: 5, body: "a MARK b" },
      { number: 6, body: "MARK" },
    ];
    const { told, sent } = await opening({ listForRepo: [200, listed] });
    expect([told, sent.length]).toEqual([{ number: 5, state: "found" }, 1]);
    expect((await opening({ listForRepo: [200, listed.slice(0, 2)], create: [201, { number: 7 }] })).told).toMatchObject({ number: 7 }); // prettier-ignore
  });

  it("may be refused", async () => {
    expect((await opening({ create: [410, "Issues are disabled"] })).told).toEqual({ state: "refused", reason: "Issues are disabled (410)" }); // prettier-ignore
  });

  it.each<[string, Answer, string]>([
    ["stands below its parent", [201, {}], "attached"],
    ["stood there already", [422, "Duplicate sub-issues are not allowed"], "attached"],
    ["cannot stand there", [404, "Not Found"], "unsupported"],
  ])("%s", async (_what, answer, outcome) => {
    const { client, sent } = clientOf({ get: [200, { id: 99 }], addSubIssue: answer });
    expect(await epicActs(client).attachChild(1, 7)).toBe(outcome);
    expect(sent[1]).toEqual(["addSubIssue", { owner: "a", repo: "b", issue_number: 1, sub_issue_id: 99 }]);
  });

  it("is closed as what it was", async () => {
    const { client, sent } = clientOf({});
    await epicActs(client).closeIssue(7, "not_planned");
    expect(sent).toEqual([["update", { owner: "a", repo: "b", issue_number: 7, state: "closed", state_reason: "not_planned" }]]); // prettier-ignore
  });
});

describe("a label", () => {
  const look = { colour: "ff0000", description: "d" };

  it.each<[Answer, string]>([
    [[201, {}], "created"],
    [[422, "already_exists"], "there"],
  ])("that is answered with %j is %s", async (answer, outcome) => {
    const { client, sent } = clientOf({ createLabel: answer });
    expect(await labelActs(client).createLabel({ name: "n", look })).toBe(outcome);
    expect(sent).toEqual([["createLabel", { owner: "a", repo: "b", name: "<n>", color: "ff0000", description: "<d>" }]]); // prettier-ignore
  });

  it("may be refused", async () => {
    const acts = labelActs(clientOf({ createLabel: [403, "No"] }).client);
    const away = { message: "GitHub refused to create a label: No", nature: "refused", outcome: "not-done" };
    await expect(acts.createLabel({ name: "n", look })).rejects.toMatchObject(away);
  });

  it.each<[string, Answer, readonly string[]]>([
    ["is created before it is first used", [201, {}], ["createLabel", "addLabels", "addLabels"]],
    ["is used where it stands already", [422, "already_exists"], ["createLabel", "addLabels", "addLabels"]],
    ["is tried to be created again where that was refused", [403, "No"], ["createLabel", "addLabels", "createLabel", "addLabels"]],
  ])("%s", async (_what, answer, names) => {
    const { client, sent } = clientOf({ createLabel: answer });
    const acts = labelActs(client);
    await acts.addLabel(12, { name: "n", look });
    await acts.addLabel(12, { name: "n", look });
    expect(sent.map(([name]) => name)).toEqual(names);
    expect(sent[1]).toEqual(["addLabels", { owner: "a", repo: "b", issue_number: 12, labels: ["<n>"] }]);
  }); // prettier-ignore

  it("without a look is left as GitHub makes it", async () => {
    const { client, sent } = clientOf({});
    await labelActs(client).addLabel(12, { name: "n", look: null });
    await labelActs(client).createLabel({ name: "n", look: null });
    expect(sent.map(([name]) => name)).toEqual(["addLabels", "createLabel"]);
    expect(sent[1]?.[1]).toEqual({ owner: "a", repo: "b", name: "<n>" });
  });
});

describe("a list", () => {
  const read = async (links: readonly (string | undefined)[], sizes: readonly number[] = [], most = 9) => {
    const asked: unknown[] = [];
    const all = await pages("reading", most, async (page) => {
      const at = asked.push(page) - 1;
      const link = links[at];
      return { status: 200, data: Array<number>(sizes[at] ?? 1).fill(at), headers: link === undefined ? {} : { link } };
    });
    return { all, asked };
  };
  const first = { page: 1, per_page: 100 };
  const next = (query: string) =>
    `<https://x/repositories/1/issues?${query}>; rel="next", <https://x?page=9>; rel="last"`;

  it.each<[string, readonly (string | undefined)[], readonly unknown[]]>([
    ["ends where no page follows", ['<https://x?page=1>; rel="prev"'], [first]],
    ["goes on with the page that is named", [next("page=4&per_page=3"), ""], [first, { page: 4, per_page: 100 }]],
    ["goes on behind the mark that is named", [next("after=abc&x=1"), ""], [first, { after: "abc", per_page: 100 }]],
    ["goes on with both", [next("after=abc&page=2"), ""], [first, { page: 2, after: "abc", per_page: 100 }]],
    ["ends where neither is named", [next("page=0"), ""], [first]],
    ["ends where the address has no question", ['<https://x>; rel="next"'], [first]],
  ])("%s", async (_what, links, asked) => expect((await read(links)).asked).toEqual(asked)); // prettier-ignore

  it("is read until a page is not full where the server names none, and never for ever", async () => {
    const full = await read([], [100, 100, 99]);
    expect([full.all.length, full.asked]).toEqual([299, [first, { page: 2, per_page: 100 }, { page: 3, per_page: 100 }]]); // prettier-ignore
    expect((await read([], [100, 100, 100], 2)).all).toHaveLength(200);
    expect((await read([], [0])).asked).toEqual([first]);
  });
});
