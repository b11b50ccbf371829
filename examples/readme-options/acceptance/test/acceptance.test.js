import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";

test("documents the options that there are", () => {
  const readme = readFileSync(new URL("../README.md", import.meta.url), "utf8");
  const named = new Set(readme.match(/--[a-z-]{2,}/g));
  assert.deepEqual([...named].sort(), ["--fail-on-missing", "--ignore"]);
  assert.match(readme, /--ignore.*(repeat|more than once)/);
});
