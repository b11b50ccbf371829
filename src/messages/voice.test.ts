import { globSync, readFileSync } from "node:fs";
import { describe, expect, it } from "@jest/globals";
import ts from "typescript";

/**
 * Guards the worst in what people read: sentences that nobody follows, and turns of phrase that are not English. It reads
 * the text of every message, error and help text, with `…` where a fact is filled in, and the documents.
 */
const SENTENCE_WORDS_MAX = 26;
/** Of errors and help: they name files and settings on the way. */
const ERROR_WORDS_MAX = 30;
/** Of the documents, whose sentences also list things. */
const DOCUMENT_WORDS_MAX = 40;

/** Words and constructions that a native reader stumbles over, each with what to write. */
const AVOID: readonly (readonly [RegExp, string])[] = [
  [/\bwhoever\b/i, "name the person"],
  [/\btaken up\b/i, "started, continued"],
  [/\bstands? still\b/i, "is halted"],
  [/\bbegins? anew\b/i, "starts again"],
  [/\bthe repository here\b/i, "this repository"],
  [/\b(?:stands?|lies?) in (?:docs|[`[])/i, "is in, or: the file says"],
  [/\bdo(?:es)? as well\b/i, "works too"],
  [/\bsays? yes beforehand\b/i, "approves in advance"],
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

/** What a document says outside of code and brackets; the cells of a table and the items of a list each by themselves. */
function sentencesOf(document: string): string[] {
  let text = document.replace(/```[^]*?```/g, "").replace(/`[^`\n]*`/g, "`code`");
  while (/\([^()]*\)/.test(text)) text = text.replace(/\([^()]*\)/g, "");
  return text.split(/\n\s*\n|\n(?=[-|*#\d])|[|·]/).map((part) => part.replace(/\s+/g, " ").trim());
}

function faults(text: string, wordsMax = SENTENCE_WORDS_MAX): string[] {
  const words = AVOID.filter(([pattern]) => pattern.test(text)).map(([, instead]) => `"${text}": ${instead}`);
  const long = text
    .replaceAll(/`[^`]*`/g, "code")
    .split(/[.!?:;](?:\s|$)|\n/)
    .filter((sentence) => sentence.trim().split(/\s+/).length > wordsMax)
    .map((sentence) => `too long: "${sentence.trim()}"`);
  return [...words, ...long];
}

describe("what the bot says", () => {
  const files = globSync("src/messages/**/*.ts").filter((path) => !path.endsWith(".test.ts"));
  it.each(files)("reads like English: %s", (path) => {
    expect(textsOf(path, readFileSync(path, "utf8")).flatMap((text) => faults(text))).toEqual([]);
  });

  // Rules that read tickets name the words of people, and the double of GitHub says what GitHub says.
  const others = globSync("src/**/*.ts").filter(
    (path) =>
      !/\.(?:test|system|fixture)\.ts$|^src\/(?:messages|github-double|core\/rules\/routing)\//.test(path) &&
      // Source texts of other languages that run inside the sandbox are code.
      !/^src\/proof\/probes\/\w+\/runtime/.test(path),
  );
  it("reads like English in errors and help", () => {
    const said = others.flatMap((path) => textsOf(path, readFileSync(path, "utf8")));
    const isSentence = (text: string) => /[.!?]$/.test(text);
    expect(said.flatMap((text) => faults(text, isSentence(text) ? ERROR_WORDS_MAX : Infinity))).toEqual([]);
    expect(said.length).toBeGreaterThan(1_000);
  });

  it.each(globSync(["*.md", "docs/*.md"]).filter((path) => !/limits|CHANGELOG/.test(path)))(
    "reads like English: %s",
    (path) => {
      expect(sentencesOf(readFileSync(path, "utf8")).flatMap((one) => faults(one, DOCUMENT_WORDS_MAX))).toEqual([]);
    },
  );

  it("is noticed where it does not", () => {
    expect(faults("Taken up because … asked.")).toHaveLength(1);
    expect(faults("The ticket stands still.")).toHaveLength(1);
    expect(faults(`${"word ".repeat(SENTENCE_WORDS_MAX + 1)}.`)).toHaveLength(1);
    expect(faults("Why stands in `docs/operations.md`.")).toHaveLength(1);
    expect(sentencesOf("# A\n\nOne (two (three)) `four`.\n\n| a | b |\n- c\n  d")).toEqual(
      expect.arrayContaining(["One `code`.", "a", "- c d"]),
    );
    expect(faults("Started by …. I am working from the issue text as of now.")).toEqual([]);
    expect(textsOf("a.ts", 'const a = `Parked by ${who} for good`; import "a b c d";')).toEqual([
      "Parked by … for good",
    ]);
  });
});
