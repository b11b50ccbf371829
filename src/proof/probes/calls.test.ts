import { describe, expect, it } from "@jest/globals";
import { callsIn, functionOf, nameOfCall } from "./calls.ts";

const LINE = {
  ...{ of: "src/cart.js::Cart.total", key: "0123456789abcdef", from: ["test/cart.test.js:12"] },
  ...{ variants: ["plus"], gave: "0a" },
};
const report = (...lines: readonly unknown[]) =>
  Buffer.from(lines.map((one) => (typeof one === "string" ? one : JSON.stringify(one))).join("\n") + "\n");

describe("what instrumented code wrote down", () => {
  it("is each call once, with all places that lead to it, from every process", () => {
    const other = { ...LINE, from: ["tests/test_cart.py:7:test_total"], gave: "0b" };
    expect(callsIn([report(LINE), report(other)])).toEqual([
      {
        ...{ of: LINE.of, key: LINE.key, variants: ["plus"], gave: ["0a", "0b"] },
        from: [
          { path: "test/cart.test.js", line: 12, name: null },
          { path: "tests/test_cart.py", line: 7, name: "test_total" },
        ],
      },
    ]);
  });

  it.each<[string, unknown]>([
    ["no JSON", "{"],
    ["another thing", { a: 1 }],
    ["a key that is none", { ...LINE, key: "x" }],
    ["a variant with other words in it", { ...LINE, variants: ["plus; rm"] }],
    ["a cut line", JSON.stringify(LINE).slice(0, 40)],
  ])("leaves out %s", (_what, line) => {
    expect(callsIn([report(line, LINE)]).map(nameOfCall)).toEqual(["src/cart.js::Cart.total|0123456789abcdef"]);
  });

  it("has an end", () => {
    const lines = Array.from({ length: 20_050 }, (_, at) => ({ ...LINE, key: at.toString(16) }));
    expect(callsIn([report(...lines)]).length).toBe(20_000);
  });

  it("says which function was asked", () => {
    expect(functionOf(LINE)).toEqual({ path: "src/cart.js", name: "Cart.total" });
    expect(functionOf({ of: "a/b.py::total#2" })).toEqual({ path: "a/b.py", name: "total" });
  });
});
