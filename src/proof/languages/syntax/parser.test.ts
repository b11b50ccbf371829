import { afterAll, describe, expect, it } from "@jest/globals";
import { openSyntax, openSyntaxHere } from "./parser.ts";
import { parseText } from "./parse-text.ts";

const apart = openSyntax();
const here = openSyntaxHere();
afterAll(() => Promise.all([apart.close(), here.close()]));

describe("source that is parsed in this thread", () => {
  it.each([
    ["a.ts", "export const price = (x: number) => x * 2;\n"],
    ["a.py", "def price(x):\n    return x * 2\n"],
    ["a.go", "package a\n\nfunc price(x int) int { return x * 2 }\n"],
    ["a.rs", "fn price(x: i32) -> i32 { x * 2 }\n"],
    ["broken.js", "export function price( {\n"],
    ["prose.md", "# Not code\n"],
  ])("gives the tree of the other one: %s", async (path, text) => {
    expect(await here.parse(path, text)).toEqual(await apart.parse(path, text));
  });

  it("is left off where the time is over", async () => {
    const text = "price(1, [2, { three: 4 }]);\n".repeat(5_000);
    let looks = 0;
    expect(await parseText("javascript", text, () => ++looks > 3)).toBeNull();
    expect(looks).toBe(4);
    expect(await parseText("javascript", text)).not.toBeNull();
  });
});
