import assert from "node:assert/strict";
import { test } from "node:test";
import { parseCsv } from "../src/csv.js";

test("splits lines and fields", () => {
  assert.deepEqual(parseCsv("a,b\n1,2\n"), [
    ["a", "b"],
    ["1", "2"],
  ]);
});

test("takes CRLF and leaves empty lines out", () => {
  assert.deepEqual(parseCsv("a,b\r\n\r\n1,2\r\n"), [
    ["a", "b"],
    ["1", "2"],
  ]);
});

test("trims fields and keeps empty ones", () => {
  assert.deepEqual(parseCsv("a , ,c"), [["a", "", "c"]]);
});
