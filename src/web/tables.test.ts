import { describe, expect, it } from "@jest/globals";
import { Ajv } from "ajv";
import { aTicketLedger } from "../../test/support/builders.ts";
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
