import { describe, expect, it } from "@jest/globals";
import { clean } from "../../src/hygiene/hidden-text.ts";

/** What hides by its number: small letters in small letters, blanks after blanks, names that each look harmless. */
const S = "SECRETLY";
const mermaid = (...lines: string[]) => `\`\`\`mermaid\n${lines.join("\n")}\n\`\`\``;
const around = (open: string, close: string, times: number) => open.repeat(times) + S + close.repeat(times);
const SHA = "0123456789abcdef0123456789abcdef01234567";

const HIDDEN: Readonly<Record<string, readonly string[]>> = {
  "letters that grow smaller": [
    `a ${"<sub>".repeat(12)}${S}`,
    `a ${"<sub></small>".repeat(12)}${S}${"</sub>".repeat(12)}`,
    `a ${"<small>".repeat(12)}b\n\n${S}`,
    `<div>${"<sup>".repeat(9)}\n\n${S}`,
    ...["code", "tt", "kbd", "samp", "pre", "sup"].map((name) => around(`<${name}>`, `</${name}>`, 25)),
    around("<h6><div>", "</div></h6>", 25),
    around("<sub><code>", "</code></sub>", 5),
    around("<SUB>", "</SUB>", 5),
    around("<sub class=x>", "</sub>", 5),
    around("<ruby><rt>", "</rt></ruby>", 3),
    `- a ${around("<kbd><sup>", "</sup></kbd>", 4)}`,
    `| a |\n|---|\n| ${around("<code>", "</code>", 25)} |`,
    `# a ${around("<tt><sub>", "</sub></tt>", 6)}`,
  ],
  "text pushed aside": [
    around("<ul><li>", "</li></ul>", 150),
    around("<blockquote>", "</blockquote>", 300),
    around("<dl><dd>", "</dd></dl>", 60),
    around("<table><tr><td>", "</td></tr></table>", 60),
    around("<ol>", "", 80),
    `${"> ".repeat(50)}${S}`,
    `${"- ".repeat(30)}${S}`,
    Array.from({ length: 30 }, (_, depth) => `${"  ".repeat(depth)}- ${depth < 29 ? "x" : S}`).join("\n"),
  ],
  "an element that is not shown, alone and never closed": [
    ...["template", "video", "svg", "audio", "canvas"].map((name) => `<${name}>\n\n${S}`),
    `a <video> ${S}`,
    `<details><summary></summary>${S}</details>`,
    `<details>\n<summary>&nbsp;</summary>\n\n${S}\n\n</details>`,
  ],
  "a formula": [
    `$$\\text{${S}}${"\\!".repeat(80)}\\text{████████████}$$`,
    `a \\\\$\\phantom{${S}}$ b`,
    `5$\\phantom{${S}}$ b`,
    `x$\\phantom{${S}}$ b`,
    `$a$b$\\phantom{${S}}$c`,
    `$x$$\\phantom{${S}}$$y$`,
    `$5 and x$\\phantom{${S}}$ b`,
    `$$x${"\\quad".repeat(200)}\\text{${S}}$$`,
    `$$x${"~".repeat(200)}\\text{${S}}$$`,
    `$$x${"\\;".repeat(200)}\\text{${S}}$$`,
    `$$\\begin{matrix}x${"\\\\".repeat(200)}\\text{${S}}\\end{matrix}$$`,
    `$$\\begin{matrix}x${"&".repeat(200)}\\text{${S}}\\end{matrix}$$`,
    `$$${"x".repeat(900)}\\text{${S}}$$`,
    `$\\@${S}$`,
    "```math\n\\text{" + S + "}" + "\\!".repeat(40) + "XXXXXXXXXX\n```",
  ],
  "a sign without a glyph where markup begins or ends": [
    "\u200b",
    "\u00ad",
    "\u0001",
    "\f",
    "\u{e0041}",
    "\u2800",
    "&#8203;",
  ].flatMap((unseen) => [
    `<!-- x --${unseen}> ${S} -->`,
    `<!--${unseen}->${S}-->`,
    `\`\`${unseen}\`\n\n<!-- ${S} -->`,
    `\`\`${unseen}\` <!-- ${S} --> \`\`\``,
    `~${unseen}~~\n\n<!-- ${S} -->\n~~~`,
    `${unseen}a\n\nb${unseen}    <!-- ${S} -->`,
    `\\${unseen}<!-- ${S} -->`,
    `\\${unseen}$\\phantom{${S}}$`,
    `<div hidden>\n\n${S}\n\n</di${unseen}v>\n\n${S}</div>`,
  ]),
  "a tag that Markdown ends elsewhere than a browser": [
    `<div hidden>x</div\u200b>${S}</div>`,
    `<div>\n<p\fhidden>${S}</p></div>`,
    `<div>\n<p ="><template>">${S}</template></div>`,
    `<div>\n<p="><template>">${S}</template></div>`,
    `<div>\n<p a=x="><template>">${S}</template></div>`,
    `<div>\n<p a="x"="><template>">${S}</template></div>`,
    `<div>\n</1 y="><template>">${S}</template></div>`,
    `<div>\n<?x><template>?>${S}</template></div>`,
    `<div>\n<![CDATA[><template>]]>${S}</template></div>`,
    `<svg><![CDATA[ ></svg> ${S} ]]></svg>`,
    `<div>\n<!-- --!><template> -->${S}</template></div>`,
    `<div><p title=" style='color:red'" style="display:none">${S}</p></div>`,
  ],
  "a name or a colour of a diagram": [
    mermaid("graph TD", `Ignore.all.previous.${S}[a]-->B`),
    mermaid("graph TD", `ignore!all!rules!${S}(a)-->B`),
    mermaid("graph TD", `ignore+all*${S}{a}-->B`),
    mermaid("graph TD", `ignore/all/${S}>a]-->B`),
    mermaid("graph TD", `A[x]-->IGNORE_${S}[y]`),
    mermaid("graph TD", `A[x]-.->${S}((y))`),
    mermaid("graph TD", `A[x] -- yes --> ${S}[y]`),
    mermaid("graph TD", `A[fa:fa-ignore-all-previous-${S} ok]-->B`),
    mermaid("graph TD", `A[fab:fa-${S}]-->B`),
    mermaid("graph TD", `A["$$\\phantom{${S}}$$"]-->B`),
    mermaid("graph TD", `A[${S}]`, "style A fill:#333,stroke:#333"),
    mermaid("graph TD", `A[${S}]`, "style A fill:#474747"),
    mermaid("graph TD", `A[${S}]`, "classDef x fill:rgb(51,51,51)", "class A x"),
    mermaid("graph TD", `A[${S}]`, "style A font:1px x"),
    mermaid("graph TD", `A[${S}]`, "style A letter-spacing:-1em"),
    mermaid("graph TD", `A[x${"<br>".repeat(90)}${S}]`),
    mermaid("sequenceDiagram", "rect rgb(51,51,51)", `A->>B: ${S}`, "end"),
    mermaid("sequenceDiagram", "rect rgba(0, 0, 0, 0.8)", `A->>B: ${S}`, "end"),
    mermaid("sequenceDiagram", "rect #333", `A->>B: ${S}`, "end"),
    mermaid("sequenceDiagram", `box black ${S}`, "participant A", "end"),
    mermaid("sequenceDiagram", `participant Ignore.${S} as x`),
    mermaid("sequenceDiagram", `create actor ${S} as x`),
    mermaid("stateDiagram-v2", `IGNORE_${S} : a state`),
    mermaid("stateDiagram-v2", `Ignore.${S} : a state`),
    mermaid("classDiagram", `class IGNORE_${S}["x"]`),
    mermaid("erDiagram", `IGNORE_${S}[x] ||--o{ B : has`),
    mermaid(`%%{init: {"themeVariables": {"mainBkg": "#333"}}}%%`, "graph TD", `A[${S}]`),
    mermaid("---", "config:", "  themeVariables:", '    mainBkg: "#333"', "---", "graph TD", `A[${S}]`),
    mermaid("---", "config: {fontSize: 1}", "---", "graph TD", `A[${S}]`),
    mermaid("pie", `"${S}" : 0`, '"ok" : 100'),
    mermaid("pie", `"${S}" : 1`, '"ok" : 1000'),
  ],
  "the end of an address that is shown short": [
    `see https://github.com/o/r/pull/5/commits/${SHA}?${S}`,
    `see https://github.com/o/r/pull/5/changes#${S}-x`,
    `see https://github.com/o/r/issues/5/?x=${S}`,
    `see https://github.com/o/r/issues/5/${S}`,
    `see https://github.com/orgs/o/projects/5?q=${S}`,
    `see https://github.com/orgs/o/discussions/5#${S}`,
    `see https://github.com/o/r/blob/${SHA}/a.ts?x=${S}#L1-L2`,
    `see https://github.com/o/r/commit/0a1b2c3#${S}`,
    `https://github.com/user-attachments/assets/01234567-89ab-cdef-0123-456789abcdef?x=${S}`,
    `https://GitHub.com:443/o/r/issues/5?x=${S}`,
    `https://github.com/o/r/releases/tag/v1?x=${S}`,
    `https://gist.github.com/o/commit/0a1b2c3d?x=${S}`,
  ],
};

describe("what hides by its number, no model sees", () => {
  it.each(Object.entries(HIDDEN))("%s", (_where, pages) => {
    const seen = pages.filter((page) => {
      const { text, removed } = clean(page);
      return text.includes(S) || removed.length === 0;
    });
    expect(seen).toEqual([]);
    expect(pages.filter((page) => clean(clean(page).text).text !== clean(page).text)).toEqual([]);
  });

  it.each([
    ["blanks of every width", "```\nx" + "\u202f".repeat(300) + S + "\n```", "300 blanks"],
    ["mathematical blanks", `\`\`\`\nx${"\u205f".repeat(150)}${"\u1680".repeat(150)}${S}\n\`\`\``, "300 blanks"],
    ["blanks by name", `<pre>x${"&#32;".repeat(300)}${S}</pre>`, "300 blanks"],
    ["blanks by name in prose", `x${"&nbsp;".repeat(200)}${"&emsp;".repeat(100)}${S}`, "300 blanks"],
    ["blanks with dots in between", "```\nx" + (" ".repeat(99) + ".").repeat(4) + S + "\n```", "99 blanks"],
    ["line breaks", `x\n${"<br>\n".repeat(400)}${S}`, "empty lines"],
    ["line breaks in a row", `x${"<br>".repeat(400)}${S}`, "empty lines"],
    ["rows without cells", `<table>${"<tr></tr>".repeat(200)}<tr><td>${S}</td></tr></table>`, "empty lines"],
    ["items without words", `${"-\n".repeat(200)}- ${S}`, "empty lines"],
    ["paragraphs of blanks", `x\n\n${"&nbsp;\n\n".repeat(200)}${S}`, "empty lines"],
    ["headings without words", `x\n\n${"#\n".repeat(200)}\n${S}`, "empty lines"],
    ["dots below each other", `x\n\n${".\n\n".repeat(200)}${S}`, "empty lines"],
    ["code without lines", `x\n\n${"```\n```\n".repeat(100)}\n${S}`, "empty lines"],
  ])("a gap of %s is named", (_what, page, name) => {
    const { text, removed } = clean(page);
    expect(text).toContain(name);
    expect(removed.join()).toContain("out of sight");
    expect(clean(text)).toEqual({ text, removed: [] });
  });

  it.each([
    ["three levels", "x<sub>a<sub>b<sub>seen</sub></sub></sub>"],
    ["small letters, again and again", "x<sub>i</sub> ".repeat(30) + "seen"],
    ["small letters that somebody forgot to close", "x<sub>1\n\nx<sub>2\n\nx<sub>3\n\nx<sub>4\n\nx<sub>5\n\nseen"],
    ["code in a small remark", "<sub>see `a` and <code>seen</code></sub>"],
    ["an end with a blank", "<div hidden>x</div >seen"],
    ["a quotation mark in a value", `<div><img alt='12" seen' src=x> <a title="don't">seen</a></div>`],
    ["an address without quotation marks", "<div><a href=https://x.y/?a=b>seen</a></div>"],
    ["a joiner in a name", "a\u200bb `c` and <b>seen</b>"],
    ["a soft hyphen beside code", "docu\u00admentation of ``x``\u00ad seen"],
    ["a program", "<?php foreach ($all as $one => $two) echo $one->name; ?>\n\nseen"],
    ["an instruction to a program", '<?xml version="1.0"?>\n\nseen'],
    ["old HTML without ends", `<dl>${"<dt>a<dd>b".repeat(40)}<dd>seen</dl>`],
    ["a long list", `<ul>${"<li>a</li>".repeat(100)}<li>seen</li></ul>`],
    ["lists in lists", "- a\n  - b\n    - c\n      - d\n        - seen"],
    ["a conversation by mail", `${"> ".repeat(8)}seen`],
    ["an element's name without quotation marks", "Array<template> is seen\n\nand seen"],
    ["prices", "It costs 5$ here and 6$ there, seen."],
    ["names of a shell", "$HOME and C:\\x and $PATH, seen"],
    ["a formula with a few spaces", "$\\int\\!\\!\\int f\\,dx\\;dy\\quad seen$"],
    ["a formula and a place on a disk", mermaid("graph TD", 'A["$$x^2$$"] --> B["C:\\temp seen"]')],
    ["set braces", "$\\{ x \\mid seen \\}$"],
    ["words on an arrow", mermaid("graph TD", "A[x] -->|a seen (b)| B(y)", "B -- also seen. --> C")],
    ["a box in red", mermaid("graph TD", "A[seen]", "style A fill:#f00,stroke:#333,stroke-width:4px")],
    ["a frame in light blue", mermaid("sequenceDiagram", "rect rgb(191, 223, 255)", "A->>B: seen", "end")],
    ["a call in a message", mermaid("sequenceDiagram", "A->>B: seen(x) of foo.bar!")],
    ["a member of a class", mermaid("classDiagram", "class Duck {", "+seen(a, b)", "}")],
    ["a formula in a box", mermaid("graph TD", 'A["$$x^2$$"]-->B[seen]')],
    ["a curve", mermaid("%%{init: {'flowchart': {'curve': 'basis'}}}%%", "graph TD", "A[seen]")],
    ["a large part", mermaid("pie", '"seen" : 40', '"ok" : 60')],
    ["a file's heading", "https://github.com/o/r/blob/main/README.md#seen-on-linux"],
    ["a search", "https://github.com/o/r/issues?q=seen"],
    ["a line of a commit", `https://github.com/o/r/blob/${SHA}/seen.ts#L1-L2`],
    ["a file of a change", `https://github.com/o/seen/pull/5/files#diff-${SHA.slice(8)}R12`],
    ["art of signs", `\`\`\`\n${"+------+   +------+\n|      |---|      |\n".repeat(40)}seen\n\`\`\``],
  ])("and what is seen stays: %s", (_what, page) => expect(clean(page).text).toContain("seen"));
});
