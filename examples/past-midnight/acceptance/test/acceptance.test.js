import assert from "node:assert/strict";
import { test } from "node:test";
import { isOpen, parseHours } from "../src/index.js";

test("is open past midnight on the day after", () => {
  const bar = parseHours("Fr-Sa 20:00-02:00");
  for (const [day, hour, open] of [[4, 21, true], [5, 1, true], [5, 3, false], [6, 1, true], [6, 21, false], [4, 1, false]])
    assert.equal(isOpen(bar, day, hour * 60), open, `day ${day}, ${hour}:00`);
  const sunday = parseHours("Su 22:00-01:00");
  assert.equal(isOpen(sunday, 0, 30), true);
  assert.equal(isOpen(sunday, 6, 30), false);
});
