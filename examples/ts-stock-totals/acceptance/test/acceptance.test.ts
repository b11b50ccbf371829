import assert from "node:assert/strict";
import { test } from "node:test";
import { columns } from "../src/columns.ts";
import { grams } from "../src/grams.ts";
import { parseLine } from "../src/stock.ts";
import { totals } from "../src/totals.ts";

const LIST = ["tea, 20 g", "rice, 1.5 kg", "tea, 0.5 kg", "beans, 400g"].map(parseLine);

test("prints the list with its totals", () => {
  const sums = totals(LIST);
  assert.deepEqual(sums, [["beans", 400], ["rice", 1500], ["tea", 520]]);
  assert.deepEqual(columns(sums.map(([item, sum]) => [item, `${sum} g`])), ["beans  400 g", "rice   1500 g", "tea    520 g"]);
});

test("refuses what is no amount, by name", () => {
  for (const wrong of ["", "rice", "1.5 lb", "-1 kg", "1.5"]) assert.throws(() => grams(wrong), RangeError);
  assert.throws(() => totals([{ item: "rice", amount: "a bag" }]), /a bag/);
});

test("leaves no blank at the end of a line, and keeps rows of different length", () => {
  assert.deepEqual(columns([["a", "b"], ["long", "b", "c"], ["a"]]), ["a     b", "long  b  c", "a"]);
  assert.deepEqual(columns([]), []);
});
