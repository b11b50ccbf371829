import assert from "node:assert/strict";
import { test } from "node:test";
import { formatHours } from "../src/format.js";
import { parseHours } from "../src/parse.js";

test("writes what it read", () => {
  assert.deepEqual(formatHours(parseHours("Mo-Fr 09:00-17:30;Sa 10:00-24:00")), [
    "Mo-Fr 09:00-17:30",
    "Sa 10:00-24:00",
  ]);
});
