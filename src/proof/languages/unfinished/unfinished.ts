import { isMeantEmptyName } from "./meant-empty.ts";
import type { FileDiff, NumberedLine } from "../../../trees/diff.ts";
import { familyOf } from "../syntax/grammar.ts";
import type { Parsed } from "../syntax/parser.ts";
import { type Prose, proseOf } from "../syntax/prose.ts";
import { ONLY_SAYS_SO, ONLY_THROWS, stubsIn } from "./stubs.ts";
import { isCode, isTestFile } from "../tests/test-files.ts";

/**
 * Signs that work was left undone, in added lines. Each rule is narrow on purpose: a rule that also meets ordinary code
 * would teach people to ignore this item. "placeholder" alone is an attribute of an input field; "placeholder
 * implementation" is not.
 */
export type Unfinished = { readonly path: string; readonly line: number; readonly what: string };

type Rule = {
  readonly what: string;
  readonly pattern: RegExp;
  /** `any`: every text file; `document`: prose; `code`: also tests; `product`: code that is not a test. */
  readonly in: "any" | "document" | "code" | "product";
  /** Looked for in comments, where a grammar tells them from code; other rules are looked for in code. */
  readonly said?: "in comments";
};

/** The start of a comment in the common languages; not the `//` of a URL nor a `#` inside a word. */
const COMMENT = String.raw`(?:(?<![:\w"'\x60])\/\/|(?<![\w&"'\x60])#(?!\[)|\/\*|^\s*\*|<!--|(?<=^|\s)--\s|^\s*;+)`;
const comment = (words: string, flags = "i") => new RegExp(`${COMMENT}.*(?:${words})`, flags);

const RULES: readonly Rule[] = [
  { what: "a conflict marker of a merge", pattern: /^(<{7}|>{7}) \S/, in: "any" },
  { what: "filler text", pattern: /\blorem ipsum\b/i, in: "any" },
  {
    // The first word of a remark, or one with a colon: what only speaks of such marks says something before it.
    what: "a TODO",
    pattern: new RegExp(
      String.raw`${COMMENT}\W*(?:TODO|FIXME|XXX)\b(?!["'\x60])|${COMMENT}.*\b(?:TODO|FIXME|XXX)(?:\([^()]*\))?:`,
    ),
    in: "code",
    said: "in comments",
  },
  {
    what: "a document that is still to be written",
    pattern:
      /^[\W_]*(?:(?:TODO|TBD|FIXME)\b\W*(?::.*)?|coming soon[\W_]*|(?:to be|will be) (?:written|documented|added|done)(?: (?:later|soon))?[\W_]*|under construction[\W_]*)$/i,
    in: "document",
  },
  {
    // 501 is the status by which a server says so of a client's request.
    what: "code that says it is not implemented",
    pattern:
      /(?:(?<!\b501\b.*)(?:throw|raise|reject|panic|die|abort)\b.*["'`][^"'`]*\b(?:not (?:yet )?(?:been )?implemented|unimplemented|implement me)\b(?!.*\b501\b))|(?:\b(?:todo|unimplemented)!\s*\()|(?:\bthrow new NotImplemented\w*)|(?:^\s*TODO\(")/i,
    in: "product",
  },
  {
    what: "a comment that announces a placeholder",
    said: "in comments",
    pattern: comment(
      [
        String.raw`\bplaceholder (?:implementation|logic|code|until|for now|value for now)\b`,
        String.raw`\b(?:this is|just|only|is) an? (?:placeholder|stub|mock|dummy)\b`,
        String.raw`\bstub(?:bed)? (?:implementation|out|for now)\b`,
        String.raw`\bin a real(?:[- ]world)? (?:app|application|implementation|system|project|scenario)\b`,
        String.raw`\b(?:implement|do) (?:this|it|that|me) (?:later|properly later)\b`,
        String.raw`\b(?:will|to) be implemented\b|\bnot (?:yet )?implemented\b|\bimplementation goes here\b`,
        String.raw`\bhard-?coded (?:for (?:now|the (?:demo|tests?))|until)\b`,
        String.raw`\b(?:dummy|fake|demo|mock|sample) (?:data|implementation|response|result)s? (?:for now|until|here)\b`,
        String.raw`\byour code here\b|\b(?:rest of|existing) (?:the )?(?:code|implementation)\b.*\.\.\.|\.\.\. ?(?:rest of|existing) (?:the )?(?:code|implementation|file)`,
        String.raw`\b(?:temporary|quick) hack\b`,
        String.raw`\b(?:follows?|left|(?:will|to) (?:be \w+|come)) (?:in|for|to) (?:an?|another|the) (?:later|follow-?up|future|separate) (?:change|PR|pull request)\b`,
      ].join("|"),
    ),
    in: "product",
  },
  {
    what: "a debugger statement",
    pattern: /^\s*(?:debugger;?|breakpoint\(\)|(?:import pdb|pdb\.set_trace\(\)).*|binding\.pry|byebug)\s*$/,
    in: "code",
  },
  {
    what: "debugging output",
    pattern:
      /\b(?:console\.log|print|println!?|puts|fmt\.Println)\s*\(?\s*["'`](?:DEBUG\b|debug:|here!?["'`]|>{3}|={3,}|xxx)|\bdbg!\(/,
    in: "product",
  },
];

const DOCUMENT = /\.(?:md|mdx|rst|adoc|txt)$/i;

/** @param parsed the file after the change; without a tree the lines are read by pattern alone
 * @param bases names of classes that others fill in; otherwise those of this file */
export function unfinished(file: FileDiff, parsed: Parsed | null = null, bases?: ReadonlySet<string>): Unfinished[] {
  const isProduct = isCode(file.path) && !isTestFile(file.path);
  const more = isProduct ? ["code", "product"] : isCode(file.path) ? ["code"] : [];
  const where = ["any", ...more, ...(DOCUMENT.test(file.path) ? ["document"] : [])];
  const rules = RULES.filter((rule) => where.includes(rule.in));
  const prose = parsed && proseOf(parsed, file.after);
  const found = file.addedLines.flatMap((added) => {
    const rule = rules.find((one) => isSaid(one, added, prose));
    return rule ? [{ path: file.path, line: added.line, what: rule.what }] : [];
  });
  if (!isProduct) return found;
  found.push(...uncheckedTypes(file));
  const hollow =
    parsed?.outcome === "parsed" && familyOf(parsed.language) !== "other"
      ? stubs(file, parsed, bases)
      : emptyBodies(file);
  return [...found, ...hollow, ...outcommented(file)];
}

/** Comments that take a whole file out of the check of its types. */
const UNCHECKED =
  /^\s{0,20}(?:\/\/|\/\*|#)\s{0,20}(?:@ts-nocheck\b|mypy: ?ignore-errors|type: ?ignore\s*$|pyright: ?(?:basic|off))/;
const GENERATED = /\b(?:generated|DO NOT EDIT)\b/i;
/** Generators say so at the top of the file, below a licence at most. */
const HEAD_CHARS = 1_000;

function uncheckedTypes({ path, after, addedLines }: FileDiff): Unfinished[] {
  if (GENERATED.test(path) || GENERATED.test(after.slice(0, HEAD_CHARS))) return [];
  const what = "a comment that takes the whole file out of the check of its types";
  return addedLines.filter(({ text }) => UNCHECKED.test(text)).map(({ line }) => ({ path, line, what }));
}

/** A word in a text is no remark, and a word in a remark is no code. */
function isSaid(rule: Rule, { line, text }: NumberedLine, prose: Prose | null): boolean {
  if (!prose || rule.in === "any") return isIn(rule, text);
  if (rule.said === "in comments") {
    // What stands in quotation marks is spoken of.
    const comment = prose.comments.get(line)?.replace(/"[^"]{0,200}"|`[^`]{0,200}`/g, "…");
    return (
      comment !== undefined && isIn(rule, /^\s{0,300}(?:\/\/|\/\*|#|\*)/.test(comment) ? comment : `// ${comment}`)
    );
  }
  return glimpses(text).some(({ from, part }) => {
    const match = rule.pattern.exec(part);
    if (!match) return false;
    const indent = /^\s*/.exec(match[0])?.[0].length ?? 0;
    return prose.isCode(prose.startOf(line) + from + match.index + indent);
  });
}

function isIn(rule: Rule, text: string): boolean {
  return glimpses(text).some(({ part }) => rule.pattern.test(part));
}

/** The patterns go back and forth within what they see, so that they see no more than a line that somebody would write. */
const GLIMPSE_CHARS = 400;
const OVERLAP_CHARS = 100;
/** As many as 400,000 characters have; longer code is not parsed, and the item stays open. */
const GLIMPSES_MAX = 1_400;

type Glimpse = { readonly from: number; readonly part: string };

/** A long line in parts that overlap. A part that is no beginning starts with a letter, so that none takes it for one. */
function glimpses(text: string): Glimpse[] {
  const parts: Glimpse[] = [{ from: 0, part: text.slice(0, GLIMPSE_CHARS) }];
  const step = GLIMPSE_CHARS - OVERLAP_CHARS;
  for (let from = step; from + OVERLAP_CHARS < text.length && parts.length < GLIMPSES_MAX; from += step)
    parts.push({ from: from - 1, part: `x${text.slice(from, from + GLIMPSE_CHARS)}` });
  return parts;
}

/** What a system does not have is said so in its file. */
const OTHER_SYSTEM = /_(windows|darwin|linux|freebsd|openbsd|netbsd|plan9|js|wasm|wasip1|other|unsupported|stub)\.go$/;

function stubs(
  file: FileDiff,
  parsed: Extract<Parsed, { outcome: "parsed" }>,
  bases?: ReadonlySet<string>,
): Unfinished[] {
  const lines = new Set(file.addedLines.map((one) => one.line));
  return stubsIn(parsed.root, parsed.language, lines, bases)
    .filter((one) => one.certain && !([ONLY_THROWS, ONLY_SAYS_SO].includes(one.what) && OTHER_SYSTEM.test(file.path)))
    .map(({ name, line, what }) => ({ path: file.path, line, what: `the function \`${name}\` that ${what}` }));
}

/** Names that say that doing nothing is meant, in languages that no grammar reads here. */
/** In such files a body without content is the form of an interface. */
const INTERFACES = /\b(?:abstract|ABC|Protocol|interface|@overload|NotImplementedError in sub)\b|\.pyi$/;

function emptyBodies(file: FileDiff): Unfinished[] {
  if (INTERFACES.test(file.after) || INTERFACES.test(file.path)) return [];
  const lines = file.after.split("\n");
  const read = file.addedLines.filter(({ text }) => text.length <= GLIMPSE_CHARS);
  return read.flatMap(({ line, text }) => {
    const name = emptyFunction(text, lines.slice(line, line + 3));
    return name && !isMeantEmptyName(name) ? [{ path: file.path, line, what: `the empty function \`${name}\`` }] : [];
  });
}

/** @param next the lines that follow @returns the name of a function that does nothing */
function emptyFunction(text: string, next: readonly string[]): string | null {
  const inOneLine =
    /^\s*(?:export )?(?:default )?(?:async )?function\*? (\w+)\s*\([^{}]*\)[^{}]*\{\s*\}\s*$/.exec(text) ??
    /^\s*(?:pub )?(?:async )?(?:fn|func) (\w+)\s*\([^{}]*\)\s*\{\s*\}\s*$/.exec(text) ??
    /^\s*(?:async )?def (\w+)\(.*\).*:\s*(?:pass|\.\.\.)\s*$/.exec(text);
  if (inOneLine?.[1]) return inOneLine[1];
  const opened =
    /^\s*(?:export )?(?:default )?(?:async )?function\*? (\w+)\s*\(.*\).*\{\s*$/.exec(text) ??
    /^\s*(?:pub )?(?:async )?(?:fn|func) (\w+)\s*\(.*\)\s*\{\s*$/.exec(text);
  if (opened?.[1] && /^\s*\}\s*$/.test(next[0] ?? "x")) return opened[1];
  const def = /^(\s*)(?:async )?def (\w+)\(.*\).*:\s*$/.exec(text);
  if (!def?.[2] || !/^\s*(?:pass|\.\.\.|raise NotImplementedError.*)\s*$/.test(next[0] ?? "")) return null;
  const after = next[1] ?? "";
  return after.trim() === "" || /^\s*/.exec(after)?.[0].length === def[1]?.length ? def[2] : null;
}

/** Fewer may be an example of use. */
const OUTCOMMENTED_LINES_MIN = 3;

/** Several lines of code, one after the other, that were switched off instead of removed. */
function outcommented(file: FileDiff): Unfinished[] {
  const found: Unfinished[] = [];
  let run: NumberedLine[] = [];
  for (const one of [...file.addedLines, { line: -1, text: "" }]) {
    const follows = run.length === 0 || run.at(-1)?.line === one.line - 1;
    if (isOutcommented(one.text) && follows) {
      run.push(one);
      continue;
    }
    if (run.length >= OUTCOMMENTED_LINES_MIN)
      found.push({ path: file.path, line: run[0]?.line ?? 1, what: `${run.length} lines of commented-out code` });
    run = isOutcommented(one.text) ? [one] : [];
  }
  return found;
}

function isOutcommented(text: string): boolean {
  if (text.length > GLIMPSE_CHARS) return false;
  return /^\s*\/\/\s*(?:(?:const|let|var|return|if|for|while|await|throw|function)\b.*|[\w.]+\(.*\)|[\w.[\]]+ [+-]?= .*|\}.*)[;{}]\s*$|^\s*\/\/\s*\}\s*;?\s*$/.test(
    text,
  );
}
