import assert from "node:assert/strict";
import { test } from "node:test";
import { missing, parseOptions } from "../src/envcheck.js";

test("names what is not set", () => {
  assert.deepEqual(missing("A=\nB=1\n# C=\n", { A: "x" }), ["B"]);
});

test("ignores what it is told to ignore", () => {
  assert.deepEqual(missing("A=\nB=\n", {}, ["A"]), ["B"]);
});

test("reads options in any order", () => {
  const expected = { file: ".env.example", failOnMissing: true, ignore: ["A"] };
  assert.deepEqual(parseOptions(["--ignore", "A", ".env.example", "--fail-on-missing"]), expected);
});

test("refuses unknown options", () => {
  assert.equal(parseOptions(["--strict", ".env.example"]), null);
});
