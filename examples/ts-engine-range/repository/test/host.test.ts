import assert from "node:assert/strict";
import { test } from "node:test";
import { load } from "../src/host.ts";

test("loads the newest version of each", () => {
  const plugins = [
    { name: "a", version: "1.9.0" },
    { name: "a", version: "1.10.0" },
    { name: "b", version: "0.1.0" },
  ];
  assert.deepEqual(load(plugins).loaded, ["a@1.10.0", "b@0.1.0"]);
});
