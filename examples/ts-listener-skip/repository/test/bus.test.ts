import assert from "node:assert/strict";
import { test } from "node:test";
import { Bus } from "../src/bus.ts";

test("tells listeners in order", () => {
  const bus = new Bus();
  const heard: string[] = [];
  bus.on((value) => heard.push(`a ${value}`));
  bus.on((value) => heard.push(`b ${value}`));
  bus.emit("1");
  assert.deepEqual(heard, ["a 1", "b 1"]);
});
