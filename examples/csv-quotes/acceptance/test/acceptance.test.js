import assert from "node:assert/strict";
import { test } from "node:test";
import { parseCsv } from "../src/csv.js";

test("reads what spreadsheets write", () => {
  assert.deepEqual(parseCsv('date,category\n2026-07-01,"Travel, rail"\n'), [
    ["date", "category"],
    ["2026-07-01", "Travel, rail"],
  ]);
  assert.deepEqual(parseCsv('"5"" nail, long",1'), [['5" nail, long', "1"]]);
  assert.deepEqual(parseCsv('"a\nb",c\n\nd,e'), [
    ["a\nb", "c"],
    ["d", "e"],
  ]);
  assert.throws(() => parseCsv('a\n"b,c\n'), /2/);
});
