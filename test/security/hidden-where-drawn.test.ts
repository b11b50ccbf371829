import { describe, expect, it } from "@jest/globals";
import { clean } from "../../src/hygiene/hidden-text.ts";

/** Where a page draws, folds, plays or pushes aside, it reads more than it shows. Each holds the word once. */
const S = "SECRETLY";
const mermaid = (...lines: string[]) => `\`\`\`mermaid\n${lines.join("\n")}\n\`\`\``;
const moved = (by: number) => [...S].map((char) => String.fromCodePoint(by + char.charCodeAt(0))).join("");
const fold = (summary: string) => `<details><summary>${summary}</summary>${S}</details>`;
/** What comes first is plain; then a parser gives up. */
const tangled = (page: string) => `Fix. ${"[".repeat(40)}\n\n${page}`;

const HIDDEN: Readonly<Record<string, readonly string[]>> = {
  "remarks of a diagram": [
    mermaid("sequenceDiagram", `# ${S}`, "A->>B: hi"),
    mermaid("sequenceDiagram", `A->>B: hi # ${S}`),
    mermaid("sequenceDiagram", `A->>B: hi; # ${S}`),
    mermaid("sequenceDiagram", `Note over A: hi #${S}`),
    mermaid("sequenceDiagram", `participant A # ${S}`),
    mermaid("stateDiagram-v2", `# ${S}`, "a --> b"),
    mermaid("stateDiagram-v2", `a --> b # ${S}`),
  ],
  "a line with a direction": [
    ...["graph TD", "flowchart TD", "stateDiagram-v2", "classDiagram", "erDiagram"].flatMap((kind) => [
      mermaid(kind, `${S} direction TB`, "A"),
      mermaid(kind, `direction RL ${S}`, "A"),
    ]),
  ],
  "a state that is drawn as a sign": [
    mermaid("stateDiagram-v2", `state "${S} x" as c`, "state c [[choice]]", "a --> c"),
    mermaid("stateDiagram-v2", "state c <<choice>>", `c : ${S}`, "a --> c"),
  ],
  "a slice of nothing": [mermaid("pie", `'${S}' : 0`, '"x" : 9'), mermaid("pie", `"${S}" : -5`, '"x" : 9')],
  "the end of a commit's address": [
    `https://github.com/o/r/commit/0a1b2c3/${S}`,
    `https://github.com/o/r/commit/0123456789abcdef0123456789abcdef01234567.patch?x=${S}`,
  ],
  "what a diagram says twice": [
    mermaid("graph TD", `A[${S}]-->B`, "A[fine]"),
    mermaid("flowchart TD", `A(${S} do)`, 'A{"ok"}'),
    mermaid("flowchart TD", `subgraph one[${S}]`, "A", "end", "subgraph one[ok]", "B", "end"),
    mermaid("classDiagram", `class A["${S}"]`, 'class A["ok"]'),
    mermaid("sequenceDiagram", `participant A as ${S}`, "participant A as ok", "A->>B: x"),
    mermaid("erDiagram", `A["${S}"] {`, "string x", "}", 'A["ok"] ||--o{ B : has'),
    mermaid("sequenceDiagram", `title: ${S}`, "title: ok", "A->>B: x"),
    mermaid("pie", `title ${S}`, "title ok", '"a" : 40'),
  ],
  "elements in the language of a figure": [
    `<pre lang="mermaid"><code>graph TD\n%% ${S}\nA-->B\n</code></pre>`,
    `<pre LANG=math><code>\\phantom{${S}}</code></pre>`,
    `<pre lang='geojson'>{"a":"${S}"}</pre>`,
    `<pre lang="&#116;opojson">{"a":"${S}"}</pre>`,
    `<pre lang=stl>solid ${S}</pre>`,
  ],
  "folds that nobody can click on": [
    fold("&nbsp"),
    fold("&#8203"),
    fold("\u3164"),
    fold("\u2800\ufe0f"),
    fold("<!-- a>b -->"),
    fold('<b title="a>b"></b>'),
    fold("<template>x</template>"),
    fold("<b></b>".repeat(100)),
    fold("<font color=white>more</font>"),
    `<details><summary hidden>more</summary>${S}</details>`,
  ],
  "the end of a film's address": [
    `https://user-images.githubusercontent.com/1/2.mp4?${S}`,
    `see https://private-user-images.githubusercontent.com/1/2-3.mov?jwt=${S} there`,
    `<https://user-images.githubusercontent.com/1/2.webm#${S}>`,
  ],
  "text pushed out of the page by two means": [
    `${"<ul><li>".repeat(19)}\n\n${"> ".repeat(19)}${S}`,
    `${"<figure>".repeat(30)}${S}${"</figure>".repeat(30)}`,
  ],
  "styles that others have": [
    ...["opacity-0", "text-transparent", "visually-hidden-focusable", "off-screen", "is-hidden"].map((name) => `<p class="${name}">${S}</p>`), // prettier-ignore
    ...["AdobeBlank", "Adobe Blank 2", "Symbol", "'Symbol'", "Symbol MT", "Nothing, Symbol", "Arial,'Wingdings 3',serif", "webdings", "Zapf Dingbats", "ZapfDingbats", "Bookshelf Symbol 7", "Standard Symbols PS", "Libre Barcode 39 Text", "Redacted Script", "Flow Block"].map((font) => `<p style="font-family:${font}">${S}</p>`), // prettier-ignore
  ],
  "a tangle, in ways of its own": [
    `> [a]: x '${S}'`,
    `1.  [a]: ${S}`,
    `[a\nb]: ${S}`,
    `[${"a".repeat(300)}]: ${S}`,
    `| a |\n|---|\n| b | ${S} |`,
    `\`\`\`js ${S}\nx\n\`\`\``,
    `> ~~~${S}\n> x\n> ~~~`,
    `> \`\`\`mermaid\n> graph TD\n> %% ${S}\n> \`\`\``,
    `see https://github.com/o/r/issues/5#${S}`,
    `[text][${S}]`,
    `x[^${S}]`,
    `$${"x".repeat(250)}\\phantom{${S}}$`,
    `${"> ".repeat(50)}${S}`,
  ].map(tangled),
  "places where no letter is": [moved(0x40000), moved(0xe2000), `a${"\u{16fe4}".repeat(3)}b`],
};

const READABLE = /SECRETLY|[\u{16fe4}\u{34000}-\u{effff}]/u;

describe("what a page draws, folds, plays or pushes aside unseen, no model sees", () => {
  it.each(Object.entries(HIDDEN))("%s", (_where, pages) => {
    const seen = pages.filter((page) => {
      const { text, removed } = clean(page);
      return READABLE.test(text) || removed.length === 0;
    });
    expect(seen).toEqual([]);
    expect(pages.filter((page) => clean(clean(page).text).text !== clean(page).text)).toEqual([]);
  });

  it.each([
    ["blanks by name that have no end", `<pre>x${"&nbsp".repeat(300)}${S}</pre>`, "300 blanks"],
    ["one sign", "```\n// " + "-".repeat(300) + ` ${S}\n\`\`\``, "300 times -"],
    ["a wide cell", `<table><tr><td width="5000">x</td><td>${S}</td></tr></table>`, "empty lines"],
    ["a wide column", `<table><colgroup><col width=9000></colgroup><tr><td>x<td>${S}</table>`, "empty lines"],
    ["two signs", `\`\`\`\nx ${"- ".repeat(100)}${S}\n\`\`\``, "signs"],
    ["several signs", `\`\`\`\nx ${"/*".repeat(100)}${S}\n\`\`\``, "signs"],
    ["blanks and dots", `\`\`\`\nx${`${" ".repeat(15)}·`.repeat(12)}${S}\n\`\`\``, "signs"],
    ["a height by number", `x<img height="&#57;999" src=x>${S}`, "empty lines"],
  ])("a gap of %s is named", (_what, page, name) => {
    const { text, removed } = clean(page);
    expect(text).toContain(name);
    expect(removed.join()).toContain("out of sight");
    expect(clean(text)).toEqual({ text, removed: [] });
  });

  it.each([
    ["a sign by its number", mermaid("sequenceDiagram", "A->>B: issue #35;12 seen")],
    ["a protected member", mermaid("classDiagram", "class A {", "#seen()", "}")],
    ["a colour", mermaid("graph TD", "A[seen]", "style A fill:#f96,stroke:#333")],
    ["a number in a state's words", mermaid("stateDiagram-v2", "a --> b : take #2 seen")],
    ["a number in a box", mermaid("flowchart TD", "A[seen in #12]-->B")],
    ["a direction of its own", mermaid("flowchart TD", "subgraph one", "direction LR", "A[seen]-->B", "end")],
    ["a word like it", mermaid("flowchart TD", "A[direction seen]-->B[redirection TBD]")],
    ["a direction in a message", mermaid("sequenceDiagram", "A->>B: seen in direction TB")],
    ["a direction in a part", mermaid("pie", '"seen direction TB" : 40', '"x" : 60')],
    ["a box named twice alike", mermaid("graph TD", "A[Seen seen]-->B", 'A["Seen seen"]-->C')],
    ["a box without its label again", mermaid("graph TD", "A[seen]-->B", "A-->C")],
    ["a state described twice", mermaid("stateDiagram-v2", "s1 : seen", "s1 : and more")],
    ["two boxes with one label", mermaid("graph TD", "A[seen]-->B[seen]")],
    ["members of two classes", mermaid("classDiagram", "class A", "class B", "A : +seen(x)", "B : +seen(y)")],
    ["a title", mermaid("pie title seen", '"a" : 40', '"title" : 60')],
    ["code in a language", '<pre lang="ts"><code>seen</code></pre>'],
    ["words in a language", '<p lang="de">seen</p>'],
    ["mathematics", '<p lang="en" class="mathematics">seen</p>'],
    ["a fold with a sign", "<details><summary>📦</summary>seen</details>"],
    ["a fold in bold", "<details><summary><b>Log</b></summary>seen</details>"],
    ["a fold in Markdown", "<details><summary>\n\n**Log**\n\n</summary>\n\nseen\n\n</details>"],
    ["a fold behind a picture", '<details><summary><img src="x" alt="y>z"> Log</summary>seen</details>'],
    ["a fold whose words never end", "<details><summary>Log\n\nseen\n\n</details>"],
    ["a fold far from its words", `<details><summary>${" ".repeat(400)}Log</summary>seen</details>`],
    ["a film", "https://user-images.githubusercontent.com/1/seen.mp4"],
    ["a picture's address", "https://user-images.githubusercontent.com/1/x.png?raw=seen"],
    ["a film elsewhere", "https://x.example/a.mp4?t=seen"],
    ["a picture with its words", "<figure><img src=x><figcaption>seen</figcaption></figure>"],
    ["rare Chinese letters", "\u{30edd} \u{323b0} seen"],
    ["letters of a new emoji", "\u{1faea} seen"],
    ["a heading of a log", `\`\`\`\n${"=".repeat(90)} seen ${"=".repeat(90)}\n\`\`\``],
    ["a rule", `\`\`\`\n${"-".repeat(300)}\nseen\n\`\`\``],
    ["a wide picture", '<img width="2400" src=x>seen'],
    ["a table as wide as the page", '<table width="100%"><tr><td width="1200">seen</td></tr></table>'],
    ["a table of a terminal", `\`\`\`\n| a ${" ".repeat(80)}|${" ".repeat(90)}| seen |\n\`\`\``],
    ["a bar of progress", `\`\`\`\n${"#".repeat(200)} 100%\nseen\n\`\`\``],
    ["ampersands in code", "<pre>a&b&c seen</pre>"],
    ["a page's usual letters", `<p style="font-family: -apple-system, BlinkMacSystemFont, 'Segoe UI', Roboto, Arial, sans-serif, 'Apple Color Emoji', 'Segoe UI Emoji', 'Segoe UI Symbol', 'Noto Color Emoji';">seen</p>`], // prettier-ignore
    ["letters by their names", "<p style='font-family:system-ui,&quot;Noto Sans Symbols 2&quot;,&quot;Segoe UI Symbol&quot;'>seen</p>"], // prettier-ignore
    ["a font with many signs", `<p style="font-family: Segoe UI Symbol">seen</p>`],
    ["another one", `<p style="font-family: 'DejaVu Sans', Symbola, 'Apple Symbols'">seen</p>`],
    ["fonts with such names", `<p style="font-family: Blanka, 'Fira Code', Wingding Sans, 'Flow Sans'">seen</p>`],
    ["what stands before a tangle", `seen\n\n${"[".repeat(40)}`],
    ["an address in a tangle", tangled("https://github.com/o/seen and https://github.com/seen/r/issues/5")],
    ["code in a tangle", tangled("```js\nseen()\n```")],
  ])("and what is seen stays: %s", (_what, page) => {
    const { text } = clean(page);
    expect(text).toContain("seen");
    expect(text).not.toContain("(diagram)");
  });
});
