import { describe, expect, it } from "@jest/globals";
import { clean } from "../../src/hygiene/hidden-text.ts";

/** Every part of Markdown and HTML that a page reads and does not show, once with the word in it. */
const S = "SECRETLY";
const tag = (text: string) => [...text].map((char) => String.fromCodePoint(0xe0000 + char.charCodeAt(0))).join("");
const moved = (by: number) => [...S].map((char) => String.fromCodePoint(by + char.charCodeAt(0))).join("");

const HIDDEN: Readonly<Record<string, readonly string[]>> = {
  "footnotes that the page does not reach": [
    `x[^1]\n\n[^1]: ok\n\n[^2]: ${S}`,
    `x[^a]\n\n[^a]: ok\n\n[^A]: ${S}`,
    `[^1]: ${S}[^1]`,
    `[^1]: a[^2]\n\n[^2]: ${S}[^1]`,
    "`[^1]`\n\n" + `[^1]: ${S}`,
    `<!-- [^1] -->\n\n[^1]: ${S}`,
    `![a[^1]](x)\n\n[^1]: ${S}`,
    `<p hidden>[^1]</p>\n\n[^1]: ${S}`,
    `<div hidden>\n\n[^1]\n\n</div>\n\n[^1]: ${S}`,
    `| a |\n|---|\n| b | c[^1] |\n\n[^1]: ${S}`,
  ],
  "folds that nobody opens": [
    `<details>\n<summary>\n\n\n</summary>\n\n${S}\n</details>`,
    ...["<wbr>", "<br>", "<span></span>", "&#8203;", "<img src=x>", " &nbsp; "].map((words) => `<details><summary>${words}</summary>${S}</details>`), // prettier-ignore
    `${"<details><summary>more</summary>".repeat(9)}${S}${"</details>".repeat(9)}`,
    `<details><summary>x<sub><sub><sub><sub>${S}</sub></sub></sub></sub></summary>y</details>`,
    `<details><summary><img src=x alt="${S}"></summary>y</details>`,
  ],
  "definitions and pictures": [
    `[a][b]\n\n[b]: /x '${S}'`,
    `[a][]\n\n[a]: <x> "${S}"`,
    `[a]\n\n[a]: x#${S}`,
    `[a]: x\n  '\n${S}\n'\n\n[a]`,
    `![a][${S}]\n\n[${S}]: x`,
    `<img title="${S}">`,
    `- [${S}]: x`,
    `- [x](${S})`,
    `[![](x)](${S})`,
    `[<sup></sup>](${S})`,
    `[.](http://x/${S})`,
  ],
  "attributes of tables and others": [
    `<table summary="${S}"><tr><td>a</td></tr></table>`,
    `<table><tr><th abbr="${S}">x</th></tr></table>`,
    `<table><colgroup><col title="${S}"></colgroup><tr><td>x</td></tr></table>`,
    `<table><caption style="display:none">${S}</caption></table>`,
    `| a | b |\n|--|--|\n| x | y | ${S} | z`,
    `<g-emoji alias="${S}">x</g-emoji>`,
    `<p data-x="${S}">y</p>`,
    `<p lang="${S}">y</p>`,
    `<p onclick="${S}">y</p>`,
    `<p title=${S}>y</p>`,
    `<a name="${S}"></a>x`,
    `<h1 id="${S}">x</h1>`,
    `<p title=a title="${S}">x</p>`,
    "<p title=`" + S + "`>x</p>",
    `<p title="&gt;${S}">x</p>`,
    `<abbr title="${S}">x</abbr>`,
    `<time datetime="${S}">x</time>`,
    `<hr title="${S}">`,
    `<input type=hidden value="${S}">`,
    `<button hidden>${S}</button>`,
    `<mark style="background:#000">${S}</mark>`,
  ],
  "comments and what a browser takes for one": [
    `<!-- a --!> ${S} -->`,
    `[a <!-- ${S} --> b](x)`,
    `## <!-- ${S} -->`,
    `1. <!--\n${S}\n-->`,
    `<!-- a -- ${S} -->`,
    `<!-- ${S}\n--- -->`,
    `~~~ -->\n~~~\n<!-- ${S} -->`,
    `<![CDATA[${S}]]>`,
    `<![CDATA[ > ${S} ]]>`,
    `<![CDATA[\n\n${S}\n\n]]>`,
    `<?php ${S} ?>`,
    `<?\n\n${S}\n\n?>`,
    `<!DOCTYPE ${S}>`,
    `<!ELEMENT br (${S})>`,
  ],
  "words behind a fence": [
    ...["js ", " ", "js\t", "js:", "{.", "&#74;S "].map((before) => `\`\`\`${before}${S}\nx\n\`\`\``),
    `~~~${S}\nx\n~~~`,
    `~~~ js \`${S}\`\nx\n~~~`,
    `- \`\`\`js ${S}\n  x\n  \`\`\``,
    `> \`\`\`js ${S}\n> x\n> \`\`\``,
    `\`\`\`MERMAID\ngraph TD\n%% ${S}\nA\n\`\`\``,
    `\`\`\`merma&#105;d\ngraph TD\n%% ${S}\nA\n\`\`\``,
    `- ~~~ geojson\n  {"a":"${S}"}\n  ~~~`,
    `\`\`\`\`stl x\nsolid ${S}\n\`\`\`\``,
  ],
  "formulas with commands that draw nothing, or elsewhere": [
    ...["llap", "smash", "cancel", "ref", "unicode", "tag", "style{display:none}", "class{x}", "rule{9em}{9em}"].map((name) => `$$x\\${name}{${S}}$$`), // prettier-ignore
    `$\\text{a $\\phantom{${S}}$}$`,
    `# $\\phantom{${S}}$`,
    `~~~math\n\\phantom{${S}}\n~~~`,
  ],
  "diagrams too large for their letters": [
    `\`\`\`mermaid\nsequenceDiagram\nA->>B: ${"x ".repeat(400)}${S}\n\`\`\``,
    `\`\`\`mermaid\ngraph TD\n${"A-->B\n".repeat(400)}B-->C[${S}]\n\`\`\``,
  ],
};

const READABLE = /SECRETLY|[\u{e000}-\u{f8ff}\u{e0000}-\u{10ffff}]/u;

describe("what a page reads and does not show, no model sees", () => {
  it.each(Object.entries(HIDDEN))("%s", (_where, pages) => {
    const seen = pages.filter((page) => {
      const { text, removed } = clean(page);
      return READABLE.test(text) || removed.length === 0;
    });
    expect(seen).toEqual([]);
    expect(pages.filter((page) => clean(clean(page).text).text !== clean(page).text)).toEqual([]);
  });

  it.each([
    ["a flag of letters nobody knows", `🏴${tag("secretly")}\u{e007f}`],
    [
      "selectors behind a letter",
      `a${[...S].map((char) => String.fromCodePoint(0xfe00 + (char.charCodeAt(0) & 15))).join("")}`,
    ],
    ["letters of private use", moved(0xe000)],
    ["letters of private use, far away", moved(0xf0000)],
    ["places that will never be letters", "\ufdd0\uffff\u{1fffe}"],
    ["fillers of Korean", "\u3164\u115f\u1160\uffa0"],
    ["marks over letters until nobody reads them", `a${"\u0335\u0336\u0337\u0338".repeat(10)}`],
  ])("nor what is no letter: %s", (_what, text) => {
    const { text: shown, removed } = clean(`x${text}y`);
    expect(shown.replace(/🏴|[\u0335-\u0338]{1,6}/gu, "")).toMatch(/^xa?y$/);
    expect(removed).not.toEqual([]);
  });

  it.each([
    ["a tall row", `x<table><tr height=9000><td>a</td></tr><tr><td>${S}`],
    ["a wide rule", `x<hr size="9999">${S}`],
    ["a thick border", `x<table cellpadding='5000'><tr><td>${S}</td></tr></table>`],
    ["a picture of one colour", `x<img height=9000 src=y>${S}`],
    ["headings", `x${"<h1></h1>".repeat(200)}${S}`],
    ["numbers of a list", `${"1.\n".repeat(200)}1. ${S}`],
    ["rules", `x\n\n${"---\n\n".repeat(200)}${S}`],
    ["comments", `x\n\n${"<!-- -->\n\n".repeat(200)}${S}`],
    ["rows of a table", `| a |\n|---|\n${"| |\n".repeat(200)}| ${S} |`],
    ["empty quotations", `${">\n".repeat(300)}> ${S}`],
    ["paragraphs of a blank", `x${"<p>&nbsp;</p>".repeat(200)}${S}`],
  ])("and a gap made of %s is named", (_what, page) => {
    const { text, removed } = clean(page);
    expect(text).toMatch(/‹\d+ (?:blanks|empty lines)›/);
    expect(removed.join()).toContain("out of sight");
    expect(clean(text)).toEqual({ text, removed: [] });
  });

  it.each([
    ["footnotes of footnotes", "x[^1]\n\n[^1]: a[^2]\n\n[^2]: seen"],
    ["a fold with a picture and words", "<details><summary><b>Log</b></summary>seen</details>"],
    ["a fold in a fold", "<details><summary>a</summary><details><summary>b</summary>seen</details></details>"],
    ["a comment of no length", "<!--->seen"],
    ["text behind the first end of a comment", "<!-- <!-- -->seen"],
    ["a comment that is only opened in a line", "a <!-- seen\n\nb"],
    ["signs that open nothing", "</ seen> <! seen> <%seen%>"],
    ["a heading", "seen\n==="],
    ["right to left", "<bdi dir=rtl>seen</bdi>"],
    ["emoji in words", ":seen:"],
    ["small indices", "$x_{i_{j_{seen}}}$"],
    ["one mark on each letter", "se\u0301en seen"],
    ["Hebrew with its signs", "seen בְּרֵאשִׁ֖ית"],
    ["a picture of usual height", "<img height=400 src=x>seen"],
    ["a diagram of usual size", "```mermaid\ngraph TD\nA[seen]-->B\n```"],
  ])("but what is seen stays: %s", (_what, page) => expect(clean(page).text).toContain("seen"));

  it("and what is struck out stays struck out", () => {
    expect(clean("<del>delete it</del> <s>and that</s>").text).toBe("~delete it~ ~and that~");
  });
});
