import type { FileDiff, NumberedLine } from "../../trees/diff.ts";
import { isCode, isTestFile } from "./test-files.ts";

/**
 * Signs that work was left undone, in added lines. Each rule is narrow on purpose: a rule that also meets ordinary code
 * would teach people to ignore this item. "placeholder" alone is an attribute of an input field; "placeholder
 * implementation" is not.
 */
export type Unfinished = { readonly path: string; readonly line: number; readonly what: string };

type Rule = {
  readonly what: string;
  readonly pattern: RegExp;
  /** `any`: every text file; `code`: also tests; `product`: code that is not a test. */
  readonly in: "any" | "code" | "product";
};

/** The start of a comment in the common languages; not the `//` of a URL nor a `#` inside a word. */
const COMMENT = String.raw`(?:(?<![:\w"'\x60])\/\/|(?<![\w&"'\x60])#(?!\[)|\/\*|^\s*\*|<!--|(?<=^|\s)--\s|^\s*;+)`;
const comment = (words: string, flags = "i") => new RegExp(`${COMMENT}.*(?:${words})`, flags);

const RULES: readonly Rule[] = [
  { what: "a conflict marker of a merge", pattern: /^(<{7}|>{7}) \S/, in: "any" },
  { what: "filler text", pattern: /\blorem ipsum\b/i, in: "any" },
  { what: "a TODO", pattern: comment(String.raw`\b(?:TODO|FIXME|XXX)\b(?!["'\x60])`, ""), in: "code" },
  {
    // 501 is the status by which a server says so of a client's request.
    what: "code that says it is not implemented",
    pattern:
      /(?:(?<!\b501\b.*)(?:throw|raise|reject|panic|die|abort)\b.*["'`][^"'`]*\b(?:not (?:yet )?(?:been )?implemented|unimplemented|implement me)\b(?!.*\b501\b))|(?:\b(?:todo|unimplemented)!\s*\()|(?:\bthrow new NotImplemented\w*)|(?:^\s*TODO\(")/i,
    in: "product",
  },
  {
    what: "a comment that announces a placeholder",
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
  {
    what: "code that behaves differently under a test runner",
    pattern:
      /\b(?:JEST_WORKER_ID|NODE_TEST_CONTEXT|PYTEST_CURRENT_TEST|VITEST_WORKER_ID)\b|\bprocess\.env\.VITEST\b|["']pytest["'] in sys\.modules/,
    in: "product",
  },
];

export function unfinished(file: FileDiff): Unfinished[] {
  const where = isCode(file.path) ? (isTestFile(file.path) ? ["any", "code"] : ["any", "code", "product"]) : ["any"];
  const rules = RULES.filter((rule) => where.includes(rule.in));
  const found = file.addedLines.flatMap(({ line, text }) => {
    const rule = rules.find((one) => one.pattern.test(text));
    return rule ? [{ path: file.path, line, what: rule.what }] : [];
  });
  return isCode(file.path) && !isTestFile(file.path) ? [...found, ...emptyBodies(file), ...outcommented(file)] : found;
}

/** Names that say that doing nothing is meant. */
const MEANT_EMPTY = /noop|no_op|nothing|ignore|empty|null|default|dummy|swallow|discard|^_/i;
/** In such files a body without content is the form of an interface. */
const INTERFACES = /\b(?:abstract|ABC|Protocol|interface|@overload|NotImplementedError in sub)\b|\.pyi$/;

function emptyBodies(file: FileDiff): Unfinished[] {
  if (INTERFACES.test(file.after) || INTERFACES.test(file.path)) return [];
  const lines = file.after.split("\n");
  return file.addedLines.flatMap(({ line, text }) => {
    const name = emptyFunction(text, lines.slice(line, line + 3));
    return name && !MEANT_EMPTY.test(name) ? [{ path: file.path, line, what: `the empty function \`${name}\`` }] : [];
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
  return /^\s*\/\/\s*(?:(?:const|let|var|return|if|for|while|await|throw|function)\b.*|[\w.]+\(.*\)|[\w.[\]]+ [+-]?= .*|\}.*)[;{}]\s*$|^\s*\/\/\s*\}\s*;?\s*$/.test(
    text,
  );
}
