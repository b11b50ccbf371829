import assert from "node:assert/strict";
import { test } from "node:test";
import { find } from "../src/reports.ts";

test("finds by a word, the newest first", () => {
  const reports = [
    { id: 1, title: "Sales" },
    { id: 2, title: "sales, north" },
    { id: 3, title: "Stock" },
  ];
  assert.deepEqual(find(reports, "SALES").map(({ id }) => id), [2, 1]);
});
