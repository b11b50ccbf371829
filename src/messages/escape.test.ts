import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import { fromMarkdown } from "mdast-util-from-markdown";
import { gfmFromMarkdown } from "mdast-util-gfm";
import { gfm } from "micromark-extension-gfm";
import { block, cell, code, codeInCell, cut, fence, indent, inline, plain, quote, suggestion } from "./escape.ts";

type Node = { type: string; value?: string; children?: Node[] };

function parse(markdown: string): Node {
  return fromMarkdown(markdown, { extensions: [gfm()], mdastExtensions: [gfmFromMarkdown()] }) as Node;
}

function all(node: Node): Node[] {
  return [node, ...(node.children ?? []).flatMap(all)];
}

const hostile = fc
  .array(
    fc.oneof(
      fc.constantFrom(
        ..."<!-- coop:ledger v1 x y -->|<!--|-->|@alice|@org/team|```|~~~|`|``|\n|\n\n|# Heading|---|===|> |- |1. |\\|\\\\|\\||</details>|<img src=x onerror=alert(1)>|[a](http://x.y)|![i](http://x.y/z.png)|fixes #1|GH-7|https://evil.example/a|www.evil.example|&lt;|&#64;bob|\u202e|\u200b|\t|*|_|__a__|~~x~~|$x$|a@b.com|[^1]: n|<https://a.b>|    code".split(
          "|",
        ),
        "|",
        "\r\n",
      ),
      fc.string({ unit: "binary", maxLength: 6 }),
    ),
    { maxLength: 14 },
  )
  .map((parts) => parts.join(""));

const LIVE = /(^|[^\w])@[\w-]|#\d|GH-\d|:\/\/|www\./i;
const FORBIDDEN = ["html", "link", "image", "heading", "definition", "footnoteDefinition", "footnoteReference", "thematicBreak"]; // prettier-ignore

function expectHarmless(markdown: string, tree: Node, allowed: readonly string[]): void {
  expect(markdown).not.toContain("<!--");
  for (const node of all(tree)) {
    if (!allowed.includes(node.type)) expect(FORBIDDEN).not.toContain(node.type);
    if (node.type === "text") expect(node.value?.replaceAll(" ", " ")).not.toMatch(LIVE);
  }
}

describe("text of models and people", () => {
  it("stays one paragraph and starts nothing, whatever it holds", () => {
    fc.assert(
      fc.property(hostile, (text) => {
        const markdown = `${inline(text)}\n\nEND`;
        const tree = parse(markdown);
        expectHarmless(markdown, tree, []);
        expect(tree.children?.every((node) => node.type === "paragraph")).toBe(true);
        expect(tree.children?.at(-1)?.children).toMatchObject([{ type: "text", value: "END" }]);
      }),
      { numRuns: 600 },
    );
  });

  it("stays inside its table cell", () => {
    fc.assert(
      fc.property(hostile, hostile, (left, right) => {
        const markdown = `| a | b |\n| --- | --- |\n| ${cell(left)} | ${codeInCell(right) || "–"} |\n\nEND`;
        const tree = parse(markdown);
        expect(tree.children?.map((node) => node.type)).toEqual(["table", "paragraph"]);
        const rows = tree.children?.[0]?.children ?? [];
        expect(rows.map((row) => row.children?.length)).toEqual([2, 2]);
        const html = all(tree).filter((node) => node.type === "html");
        expect(html.every((node) => ["<code>", "</code>"].includes(node.value ?? ""))).toBe(true);
        expectHarmless(markdown, tree, ["html"]);
      }),
      { numRuns: 600 },
    );
  });

  it("stays inside its block, its quotation, its list item and its fence", () => {
    fc.assert(
      fc.property(hostile, (text) => {
        for (const wrap of [block, quote, (one: string) => `- ${indent(block(one))}`, (one: string) => fence(one)]) {
          const markdown = `${wrap(text)}\n\nEND`;
          const tree = parse(markdown);
          expectHarmless(markdown, tree, []);
          expect(tree.children?.at(-1)).toMatchObject({
            type: "paragraph",
            children: [{ type: "text", value: "END" }],
          });
        }
      }),
      { numRuns: 600 },
    );
  });

  it("stays one code span", () => {
    fc.assert(
      fc.property(hostile, (text) => {
        const markdown = `a ${code(text)} b`;
        expect(markdown).not.toContain("<!--");
        const kinds = parse(markdown).children?.[0]?.children?.map((node) => node.type);
        expect(kinds).toEqual(code(text) ? ["text", "inlineCode", "text"] : ["text"]);
      }),
      { numRuns: 400 },
    );
  });

  it("pings and closes nothing where Markdown is not rendered", () => {
    fc.assert(
      fc.property(hostile, (text) => {
        expect(plain(text)).not.toMatch(/<!--|@\w|#\d|GH-\d|\/(issues|pull)\/\d|\n/i);
      }),
    );
  });

  it.each([
    ["ordinary words stay as they are", "Adds a flag, snake_case too.", "Adds a flag, snake_case too."],
    ["code stays code", "call `parse(x)` twice", "call `parse(x)` twice"],
    ["no mention", "ask @alice", "ask @&#8203;alice"],
    ["no closing", "Fixes #12", "Fixes #&#8203;12"],
    ["no list", "1. first", "1\\. first"],
    ["no emphasis", "a * b * c", "a \\* b \\* c"],
  ])("%s", (_name, text, expected) => {
    expect(inline(text)).toBe(expected);
  });

  it("keeps paragraphs, bullets and code of a longer text, and makes headings bold", () => {
    const text = "## Why\nIt breaks:\n\n* once\n* twice\n\n```ts\nconst a = `<!--`;\n```\nDone";
    expect(block(text)).toBe("**Why**\nIt breaks:\n\n- once\n- twice\n\n```\nconst a = `< !--`;\n```\n\nDone");
  });

  it("takes a lone dash below a text for a dash, not for a heading's line", () => {
    expect(block("Text\r\n- ")).toBe("Text\n\\-");
  });

  it("cuts without leaving half a character", () => {
    expect(cut("ab😀cd", 4)).toBe("ab…");
    expect(cut("abc", 3)).toBe("abc");
  });
});

describe("a suggestion", () => {
  it.each([
    ["  return b;", "```suggestion\n  return b;\n```"],
    ["\tif x {\n\t}", "```suggestion\n\tif x {\n\t}\n```"],
    ["", "```suggestion\n```"],
    ["```js\nx\n```", "````suggestion\n```js\nx\n```\n````"],
    ["a ````` b", "``````suggestion\na ````` b\n``````"],
    ["@mona closes #1", "```suggestion\n@mona closes #1\n```"],
    ["a <!-- b", ""],
    ["a\r\nb", ""],
    ["a \u202e b", ""],
    ["a \ud800 b", ""],
    [undefined, ""],
  ])("of %j is %j", (lines, expected) => expect(suggestion(lines)).toBe(expected));

  it("is one block of code, whatever the lines hold", () => {
    fc.assert(
      fc.property(hostile, (lines) => {
        const shown = suggestion(lines);
        if (shown !== "")
          expect(parse(shown).children).toMatchObject([{ type: "code", lang: "suggestion", value: lines }]);
      }),
    );
  });
});
