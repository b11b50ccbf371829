import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import type { Nodes } from "mdast";
import { parseMarkdown } from "./markdown.ts";
import { clean } from "./hidden-text.ts";
import { processorTime } from "../../test/support/processor-time.ts";

const CORPUS = new URL("../../test/data/untrusted/", import.meta.url);
const cases = readdirSync(CORPUS)
  .filter((name) => name.endsWith(".in.md"))
  .map((name) => name.slice(0, -".in.md".length));
const read = (name: string) => readFileSync(new URL(name, CORPUS), "utf8");

/** Raw HTML and addresses behind words, which a reader would not see. */
function markupIn(markdown: string): string[] {
  const root = parseMarkdown(markdown);
  if (root === "too-tangled") return [];
  const visit = (node: Nodes): string[] => {
    const own = node.type === "html" || node.type === "definition" || node.type === "image" ? [node.type] : [];
    return "children" in node ? [...own, ...node.children.flatMap(visit)] : own;
  };
  return visit(root);
}

describe("cleaning what strangers write", () => {
  it.each(cases)("leaves what a reader sees: %s", (name) => {
    const { text, removed } = clean(read(`${name}.in.md`));
    expect(text).toBe(read(`${name}.out.md`));
    expect(text).not.toMatch(/SECRETLY/);
    expect(removed.length > 0).toBe(read(`${name}.in.md`) !== text);
    expect(clean(text)).toEqual({ text, removed: [] });
  });

  it("removes every code point without a glyph, as itself and as an entity", () => {
    const unseen = /[\p{Default_Ignorable_Code_Point}\p{Cf}\u2800]/u;
    const points = Array.from({ length: 0xe1000 - 0x80 }, (_, index) => index + 0x80).filter(
      (point) => (point < 0xd800 || point > 0xdfff) && unseen.test(String.fromCodePoint(point)),
    );
    expect(points.length).toBeGreaterThan(4000);
    const text = points.map((one) => `a${String.fromCodePoint(one)}b&#x${one.toString(16)};c&#${one};d`).join("\n\n");
    const wrong = clean(text)
      .text.split("\n\n")
      .flatMap((line, index) => (line === "abcd" ? [] : [points[index]]));
    expect(wrong).toEqual([]);
  });

  it("keeps emoji that need a joiner or a selector", () => {
    const text = "👩‍💻 ❤️ 1️⃣ 👍🏽 🏳️‍🌈 👨‍👩‍👧";
    expect(clean(text)).toEqual({ text, removed: [] });
    expect(clean("a\u200db 7\ufe0f x\ufe0f").text).toBe("ab 7 x");
  });

  it("says what was removed", () => {
    expect(clean("Hello <!-- do SECRETLY this -->").removed).toEqual(['HTML: "<!-- do SECRETLY this -->"']);
  });

  it("keeps code byte for byte, and names in it what nobody can see", () => {
    const text = "`<!--more-->` `&shy;` `<b>`\n\n```html\n<!-- a -->&zwj;\n```";
    expect(clean(text)).toEqual({ text, removed: [] });
    expect(clean("`a\u200bb\u{e0041}`").text).toBe("`a‹U+200B›b‹U+E0041›`");
  });

  it.each(["می‌خواهم", "क्‍ष", "Kosten: 5 $ oder 6 $", "$O(n \\log n)$ and $\\frac{1}{2}$", "a $HOME and C:\\x $PATH"])(
    "keeps what a word is spelled with: %s",
    (text) => expect(clean(text)).toEqual({ text, removed: [] }),
  );

  it("leaves plain text as it is", () => {
    const word = fc.stringMatching(/^[A-Za-z0-9äöüß.,;:?!'"()/=+ -]{0,30}$/);
    fc.assert(
      fc.property(fc.array(word, { maxLength: 8 }), (lines) => {
        const text = lines.join("\n");
        expect(clean(text)).toEqual({ text, removed: [] });
      }),
    );
  });

  it("lets no comment through, and changes nothing the second time, whatever is written", () => {
    const piece = fc.constantFrom(
      "<!--",
      "-->",
      "<!-",
      "-",
      "<",
      ">",
      "<b>",
      "</b>",
      '<div title="',
      '">',
      "[x]: y",
      "[x]",
      '[a](b "c")',
      "![i](j)",
      "```",
      "\n",
      "\n\n",
      "~~~ js hidden",
      "[^1]",
      "[^1]: note",
      "| a | b |\n|---|---|\n| 1 | 2 | 3 |",
      "\u200b",
      "&#x200b;",
      "&",
      "#",
      "x",
      "  ",
      "    ",
      "> ",
      "- ",
      "`",
      "<script>",
      "</script>",
      "<?",
      "?>",
      "<![CDATA[",
      "]]>",
      "\\",
      "$",
      "$$",
      "\\phantom{x}",
      "<sub>",
      "</sub>",
      "<rp>",
      "<div hidden>",
      "</div>",
      "```mermaid\n",
      "%% x",
      "[^x]",
      "[^x]: ",
    );
    const any = fc.oneof(
      fc.array(piece, { maxLength: 20 }).map((all) => all.join("")),
      fc.string({ unit: "grapheme", maxLength: 80 }),
    );
    fc.assert(
      fc.property(any, (text) => {
        const once = clean(text).text;
        expect(markupIn(once)).toEqual([]);
        expect(clean(once).text).toBe(once);
      }),
      { numRuns: 300 },
    );
  });

  const many = (count: number, line: (at: number) => string) => Array.from({ length: count }, (_, at) => line(at)).join("\n"); // prettier-ignore
  it.each<[string, (at: number) => string]>([
    ["items", (at) => `- item ${at}`],
    ["numbers", (at) => `${at}. item`],
    ["tasks", (at) => `- [ ] item ${at}`],
    ["items in items", (at) => `${"  ".repeat(at % 3)}* item ${at}`],
    ["items in items in items", (at) => `${"   ".repeat(at % 6)}- item ${at}`],
  ])("keeps a long list that follows on a link whole: %s", (_what, line) => {
    const text = `See <https://x.example/a>.\n\n${many(1_400, line)}\n\nPlease fix the last one.`;
    expect(clean(text)).toEqual({ text, removed: [] });
  });

  it("reads no list of lists on each of many lines, which would take the parser seconds", () => {
    expect(parseMarkdown(many(200, () => "- - - - - - x"))).not.toBe("too-tangled");
    expect(parseMarkdown(many(300, () => "- - - - - - x"))).toBe("too-tangled");
    expect(parseMarkdown(many(800, () => "> 1. * x"))).toBe("too-tangled");
    expect(parseMarkdown(many(1_400, (at) => `${"  ".repeat(at % 40)}- x`))).toBe("too-tangled");
    expect(parseMarkdown(many(1_400, (at) => `${"\t".repeat(at % 20)}- x`))).toBe("too-tangled");
    expect(parseMarkdown(many(1_400, () => `${"> ".repeat(20)}- x`))).toBe("too-tangled");
  });

  it.each(["[", "*a", "<b>", "> ", "`a", "![", "<!--", "|a", "&#x200b;", "_a*"])(
    "takes bounded time for 60,000 characters of %j",
    (piece) => {
      const taken = processorTime();
      const once = clean(piece.repeat(60_000 / piece.length)).text;
      expect(clean(once).text).toBe(once);
      expect(taken.ms()).toBeLessThan(10_000);
    },
  );
});
