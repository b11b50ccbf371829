import { describe, expect, it } from "@jest/globals";
import { takeIn } from "../../src/hygiene/seen.ts";

/** Characters without a glyph that honest people write: taken out or named, they would be noise in each prompt and in the thread. */
const FILES: Readonly<Record<string, string>> = {
  "a file of Windows": "\ufeffusing System;\r\nclass A {}\r\n",
  "a script with a byte order mark": '\ufeff#!/usr/bin/env pwsh\nWrite-Host "x"\n',
  "pages of a GNU program": "int main (void);\n\f\n/* Local functions.  */\n\fstatic int x;\n",
  "pages of Emacs": ";;; Code:\n\n\f\n(defun a ())\n",
  "a diff of a file with a byte order mark": "@@ -1,2 +1,2 @@\n \ufeffusing System;\n-class A {}\n+class B {}\n",
  "a diff of its first line": "@@ -1 +1 @@\n-\ufeffusing System;\n+\ufeffusing System.Text;\n",
  "a diff of some files with one":
    "@@ -1 +1,2 @@ x\n \ufeffa;\n+b;\n--- a/c\n+++ b/c\n@@ -1,2 +1 @@\n-\ufeffa;\r\n-b;\n\\ No newline at end of file\n+\ufeffab;\n",
  "a diff of a file with pages": "@@ -9,3 +9,3 @@\n }\n \f\n-int a;\n+int b;\n+\f\n",
  "emoji in a string": 'const faces = ["👩‍💻", "🏳️‍⚧️", "👨‍👩‍👧‍👦", "🧑🏽‍🦰", "❤️‍🔥", "1️⃣", "▶︎", "©︎", "↔️"];\n',
  "flags of a part of a country": "🏴󠁧󠁢󠁥󠁮󠁧󠁿 🏴󠁧󠁢󠁳󠁣󠁴󠁿 🏴󠁧󠁢󠁷󠁬󠁳󠁿\n",
  "Hebrew beside signs": '"title": "שלום\u200f! (C++) \u200fאב\u200f, 3"\n',
  "Arabic beside signs": "مرحبا\u200f: النسخة 2\n",
  Persian: "می‌خواهم نرم‌افزار\n",
  "Thai with places to break": "ภาษา\u200bไทย และ ໂລກ\u200bລາວ\n",
  "Khmer with places to break": "ភាសា\u200bខ្មែរ\n",
  Mongolian: "ᠬᠠᠨ\u180b ᠰᠠᠷ\u180eᠠ\n",
  "Hindi and Malayalam": "क्‍ष ന്‍ क्‌ष\n",
};

/** As somebody would write it who has something to hide. */
const TWINS: Readonly<Record<string, string>> = {
  "a byte order mark in a word": "na\ufeffme",
  "one at the end of a line": "a;\ufeff\nb",
  "one that a change adds": "@@ -1 +1 @@\n-#!/bin/sh\n+\ufeff#!/bin/sh\n",
  "one that a change takes away": "@@ -1 +1 @@\n-\ufeff#!/bin/sh\n+#!/bin/sh\n",
  "one before a rule": "node_modules\n \ufeff.env\n",
  "one before a rule of a diff": "@@ -1,2 +1,2 @@\n a\n \ufeff.env\n",
  "one before a new rule beside one that goes": "@@ -50,1 +50,1 @@\n-\ufeff/secrets @maria\n+\ufeff/secrets @nobody\n",
  "one before another rule of a first line": "@@ -1,1 +1,2 @@\n-\ufeffa\n+\ufeffa\n+\ufeff.env\n",
  "one before a rule of another file":
    "@@ -1 +1 @@\n-\ufeffa\n+\ufeffb\n--- a/x\n+++ b/x\n@@ -1 +1 @@\n-.env\n+\ufeff.env\n",
  "a page break in a word": "na\fme",
  "a page break at the end": "a;\f\n",
  "a joiner in a word": "na\u200dme",
  "a place to break in a word": "na\u200bme",
  "a place to break at an end of Thai": "ภาษา\u200b",
  "a mark of direction in a word": "na\u200eme",
  "one between Hebrew letters": "של\u200eום",
  "two marks beside each other": "שלום\u200f\u200e!",
  "an embedding": "שלום \u202eabc\u202c",
  "an isolate": "\u2067abc\u2069",
  "letters of tags": "🏴\u{e0068}\u{e0069}\u{e007f}",
  "a flag with more behind it": "🏴󠁧󠁢󠁥󠁮󠁧󠁿\u{e0061}",
  "letters of a flag alone": "\u{e0067}\u{e0062}\u{e0065}\u{e006e}\u{e0067}\u{e007f}",
  "two selectors": "©\ufe0e\ufe0f\ufe0e",
  "a selector behind a digit": "7\ufe0e",
  "a Mongolian form in another script": "a\u180b",
};

/** Each has the script of the next, or of what joins it to the next. */
const CHAINS: Readonly<Record<string, string>> = {
  "Mongolian forms": "hello\u180b\u180c\u180d\u180f\u180b\u180c world",
  "Mongolian forms behind a letter that needs one": "ᠠ\u180b\u180c\u180d\u180e\u180f",
  "Arabic marks in Latin": 'if (role === "\u061c\u061c") allow();',
  "Arabic marks behind each other": "a \u061c\u061c\u061c\u061c b",
  "Arabic marks between signs": "(\u061c) (\u061c\u200f)",
  "Arabic marks with joiners": "fix\u061c\u200c\u061c\u200d\u061c\u200c\u061c it",
  "vowels of Khmer that have no glyph": "ok\u17b4\u200b\u17b4\u200b\u17b4 x",
  "vowels of Khmer with joiners": "ok\u17b5\u200c\u17b5\u200d\u17b4 x",
  "numbers of Arabic with joiners": "1\u0600\u200c\u0600\u200d\u0601 2",
};

describe("in what honest people write", () => {
  it.each(Object.entries(FILES))("nothing is named or taken out: %s", (_what, text) => {
    expect(takeIn(text, "code")).toEqual({ text, removed: [] });
  });

  it.each(["A bug.", "שלום\u200f!", "ภาษา\u200bไทย", "▶︎ 🏴󠁧󠁢󠁥󠁮󠁧󠁿 👩‍💻"])("nor from a page: %j", (text) => {
    expect(takeIn(text, "page")).toEqual({ text, removed: [] });
    expect(takeIn(`\ufeff${text}`, "page")).toEqual({ text, removed: [] });
    expect(takeIn(`\ufeff${text}`, "line")).toEqual({ text, removed: [] });
  });

  it.each([
    ["\u001b[38:5:1mred\u001b[m\u001b(B", "red"],
    ["\u001b]8;;https://x.example/SECRETLY\u0007link\u001b]8;;\u0007", "link"],
    ["\u001b]0;title SECRETLY\u001b\\done", "done"],
    ["\u001b[?25l\u001b[2K\u001b[1Gok\u001b7\u001b8", "ok"],
  ])("a terminal's signs are no noise: %j", (text, shown) => {
    expect(takeIn(text, "output")).toEqual({ text: shown, removed: [] });
  });
});

describe("what only looks like it is told", () => {
  it.each(Object.entries(TWINS))("%s", (_what, text) => {
    const { text: named, removed } = takeIn(text, "code");
    expect(named).toMatch(/‹U\+[0-9A-F]{4,6}›/);
    expect(removed).not.toEqual([]);
  });

  it.each(Object.entries(CHAINS))("and no two excuse each other: %s", (_what, text) => {
    const shown = /[\p{Cf}\p{Default_Ignorable_Code_Point}]/gu;
    const isOfLetter = /(?<=ᠠ)\u180b/;
    for (const as of ["code", "page", "line"] as const)
      expect(takeIn(text, as).text.replace(isOfLetter, "").match(shown)).toBeNull();
  });
});
