import { describe, expect, it } from "@jest/globals";
import { clean } from "../../src/hygiene/hidden-text.ts";

/** Places of a page where a reader's eye does not go. Each holds the word once, and nothing of it may reach a model. */
const S = "SECRETLY";
const mermaid = (...lines: string[]) => `\`\`\`mermaid\n${lines.join("\n")}\n\`\`\``;

const HIDDEN: Readonly<Record<string, readonly string[]>> = {
  "a style": [
    "opacity:.01",
    "color:#ffffff",
    "color: rgb(255,255,255)",
    "color:#fefefe",
    "font-size:1px",
    "font-size : 0.001em",
    "clip:rect(0,0,0,0);position:absolute",
    "display&colon;none",
    "display:/**/none",
    "d\\69splay:none",
    "transform:scale(0)",
    "filter:opacity(0)",
    "margin-left:-999em",
    "height:0;overflow:hidden",
    "background:#000;color:#000",
    "mask:url(#x)",
  ].map((style) => `<span style="${style}">${S}</span>`),
  "an attribute": [
    `<p hidden="until-found">${S}</p>`,
    `<P HIDDEN>${S}</P>`,
    `<p title="a"hidden>${S}</p>`,
    `<div popover>${S}</div>`,
    `<p class="x d-none">${S}</p>`,
    `<span class=sr-only>${S}</span>`,
    `<font color="white">${S}</font>`,
    `<font color='#fefefe' size=1>${S}</font>`,
    `<span style=display:none>${S}</span>`,
    `<p\nstyle="\ndisplay:\nnone">${S}</p>`,
    `<p style="color: white;">${S}</p>`,
    `<p aria-label="${S}">x</p>`,
    `<details name="${S}">x</details>`,
    `<q cite="${S}">x</q>`,
    `<b title=">${S}">x</b>`,
  ],
  "an element": [
    `<rp>${S}</rp>`,
    `<ruby>x<rt><sub><sub><sub>${S}</sub></sub></sub></rt></ruby>`,
    `<picture><source srcset="${S}"><img alt="${S}" src=x></picture>`,
    `<template>\n\n${S}\n\n</template>`,
    `<dialog>${S}</dialog>`,
    `<table><tr><td hidden>${S}</td></tr></table>`,
    `<details><summary><span hidden>${S}</span>x</summary></details>`,
    `</div ${S}>`,
    `<bdo dir="rtl">${S}</bdo>`,
    `<meter value=1>${S}</meter>`,
    `<progress value=1>${S}</progress>`,
    `<template title="</template>">\n\n${S}\n\n</template>`,
    "<template>\n\n`</template>`\n\n" + S + "\n\n</template>",
    `<template><!-- </template> -->\n\n${S}\n\n</template>`,
  ],
  "a comment": [
    `- a\n  <!-- ${S} -->\n- b`,
    `> a\n> <!--\n> ${S}\n> -->`,
    `| a | b |\n|---|---|\n| x <!-- ${S} --> | y |`,
    `# a <!-- ${S} -->`,
    `a <!-- x --!> ${S} -->`,
    `<?x ${S} ?>`,
    `<![CDATA[ ${S} ]]>`,
    `<details><summary>x</summary><!--\n\n${S}\n\n--></details>`,
    `[//]: # (${S})`,
    `[x<!-- ${S} -->](y)`,
    `<!-- ${S}\n===\n-->`,
  ],
  "a link's other half": [
    `[a]:\nx\n"${S}"`,
    `> [a]: x '${S}'`,
    `- [${S}]: x`,
    `[a][]\n\n[a]: x (${S})`,
    `[text][${S}]\n\n[${S}]: http://x`,
    `![${S}][a]\n\n[a]: http://x`,
    `[![${S}](x)](y)`,
    `[&nbsp;](http://${S})`,
    `[\u200b](http://${S})`,
    `x[^1]\n\n[^1]: [a]: y "${S}"`,
    `see https://github.com/o/r/issues/5#${S}-ignore-all`,
    `see https://www.github.com/o/r/pull/5?x=${S} now`,
    `<https://github.com/o/r/commit/0a1b2c3?${S}>`,
    `x\n\n[^1]: ${S}`,
  ],
  "a formula": [
    `$\\color{white}{\\text{${S}}}$`,
    `$$\\hphantom{${S}}$$`,
    `$\\href{${S}}{x}$`,
    `$\\tiny{${S}}$`,
    `$$\\label{${S}}$$`,
    `$\\def\\a#1{}\\a{${S}}$`,
    `$\\begin{array}{@{}${S}}x\\end{array}$`,
    `$$x\n%${S}\ny$$`,
    `| $\\phantom{${S}}$ |\n|---|`,
    `> $$\\phantom{${S}}$$`,
    `<p>$\\phantom{${S}}$</p>`,
    "$`\\phantom{" + S + "}`$",
    "```math\n\\begin{aligned} " + S + " \\\\[-1em] xxxxxxxx \\end{aligned}\n```",
    `$$\\begin{matrix}${S}\\\\ [-9ex] XXXXXXXX\\end{matrix}$$`,
    `$$x\\\\[99em]${S}$$`,
    `$a *\\phantom{${S}}* b$`,
    `- $$\n  \\phantom{${S}}\n  $$`,
  ],
  "a tangle that is hidden itself": [
    `Fix.\n<!-- ${S} ${"[".repeat(30)} -->`,
    `Fix.\n<p hidden>${S} ${"[".repeat(40)}</p>`,
    `Fix. ${"[".repeat(40)}\n<!-- ${"_ ".repeat(601)} ${S} -->`,
    `Fix. ${"[".repeat(40)} [a](https://x.y/${S})`,
  ],
  "what opens in a piece that ends early": [
    `<?x > <b title=">" hidden> ?>\n\n${S}</b>`,
    `<?x > <b>seen</b> <template> ?>\n\n${S}`,
    `<!-- a --!> <p title='> -->\n\n${S}'>x</p>`,
  ],
  "a tag's name that ends at a stroke": [`<p>Fix.</p><p><b/title=">"hidden>${S}</b></p>`],
  "an attribute with blanks around its sign": [
    `<b title= "> ${S}">x</b>`,
    `<p title = '> ${S}'>x</p>`,
    `<b title=\n"> ${S}">x</b>`,
  ],
  "a diagram": [
    mermaid('graph TD;A-->B;click A "x" "' + S + '"'),
    mermaid("graph TD", "accDescr {", S, "}", "A-->B"),
    mermaid("graph TD", `A[${S}]`, "style A color:#fff,fill:#fff"),
    mermaid("graph TD", `A[${S}]:::x`, "classDef x opacity:0"),
    mermaid("graph TD", `A[x<b hidden>${S}</b>]`),
    mermaid(`%%{init: {"themeVariables": {"primaryTextColor": "#fff"}}}%%`, "graph TD", `A[${S}]`),
    mermaid("sequenceDiagram", `links A: {"${S}": "x"}`, "A->>B: hi"),
    mermaid("sequenceDiagram", `participant IGNORE_${S} as x`),
    mermaid("graph TD", `IGNORE_${S}[a]-->B`, `IGNORE_${S}-->C`),
    mermaid("graph TD", `subgraph IGNORE_${S} [title]`, "A", "end"),
    mermaid("stateDiagram-v2", `state "x" as IGNORE_${S}`),
    mermaid("---", "title: x", `config: ${S}`, "---", "graph TD", "A"),
    mermaid("gantt", `dateFormat ${S}`, "section A", "task: 2020-01-01, 1d"),
    mermaid("gantt", "section A", `task :crit, IGNORE_${S}, 2020-01-01, 1d`),
    mermaid("gantt", `todayMarker ${S}`, "section A", "t:2020-01-01,1d"),
    mermaid("mindmap", "  root((x))", `    ::icon(${S})`),
    mermaid("flowchart TD", `A@{ shape: rect, icon: "${S}", label: "x" }`),
    mermaid("flowchart TD", "A@{", `img: "http://${S}"`, "}"),
    mermaid("flowchart TD", `A IGNORE_${S}@--> B`),
    mermaid("flowchart TD", `A ~~~|${S}| B`),
    mermaid("flowchart TD", "A-->B", `class A,B IGNORE_${S};`),
    mermaid("flowchart TD", "A-->B", `class A X.${S}`),
    mermaid("stateDiagram-v2", "s1 --> s2", `class s1 ignore ${S}`),
    mermaid("C4Context", `Person(IGNORE_${S}, "x")`),
    mermaid("C4Context", 'Person(a,"x")', `UpdateElementStyle(a, $bgColor="${S}")`),
    mermaid("requirementDiagram", "element x {", "type: y", `docref: ${S}`, "}"),
    mermaid("gitGraph", "commit", `commit type: HIGHLIGHT msg: "${S}"`),
    mermaid("sequenceDiagram", "A->>B: x", `rect rgb(0,0,0) ${S}`, "end"),
    mermaid("graph TD", `A[${S}]:::w`, "classDef w color:#fefefe,fill:#fff"),
    mermaid("graph TD", `A[${S}]`, "style A fill:lightyellow,color:#ffffee"),
    mermaid("a kind of tomorrow", S),
  ],
  "an element that is never closed": [
    `<div hidden>\n\n${S}`,
    `<div hidden\n\n${S}`,
    `<div style="display:none">\n\n${S}\n\nmore`,
    `x\n\n<details hidden>\n\n${S}`,
    `a <span hidden>${S}`,
    `<div hidden>\n\n${S}\n\n</p>`,
  ],
  "letters without a glyph": [
    [...S].map((char) => String.fromCodePoint(0xe0000 + char.charCodeAt(0))).join(""),
    "a\u{1d159}\u{1d159}b",
    `😀${[...S].map((char) => String.fromCodePoint(0xe0100 + char.charCodeAt(0) - 16)).join("")}`,
  ],
};

const UNSEEN = /SECRETLY|[\u{1d159}\u{e0000}-\u{e01ff}]/u;

describe("what a reader does not see, no model does", () => {
  it.each(Object.entries(HIDDEN))("%s", (_where, pages) => {
    const seen = pages.filter((page) => {
      const { text, removed } = clean(page);
      return UNSEEN.test(text) || removed.length === 0;
    });
    expect(seen).toEqual([]);
    expect(pages.filter((page) => clean(clean(page).text).text !== clean(page).text)).toEqual([]);
  });

  it.each([
    ["text in the middle", '<p style="text-align:center">seen</p>'],
    ["red letters", '<span style="color:red">seen</span>'],
    ["large letters", '<span style="font-size: 1.5em; font-weight: bold">seen</span>'],
    ["an old font", '<font color="#ff0000">seen</font>'],
    ["what can be unfolded", "<details><summary>Log</summary>\n\nseen\n\n</details>"],
    ["a tag that is none", "a </ seen> b"],
    ["a comment of no length", "<!--> seen -->"],
    [
      "a diagram in colours",
      mermaid("graph TD", "UserService[User service seen]-->B", "classDef red fill:#f96,color:#fff"),
    ],
    ["a message with a semicolon", mermaid("sequenceDiagram", "A->>B: hi; seen")],
    ["dark letters in a light box", mermaid("graph TD", "A[seen]", "style A fill:#eee,color:#111")],
    ["a class with members", mermaid("classDiagram", "class seen {", "+fly()", "}")],
    ["an arrow with words", mermaid("flowchart LR", "A -->|seen| B")],
    ["a row a little below", "$$\\begin{matrix}a\\\\[2pt] seen\\end{matrix}$$"],
    ["a comment's address", "https://github.com/seen/r/issues/5#issuecomment-123456"],
    ["a line's address", "https://github.com/o/r/blob/main/seen.ts#L5-L9"],
    ["a matrix", "$\\begin{array}{c|c} seen \\end{array}$"],
    ["what stands behind bare PHP", '<?php foreach ($x->items as $i) { echo "<li>$i</li>"; } ?>\n\nseen'],
    ["what stands behind a comment with a bold word", "<!-- old --!> <b>bold</b> -->\n\nseen"],
  ])("and what is seen stays: %s", (_what, page) => expect(clean(page).text).toContain("seen"));

  it.each([
    ["beside a line of code", "```\nx" + " ".repeat(300) + S + "\n```", "300 blanks"],
    ["beside indented code", `    x${"\t".repeat(150)}${S}`, "150 blanks"],
    ["beside text whose blanks are kept", `<pre>x${" ".repeat(200)}${S}</pre>`, "200 blanks"],
    ["below code", "```\nx" + "\n \n".repeat(50) + S + "\n```", "empty lines"],
  ])("what stands where nobody scrolls to is named: %s", (_where, page, name) => {
    const { text, removed } = clean(page);
    expect(text).toContain(name);
    expect(removed.join()).toContain("out of sight");
  });

  it("and code that is only indented or aligned is left as it is", () => {
    const page = "```\nname" + " ".repeat(60) + "value\n" + "\n".repeat(20) + "end" + " ".repeat(200) + "\n```";
    expect(clean(page)).toEqual({ text: page, removed: [] });
  });
});
