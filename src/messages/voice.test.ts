import { globSync, readFileSync } from "node:fs";
import { describe, expect, it } from "@jest/globals";
import ts from "typescript";

/**
 * Guards the worst in what the bot says: sentences that nobody follows, and turns of phrase that are not English. It reads
 * the text of every message, with `…` where a fact is filled in.
 */
const SENTENCE_WORDS_MAX = 26;

/** Words and constructions that a native reader stumbles over, each with what to write. */
const AVOID: readonly (readonly [RegExp, string])[] = [
  [/\bwhoever\b/i, "name the person"],
  [/\btaken up\b/i, "started, continued"],
  [/\bstands? still\b/i, "is halted"],
  [/\bbegins? anew\b/i, "starts again"],
  [/\bat (?:\S+)'s word\b/i, "because … asked"],
  [/\ball the same\b/i, "anyway"],
  [/\bheretofore|thereof|whereof|hereby\b/i, "leave it out"],
  [/\bso that nobody\b/i, "say what happens"],
  [/\bwhat counts is\b/i, "the bot works from"],
  [/; if\b/i, "start a new sentence"],
  [/\bis yet to be\b/i, "is not … yet"],
  [/\bgoes on there\b/i, "continues there"],
  [/\bnothing goes on\b/i, "the ticket waits"],
];

/** Texts of a file's string and template literals that are sentences rather than names, marks or patterns. */
function textsOf(path: string, source: string): string[] {
  const file = ts.createSourceFile(path, source, ts.ScriptTarget.Latest, true);
  const found: string[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isImportDeclaration(node)) return;
    if (ts.isStringLiteral(node) || ts.isNoSubstitutionTemplateLiteral(node)) found.push(node.text);
    if (ts.isTemplateExpression(node))
      found.push([node.head.text, ...node.templateSpans.map((span) => `…${span.literal.text}`)].join(""));
    ts.forEachChild(node, visit);
  };
  visit(file);
  return found.filter((text) => text.split(/\s+/).length > 3);
}

function faults(text: string): string[] {
  const words = AVOID.filter(([pattern]) => pattern.test(text)).map(([, instead]) => `"${text}": ${instead}`);
  const long = text
    .replaceAll(/`[^`]*`/g, "code")
    .split(/[.!?:;](?:\s|$)|\n/)
    .filter((sentence) => sentence.trim().split(/\s+/).length > SENTENCE_WORDS_MAX)
    .map((sentence) => `too long: "${sentence.trim()}"`);
  return [...words, ...long];
}

describe("what the bot says", () => {
  const files = globSync("src/messages/**/*.ts").filter((path) => !path.endsWith(".test.ts"));
  it.each(files)("reads like English: %s", (path) => {
    expect(textsOf(path, readFileSync(path, "utf8")).flatMap(faults)).toEqual([]);
  });

  it("is noticed where it does not", () => {
    expect(faults("Taken up because … asked.")).toHaveLength(1);
    expect(faults("The ticket stands still.")).toHaveLength(1);
    expect(faults(`${"word ".repeat(SENTENCE_WORDS_MAX + 1)}.`)).toHaveLength(1);
    expect(faults("Started by …. I am working from the issue text as of now.")).toEqual([]);
    expect(textsOf("a.ts", 'const a = `Parked by ${who} for good`; import "a b c d";')).toEqual([
      "Parked by … for good",
    ]);
  });
});
