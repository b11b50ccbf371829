import { describe } from "@jest/globals";
import { z } from "zod";
import { tooDeep } from "../../src/hygiene/hidden-depths.ts";
import { isTangled } from "../../src/hygiene/markdown.ts";
import { guardBody } from "../../src/hygiene/outgoing.ts";
import { guardText } from "../../src/hygiene/redact.ts";
import { takeIn } from "../../src/hygiene/seen.ts";
import { strong } from "../../src/secret-strength.ts";
import { type Boundary, holdBoundaries } from "../support/limit-on-page.ts";

const list = <T>(length: number, one: (at: number) => T) => Array.from({ length }, (_, at) => one(at));
const fence = (language: string, ...lines: string[]) => ["```" + language, ...lines, "```"].join("\n");

describe("text that is out of sight", () => {
  const gaps = "src/hygiene/hidden-gaps.ts";
  /** What a reader is told of. */
  const told = (page: string) => takeIn(page, "page").removed.length;
  const apart = (blanks: number, times: number) => fence("", `a${`${" ".repeat(blanks)}c`.repeat(times)}b`);

  holdBoundaries([
    [`${gaps} BLANKS_MAX`, (n) => told(fence("", `a${" ".repeat(n)}b`)), 0, 1, "up to it"],
    [`${gaps} LINE_BLANKS_MAX`, (n) => told(fence("", `a${" ".repeat(75)}c${" ".repeat(n - 75)}b`)), 0, 1, "up to it"], // prettier-ignore
    [`${gaps} RUN_MIN`, (n) => told(apart(n, 10)), 0, 1, "up to it"],
    [`${gaps} EMPTY_LINES_MAX`, (n) => told(`a${"\n".repeat(n + 1)}b`), 0, 1],
    [`${gaps} SIGNS_MAX`, (n) => told(fence("", "a", ...list(70, () => ".".repeat(n)), "b")), 1, 0],
    [`${gaps} EMPTY_CHARS_MAX`, (n) => told(fence("", "a", ...list(70, () => `.${" ".repeat(n - 1)}`), "b")), 1, 0],
  ]);
});

describe("elements in elements", () => {
  holdBoundaries([
    ["src/hygiene/hidden-depths.ts ASIDE_MAX", (n) => tooDeep({ ul: n - 1, table: 1 }), false, true],
    ["src/hygiene/hidden-depths.ts FOLDS_MAX", (n) => tooDeep({ details: n }), false, true],
  ]);
});

describe("what GitHub draws", () => {
  const formula = (tex: string) => takeIn(fence("math", tex), "page").removed.length;
  const diagram = (...lines: string[]) => takeIn(fence("mermaid", "graph TD", ...lines), "page").removed.length;
  const figures = "src/hygiene/hidden-figures.ts";
  const diagrams = "src/hygiene/hidden-diagrams.ts";

  holdBoundaries([
    [`${figures} BACK_MAX`, (n) => formula(`a${"\\!".repeat(n)}b`), 0, 1],
    [`${figures} SPACES_MAX`, (n) => formula(`a${"\\,".repeat(n)}b`), 0, 1],
    [`${figures} COLUMNS_MAX`, (n) => formula(`\\begin{matrix}${"a&".repeat(n)}b\\end{matrix}`), 0, 1],
    [`${figures} ROWS_MAX`, (n) => formula(list(n, () => "a").join("\\\\")), 0, 1],
    [`${figures} ROW_LETTERS_MAX`, (n) => formula("a".repeat(n)), 0, 1],
    [`${diagrams} LINES_MAX`, (n) => diagram(...list(n - 1, (at) => `  A${at} --> B${at}`)), 0, 1],
    [`${diagrams} LINE_CHARS_MAX`, (n) => diagram(`  A[${"a ".repeat(120)}${"b".repeat(n - 245)}]`), 0, 1],
    [`${diagrams} BREAKS_MAX`, (n) => diagram(`  A[${"a<br>".repeat(n)}b]`), 0, 1],
  ]);
});

describe("what was taken out", () => {
  const removed = (page: string) => takeIn(page, "page").removed;
  const quoted = (comments: number) => removed(list(comments, (at) => `<!-- c${at} -->`).join("\n\n")).join("\n");

  holdBoundaries([
    [
      "src/hygiene/hidden-text.ts QUOTED_MAX",
      (n) => / and \d+ more/.exec(quoted(n))?.[0] ?? "all",
      "all",
      " and 1 more",
    ],
    ["src/hygiene/hidden-text.ts QUOTE_CHARS_MAX", (n) => / "(.*)"/.exec(removed(`<!--${"x".repeat(n - 7)}-->`)[0] ?? "")?.[1]?.length, (n: number) => n, (n: number) => n - 1], // prettier-ignore
  ]);
});

describe("texts that would take too long", () => {
  const file = "src/hygiene/markdown.ts";
  const tangled = (text: string) => isTangled(text);

  holdBoundaries([
    [`${file} DELIMITERS_MAX`, (n) => tangled("a*".repeat(n)), false, true],
    [`${file} CONTAINERS_MAX`, (n) => tangled(`${"> ".repeat(n)}a`), false, true],
    [`${file} UNDERLINES_MAX`, (n) => tangled("a\n=\n".repeat(n)), false, true],
    [`${file} LINES_MAX`, (n) => tangled(list(n, () => "a").join("\n")), false, true],
    [`${file} CODE_LINES_MAX`, (n) => tangled(["```", ...list(n, () => "a")].join("\n")), false, true],
    [`${file} SIGNS_MAX`, (n) => tangled(":".repeat(n)), false, true],
  ]);
});

describe("what leaves, and secrets", () => {
  const options = { secrets: [] as string[], mayMention: () => false, linkHosts: [] };
  const letters = "k3Yv9Qz7Wd5Xb1Mh8RtN2pLc";
  const found = (secret: string) => guardText(`It is ${secret} here.`, [secret]).found.length > 0;
  const taken = (secret: string) => strong(z.string()).safeParse(secret).success;
  const strength = "src/secret-strength.ts";
  const few = (different: number) => list(24, (at) => letters[at < different ? at : (at * at) % different]).join("");
  const rows: Boundary[] = [
    ["src/hygiene/outgoing.ts BODY_CHARS_MAX", (n) => guardBody("word ".repeat(n / 5) + "x".repeat(n % 5), options).text.includes("Cut here"), false, true], // prettier-ignore
    ["src/hygiene/secret-forms.ts SECRET_CHARS_MIN", (n) => found(letters.slice(0, n)), false, true, "up to it"],
    [`${strength} SECRET_CHARS_MIN`, (n) => taken(letters.slice(0, n)), false, true, "up to it"],
    [`${strength} DIFFERENT_CHARS_MIN`, (n) => new Set(few(n)).size === n && taken(few(n)), false, true, "up to it"],
    [`${strength} REPEATED_CHARS_MAX`, (n) => taken(letters.slice(0, n).repeat(3)), false, true],
  ];

  holdBoundaries(rows);
});
