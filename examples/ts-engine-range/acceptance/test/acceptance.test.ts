import assert from "node:assert/strict";
import { test } from "node:test";
import { load } from "../src/host.ts";

test("falls back to the newest version that fits this host", () => {
  const plugins = [
    { name: "a", version: "1.0.0", host: "^2.0.0" },
    { name: "a", version: "2.0.0", host: "^3.0.0" },
    { name: "b", version: "1.0.0" },
    { name: "c", version: "1.0.0", host: ">=3" },
    { name: "d", version: "1.0.0", host: "not a range" },
  ];
  assert.deepEqual(load(plugins, "2.4.0"), { loaded: ["a@1.0.0", "b@1.0.0"], refused: ["c", "d"] });
  assert.deepEqual(load(plugins, "3.0.0").loaded, ["a@2.0.0", "b@1.0.0", "c@1.0.0"]);
});
