import { describe, expect, it } from "@jest/globals";
import { type Remark, remarkSchema } from "../core/ticket/finding.ts";
import { REMARK } from "../../test/support/remark.ts";
import { fittingReplacement } from "./replacement.ts";

const TEXT = "const a = 1;\nif (a) {\n    return a;\n    b();\n}\n";

function fitted(over: Partial<Remark>, text = TEXT): string | null {
  return fittingReplacement({ ...REMARK, line: 3, quote: "    return a;", ...over }, text);
}

describe("the replacement of a remark", () => {
  const one = (replacement: string) => ({ replacement });
  it.each<[string, Partial<Remark>, string | null]>([
    ["is taken as it is for a whole line", one("    return 2;"), "    return 2;"],
    ["loses the line end that belongs to the block", one("    return 2;\n"), "    return 2;"],
    ["may be several lines", one("    c();\n    return 2;"), "    c();\n    return 2;"],
    ["may be none, which deletes the line", one(""), ""],
    ["is indented like the line when the quote was cut", { quote: "return a;", ...one("return 2;") }, "    return 2;"],
    [
      "is indented throughout when all quoted lines were",
      { quote: "return a;\nb();", ...one("return 2;\n\nc();") },
      "    return 2;\n\n    c();",
    ],
    [
      "is indented on its first line when only that was cut",
      { quote: "return a;\n    b();", ...one("return 2;\n    c();") },
      "    return 2;\n    c();",
    ],
    ["spans what the quote spans", { quote: "    return a;\n    b();", ...one("    c();") }, "    c();"],
    ["does not fit a part of a line", { quote: "    return", ...one("    give") }, null],
    ["does not fit another line", { line: 2, ...one("    return 2;") }, null],
    ["does not fit lines that stand elsewhere", { quote: "    return a;\n}", ...one("    c();") }, null],
    ["does not fit past the end", { line: 5, quote: "}\n}", ...one("}") }, null],
    ["does not fit a remark without a place", { line: null, ...one("x") }, null],
    ["does not fit a remark without a quote", { quote: null, ...one("x") }, null],
    ["changes nothing", one("    return a;"), null],
    ["is not there", {}, null],
  ])("%s", (_name, over, expected) => expect(fitted(over)).toBe(expected));

  it("is left out where lines end in CR LF", () =>
    expect(fitted(one("    return 2;"), TEXT.replaceAll("\n", "\r\n"))).toBeNull());
  it("is left out of a file that is no text", () =>
    expect(fittingReplacement({ ...REMARK, ...one("x") }, undefined)).toBeNull());

  it.each([["x".repeat(5_000)], [7], [{ code: "x" }], [null], [undefined]])(
    "costs no remark when it is %j",
    (replacement) => {
      const read = remarkSchema.safeParse({ ...REMARK, replacement });
      expect(read.success && (read.data.replacement ?? null)).toBeNull();
    },
  );
});
