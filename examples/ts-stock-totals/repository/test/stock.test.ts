import assert from "node:assert/strict";
import { test } from "node:test";
import { parseLine } from "../src/stock.ts";

test("reads an item and its amount", () => {
  assert.deepEqual(parseLine(" rice, 1.5 kg"), { item: "rice", amount: "1.5 kg" });
});
