import assert from "node:assert/strict";
import { test } from "node:test";
import { find } from "../src/reports.ts";

test("still finds every report, not only the first ten", () => {
  const reports = Array.from({ length: 25 }, (_, id) => ({ id, title: `Report ${id}` }));
  assert.equal(find(reports, "report").length, 25);
});
