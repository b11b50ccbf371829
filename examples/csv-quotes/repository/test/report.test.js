import assert from "node:assert/strict";
import { test } from "node:test";
import { readExpenses, totals } from "../src/report.js";

const REPORT = "date,category,amount\n2026-07-01,travel,12.50\n2026-07-03,food,8\n2026-08-02,travel,3.25\n";

test("adds up by category, largest first", () => {
  assert.deepEqual([...totals(readExpenses(REPORT))], [
    ["travel", 1575],
    ["food", 800],
  ]);
});

test("takes one month only", () => {
  assert.deepEqual([...totals(readExpenses(REPORT), 8)], [["travel", 325]]);
});

test("names the line of a wrong amount", () => {
  assert.throws(() => readExpenses("date,category,amount\n2026-07-01,travel,abc\n"), /Line 2: "abc" is not an amount/);
});

test("names a missing column", () => {
  assert.throws(() => readExpenses("date,amount\n2026-07-01,1\n"), /lacks the column category/);
});
