import assert from "node:assert/strict";
import { test } from "node:test";
import { parseHours } from "../src/parse.js";

test("reads days and times", () => {
  assert.deepEqual(parseHours("Mo-Fr 09:00-17:30; Sa 10:00-24:00"), [
    { first: 0, last: 4, from: 540, to: 1050 },
    { first: 5, last: 5, from: 600, to: 1440 },
  ]);
});

test("names what it cannot read", () => {
  assert.throws(() => parseHours("weekdays 9-5"), /"weekdays 9-5" is not a rule/);
  assert.throws(() => parseHours("Xx 09:00-17:00"), /"Xx" is not a day/);
  assert.throws(() => parseHours("Mo 09:75-17:00"), /09:75 is not a time of day/);
});
