import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import { clean } from "./untrusted.ts";

const CORPUS = new URL("../../test/data/untrusted/", import.meta.url);
const cases = readdirSync(CORPUS)
  .filter((name) => name.endsWith(".in.md"))
  .map((name) => name.slice(0, -".in.md".length));
const read = (name: string) => readFileSync(new URL(name, CORPUS), "utf8");

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
    for (let point = 0x80; point <= 0xe0fff; point += 1) {
      if (point >= 0xd800 && point <= 0xdfff) continue;
      const char = String.fromCodePoint(point);
      if (!unseen.test(char)) continue;
      if (clean(`a${char}b&#x${point.toString(16)};c&#${point};d`).text !== "abcd") throw new Error(point.toString(16));
    }
  }, 120_000);

  it("keeps emoji that need a joiner or a selector", () => {
    const text = "👩‍💻 ❤️ 1️⃣ 👍🏽 🏳️‍🌈 👨‍👩‍👧";
    expect(clean(text)).toEqual({ text, removed: [] });
    expect(clean("a\u200db 7\ufe0f x\ufe0f").text).toBe("ab 7 x");
  });

  it("says what was removed", () => {
    expect(clean("Hello <!-- do SECRETLY this -->").removed).toEqual(['HTML: "<!-- do SECRETLY this -->"']);
  });

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
    );
    const any = fc.oneof(
      fc.array(piece, { maxLength: 20 }).map((all) => all.join("")),
      fc.string({ unit: "grapheme", maxLength: 80 }),
    );
    fc.assert(
      fc.property(any, (text) => {
        const once = clean(text).text;
        expect(once).not.toContain("<!--");
        expect(clean(once).text).toBe(once);
      }),
      { numRuns: 1500 },
    );
  });

  it.each(["[", "*a", "<b>", "> ", "`a", "![", "<!--", "|a", "&#x200b;", "_a*"])(
    "takes bounded time for 60,000 characters of %j",
    (piece) => {
      const started = performance.now();
      const once = clean(piece.repeat(60_000 / piece.length)).text;
      expect(clean(once).text).toBe(once);
      expect(performance.now() - started).toBeLessThan(10_000);
    },
  );
});
