import { describe, expect, it } from "@jest/globals";
import { Ajv } from "ajv";
import { halted } from "../core/rules/halt.ts";
import { why } from "../core/rules/why.ts";
import { aDraft, aTicket, aTicketLedger, entriesOf, storyDrafts } from "../../test/support/builders.ts";
import { figuresOf, keptWithin } from "../app-figures.ts";
import { cutToShow, lineOf, type ShownFile } from "./diff-page.ts";
import { figures } from "./figure-routes.ts";
import type { SpentOnDay } from "../store/journal-store.ts";
import { lastDays, type Scored } from "./figures.ts";
import { filtered, filterIn, queryOf } from "./filter.ts";
import { OPENAPI } from "./openapi.ts";
import type { TicketSummary } from "./summary.ts";
import { csv, ticketRow, ticketTables } from "./tables.ts";

const ONE: TicketSummary = {
  key: "acme/tally#12",
  title: "Add --since to the report",
  phase: "ready",
  type: "feature",
  round: 1,
  costMicroUsd: 1_500,
  updatedAt: "2026-03-01T12:00:00.000Z",
  pull: null,
};

describe("a table as CSV", () => {
  it.each([
    ["plain words", "plain words"],
    ['a "quoted", word', '"a ""quoted"", word"'],
    ["two\nlines", '"two\nlines"'],
    ["=HYPERLINK(1)", "'=HYPERLINK(1)"],
    ["+1", "'+1"],
    ["@sum(1)", "'@sum(1)"],
    ["-2, really", '"\'-2, really"'],
    [-2, "-2"],
    [true, "true"],
    [null, ""],
  ])("writes %j as %s", (cell, expected) => expect(csv([{ name: cell }])).toBe(`name\r\n${expected}\r\n`));

  it("of nothing is an empty line", () => expect(csv([])).toBe("\r\n"));
});

describe("the JSON behind the pages", () => {
  const paths = OPENAPI.paths;
  const fits = (schema: object, value: unknown) =>
    new Ajv({ strict: false, validateFormats: false }).validate(schema, value);
  it("is as it is described", () => {
    const list = paths["/tickets.json"].get.responses as Record<
      number,
      { content: Record<string, { schema: object }> }
    >;
    const whole = paths["/tickets/{owner}/{repo}/{number}.json"].get.responses as unknown as typeof list;
    const [listSchema, ticketSchema] = [list, whole].map((one) => one[200]?.content["application/json"]?.schema ?? {});
    const tables = ticketTables(aTicketLedger());
    expect(tables?.findings.length).toBeGreaterThan(0);
    expect(tables?.proof.length).toBeGreaterThan(0);
    expect(fits(ticketSchema ?? {}, tables)).toBe(true);
    expect(fits(listSchema ?? {}, [ticketRow(ONE)])).toBe(true);
    expect(fits(listSchema ?? {}, [{ ...ticketRow(ONE), phase: "asleep" }])).toBe(false);
    expect(ticketTables([])).toBeNull();
  });
  it("names reasons and what was found by their codes, for who reads them by program", () => {
    const halt = halted("merge-conflict", "policy", why("merge-conflicts", { base: "main" }));
    const [one, two] = aTicket(aTicketLedger()).proof?.items ?? [];
    const proof = aDraft("proof_collected", { items: [{ ...one!, code: "passes" }, two!] });
    const tables = ticketTables(entriesOf([...storyDrafts().slice(0, 10), proof, halt]));
    expect(tables?.entries.map(({ kind, reason }) => [kind, reason]).slice(-2)).toEqual([
      ["proof_collected", null],
      ["halted", "merge-conflicts"],
    ]);
    expect(tables?.proof.map(({ code }) => code)).toEqual(["passes", null]);
  });
});

describe("figures", () => {
  const SPENT: SpentOnDay = { day: "2026-03-02", repository: "acme/tally", role: "architect", model: "opus", calls: 1, tokens: 900, costMicroUsd: 2_000 }; // prettier-ignore
  const SCORED: Scored = {
    ...{ model: "opus", role: "reviewer", tickets: 2, rounds: 3, failures: 0, calls: 3, costMicroUsd: 9_000 },
    ...{ blockersFound: 4, blockersConfirmed: 3, blockersWithdrawn: 1, plansAccepted: 0, provenAtOnce: 0 },
    ...{ merged: 0, touchedAgain: 0, reopened: 0, medianMs: null, unpricedTokens: 0 },
  };
  const deps = {
    tickets: async () => [ONE],
    spent: async () => [SPENT, { ...SPENT, repository: "acme/shop" }],
    scored: async (keys: readonly string[]) => (keys.includes(ONE.key) ? [SCORED] : []),
    today: () => new Date("2026-03-04T23:00:00Z"),
  };

  it.each(["/spend.json", "/scorecard.json"] as const)("%s is as it is described", async (path) => {
    const made = await figures(path, deps);
    const described = OPENAPI.paths[path].get.responses as unknown as { 200: { content: { "application/json": { schema: object } } } }; // prettier-ignore
    const fits = new Ajv({ strict: false, validateFormats: false }).compile(
      described[200].content["application/json"].schema,
    );
    expect([fits("rows" in made && made.rows), "rows" in made && made.rows.length]).toEqual([true, 1]);
  });

  it("are of the tickets that the reader sees", async () => {
    // Spending is no list's: a repository counts also when none of its tickets is among those that changed last.
    expect(await figures("/spend.json", { ...deps, tickets: async () => [] })).toMatchObject({ rows: [{ calls: 2 }] });
    expect(await figures("/scorecard.json", { ...deps, tickets: async () => [] })).toEqual({ rows: [] });
  });

  it("are drawn day by day, also those on which nothing was paid, and say their numbers", async () => {
    const made = await figures("/figures", deps);
    const page = "page" in made ? made.page : "";
    expect(page).toContain("Spend of the last 30 days: $0.0040");
    expect(page).toContain("<title>03-02, Architect: $0.0040</title>");
    expect(page).toMatch(/<svg\s+role="img"\s+aria-labelledby="by-model-title by-model-desc"/);
    expect(page.match(/<rect/g)).toHaveLength(4);
    expect(page).toContain("3 of 4");
    expect(page).toContain("In the 1 ticket that changed last.");
    expect(lastDays("2026-03-01").slice(-2)).toEqual(["2026-02-28", "2026-03-01"]);
  });

  it("are made once for the same tickets in whatever order, one set at a time, a few ledgers at once", async () => {
    const made: string[] = [];
    let [reading, most] = [0, 0];
    const read = async () => {
      most = Math.max(most, ++reading);
      await Promise.resolve();
      reading -= 1;
      return aTicketLedger();
    };
    const medians = async (keys: readonly string[], since: Date) => {
      made.push(`${keys.length} since ${since.toISOString()}`);
      return [{ model: "opus", role: "architect", latencyMs: 7 }];
    };
    const spentByDay = async () => Promise.reject(new Error("away"));
    const { scored, spent } = figuresOf({ now: deps.today, journal: { medians, spentByDay }, ledgers: { read } });
    const keys = Array.from({ length: 25 }, (_, at) => `acme/tally#${at}`);
    const [one, , other] = await Promise.all([scored(keys), scored([...keys].reverse()), scored(keys.slice(1))]);
    expect(await scored(keys)).toBe(one);
    expect(made).toEqual(["25 since 2026-02-02T23:00:00.000Z", "24 since 2026-02-02T23:00:00.000Z"]);
    expect([most, other.length > 0, one[0]?.role]).toEqual([10, true, expect.any(String)]);
    await expect(spent()).rejects.toThrow("away");
    await expect(spent()).rejects.toThrow("away");
  });

  it.each([
    ["on its line", { quote: "b", line: 2 }, 2],
    ["where the cited text is now", { quote: "c\nd", line: 1 }, 3],
    ["at the nearest of several", { quote: "x", line: 5 }, 4],
    ["nowhere, when the text is gone", { quote: "old", line: 1 }, null],
    ["on its line, without a quote", { quote: null, line: 7 }, 7],
  ])("of a change show a finding %s", (_where, finding, line) => {
    const hunks = [{ oldStart: 1, newStart: 1, lines: [" x", "-old", "+b", " c", "+x"] }];
    expect(lineOf({ finding } as never, { hunks })).toBe(line);
  });
});

describe("a change as it is shown", () => {
  const fileOf = (path: string, ...lines: string[]): ShownFile => ({
    ...{ path, action: "change", kind: "text", added: lines.length, removed: 0 },
    hunks: [{ oldStart: 1, newStart: 1, lines }],
  });
  const linesOf = (count: number) => Array.from({ length: count }, () => "+x");
  const shownOf = (files: readonly ShownFile[]) => cutToShow(files).files.map(({ unread }) => unread === undefined);

  it.each([
    ["a file of too many lines", [fileOf("a", ...linesOf(4_001)), fileOf("b", "+b")], [false, true]],
    ["what no longer fits", [fileOf("a", ...linesOf(3_000)), fileOf("b", ...linesOf(1_001)), fileOf("c", ...linesOf(1_000))], [true, false, true]], // prettier-ignore
    ["minified code", [fileOf("a", `+${"x".repeat(200_000)}`), fileOf("b", "+b")], [false, true]],
    ["more characters than a page", Array.from({ length: 7 }, (_, at) => fileOf(`${at}`, "x".repeat(190_000))), [true, true, true, true, true, false, false]], // prettier-ignore
  ])("leaves out %s, and shows the others", (_what, files, shown) => expect(shownOf(files)).toEqual(shown));

  it("counts the files that are too many", () => {
    const cut = cutToShow(Array.from({ length: 503 }, (_, at) => fileOf(`${at}`)));
    expect([cut.files.length, cut.more]).toEqual([500, 3]);
  });

  it("is kept within so many bytes, the last used longest", () => {
    const kept = keptWithin(10);
    kept.put("a", "aaaa");
    kept.put("b", "ää");
    expect(kept.get("a")).toBe("aaaa");
    kept.put("c", "ccc");
    kept.put("c", "cccc");
    expect(["a", "b", "c"].map(kept.get)).toEqual(["aaaa", null, "cccc"]);
    kept.put("d", "d".repeat(11));
    expect(kept.get("d")).toBeNull();
  });
});

describe("the search in the list", () => {
  const other: TicketSummary = {
    ...ONE,
    key: "acme/shop#3",
    title: "CAFÉ closes at noon",
    phase: "merged",
    type: "bug",
  };
  it.each([
    ["", 2],
    ["?q=report", 1],
    ["?q=REPORT+since", 1],
    ["?q=report+nothing", 0],
    ["?q=acme/shop%233", 1],
    ["?q=cafe%CC%81", 1],
    ["?q=bug", 1],
    ["?phase=ready", 1],
    ["?phase=merged&q=report", 0],
    ["?phase=constructor", 2],
    ["?phase=&q=++", 2],
  ])("%s finds %d", (query, found) => {
    expect(filtered([ONE, other], filterIn(new URLSearchParams(query)))).toHaveLength(found);
  });

  it("is carried on in links", () => {
    const filter = filterIn(new URLSearchParams('?q=a"b&phase=ready'));
    expect(filterIn(new URLSearchParams(queryOf(filter)))).toEqual(filter);
    expect(queryOf({ words: "", phase: null })).toBe("");
  });
});
