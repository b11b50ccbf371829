import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import { inMannerOf, replaceOnce } from "./edit.ts";

const done = (text: string) => ({ outcome: "done", text });
const why = (text: string, old: string, replacement = "new") => {
  const result = replaceOnce(text, old, replacement);
  return result.outcome === "refused" ? result.why : "";
};

describe("replaceOnce", () => {
  it.each<[string, string, string, string, string]>([
    ["one line by two in a CRLF file", "a();\r\nb();\r\n", "b();", "b();\nx();", "a();\r\nb();\r\nx();\r\n"],
    ["several lines of a CRLF file", "a\r\nb\r\nc\r\n", "a\nb", "a\nx\nb", "a\r\nx\r\nb\r\nc\r\n"],
    ["CRLF sent for an LF file", "a\nb\nc", "a\r\nb", "a\r\nx", "a\nx\nc"],
    ["a mixed file, the other lines untouched", "a\r\nb\nc\r\nd\r\n", "b\nc", "b\nC", "a\r\nb\nC\r\nd\r\n"],
    ["the last line without a newline", "a\r\nb", "b", "c", "a\r\nc"],
    ["the last line without a newline, sent with one", "a\r\nb", "b\n", "c\n", "a\r\nc"],
    ["several lines of a file of returns", "a\rb\rc\r", "a\nb", "x\ny\nz", "x\ry\rz\rc\r"],
    ["a line with a stray return by two", "printf 'x\ry'", "printf", "set -e\nprintf", "set -e\nprintf 'x\ry'"],
    ["a return within a line", "a\rb\nc\n", "a\rb", "x\ry", "x\ry\nc\n"],
    ["behind a byte order mark", "\uFEFFa\r\nb\r\n", "a\nb", "a\nc", "\uFEFFa\r\nc\r\n"],
    ["an added final newline", "a\nb", "b", "b\n", "a\nb\n"],
    ["signs that a replacement pattern would expand", "one two", "one", "$& $1", "$& $1 two"],
    ["lines copied with their numbers", "\ta\n\tb\n", "1\t\ta\n2\t\tb", "1\t\ta\n2\t\tc", "\ta\n\tc\n"],
    ["an astral character by its neighbour", "a\u{1F600}b", "\u{1F600}", "\u{1F601}", "a\u{1F601}b"],
  ])("replaces %s", (_name, text, old, replacement, expected) => {
    expect(replaceOnce(text, old, replacement)).toEqual(done(expected));
  });

  it.each<[string, string, string, RegExp]>([
    ["nothing", "a", "", /empty/],
    ["what occurs twice but for line ends", "a\r\nb\na\nb", "a\nb", /occurs 2 times/],
    ["tabs for spaces", "x\n\tfoo(1);\ny", "    foo(1);", /Line 2 .*in tabs and spaces:\n\tfoo\(1\);/],
    ["smart quotes", "say “hi”\n", 'say "hi"', /in quotation marks:\nsay “hi”/],
    ["another Unicode form", "caf\u00e9\n", "cafe\u0301", /Unicode form/],
    ["a dash", "a – b\n", "a - b", /dashes/],
    ["a no-break space", "a\u00a0b\n", "a b", /special spaces/],
    ["a line that only resembles", "first line\nreturn total;\n", "return totals;", /Line 2 comes nearest/],
    ["entities", "a < b && c\n", "a &lt; b &amp;&amp; c", /in entities of HTML:\na < b/],
    ["numbers with arrows", "one\ntwo\n", "1→one\n2→two", /in line numbers/],
    ["marks of a diff", "one\ntwo\n", "-one\n-two", /in marks of a diff/],
    ["nothing like it", "alpha\n", "entirely different text", /nor anything like it/],
  ])("refuses %s, and names the nearest passage", (_name, text, old, words) => {
    expect(why(text, old)).toMatch(words);
  });

  it("changes nothing but the passage, whatever the file's ends are", () => {
    const end = fc.constantFrom("\n", "\r\n");
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.nat(99), end), { minLength: 2 }), fc.nat(), (lines, pick) => {
        const rows = lines.map(([number, ending], index) => `l${index}-${number}${ending}`);
        const at = pick % rows.length;
        const line = (rows[at] ?? "").trimEnd();
        const result = replaceOnce(rows.join(""), line, "changed");
        const expected = rows.map((row, index) => (index === at ? row.replace(line, "changed") : row)).join("");
        expect(result).toEqual(done(expected));
      }),
    );
  });

  it("looks for the nearest passage in a large file without delay", () => {
    const file = Array.from({ length: 50_000 }, (_, index) => `line number ${index}`).join("\n");
    const passage = Array.from({ length: 40 }, (_, index) => `other number ${index}`).join("\n");
    // Comparing every line with every other would take minutes, and end at the time limit of tests.
    expect(why(file, passage)).toContain("nearest");
  });
});

describe("inMannerOf", () => {
  it.each([
    ["CRLF, byte order mark and final newline", "\uFEFFa\r\nb\r\n", "a\nc", "\uFEFFa\r\nc\r\n"],
    ["no final newline", "a\nb", "a\nc\n", "a\nc"],
    ["LF", "a\n", "a\r\nb\r\n", "a\nb\n"],
    ["an empty file", "", "a\r\n", "a\r\n"],
    ["returns", "a\rb\r", "a\nb\nc", "a\rb\rc\r"],
    ["no stray return at the end of a line", "1.2.3\r", "1.2.3\n# note\nx\n", "1.2.3\n# note\nx"],
    ["no stray return within a line", "echo 'a\rb'", "#!/bin/sh\n# note\necho hi\n", "#!/bin/sh\n# note\necho hi"],
    ["no stray returns beside each other", "a\r\r", "a\nb\n", "a\nb"],
  ])("keeps %s", (_name, before, text, expected) => expect(inMannerOf(before, text)).toBe(expected));
});
