import type { Language } from "../../languages/syntax/grammar.ts";
import { above, type SyntaxNode, within } from "../../languages/syntax/syntax.ts";
import type { Probed } from "../probed.ts";
import { prologueFor, RUNTIME, RUNTIME_PATH } from "./runtime.ts";

/** Longer files are generated. */
const TEXT_CHARS_MAX = 100_000;
/** Compiled by something that reads the function's own code, no function any more, or asked by a framework for another thing than its answer. */
const LEFT_ALONE =
  /^@\s*((numba|cuda|nb|jax|tf|torch|triton|cython|taichi|ti|numexpr|mlx)\.|([\w.]*\.)?(overload|[nv]?jit|vectorize|guvectorize|kernel|setter|deleter|fixture|hookimpl|hookspec|type_check_only)\b)/;
/** They look at who called them, or at names of callers: a frame more between would be seen. */
const LOOKS_AT_CALLERS =
  /\b(_getframe|currentframe|getouterframes|extract_stack|f_back|stacklevel)\b|\binspect\.stack\b/;
/** Beyond the function itself: its caller's caller. */
const LOOKS_FURTHER =
  /\b_getframe\s*\(\s*[2-9]|\bf_back\s*\.\s*f_back\b|\bstacklevel\s*=\s*(?![12]\b)|\binspect\.stack\b|\bgetouterframes\b/;
/** What only older grammars have, or what the grammar did not understand. */
const UNREAD = /^(ERROR|MISSING|print_statement|exec_statement)$/;
const OTHER_CODING = /^[ \t\f]*#.*?coding[:=][ \t]*(?!utf-?8\b)[-\w.]+/i;

/** Of the methods whose names Python gives: those that answer somebody who only reads, or changes one part. */
const ANSWERS =
  /^__(len|str|repr|format|bool|int|float|index|round|contains|call|iter|reversed|(get|set|del)item|eq|ne|[lg][te]|neg|pos|abs|invert|[ri]?(add|sub|mul|matmul|truediv|floordiv|mod|divmod|pow|and|or|xor|lshift|rshift))__$/;

type Edit = { readonly at: number; readonly code: string };

/** A product file that tells what its functions are asked. @returns null where nothing in it can be probed */
export function probedPython(path: string, text: string, root: SyntaxNode, language: Language): Probed | null {
  if (language !== "python" || text.length > TEXT_CHARS_MAX || isOdd(text)) return null;
  const nodes = [...within(root)];
  if (nodes.some((one) => UNREAD.test(one.type)) || LOOKS_FURTHER.test(text)) return null;
  const start = prologueAt(root, text);
  if (start === null) return null;
  const edits = decorations(path, text, root);
  if (edits.length === 0) return null;
  const all = [{ at: start, code: `${prologueFor(path)}${newline(text)}` }, ...edits];
  return { text: withEdits(text, all), beside: [{ path: RUNTIME_PATH, text: RUNTIME }] };
}

/** In another coding than UTF-8, or already probed. */
function isOdd(text: string): boolean {
  const isOther = text.split("\n", 2).some((line) => OTHER_CODING.test(line));
  return isOther || text.includes("\uFFFD") || text.includes("_coop_probe");
}

const newline = (text: string) => (/\r\n/.test(text) ? "\r\n" : "\n");

/** Behind the docstring and what is imported from `__future__`: both have to come first. */
function prologueAt(root: SyntaxNode, text: string): number | null {
  const statements = root.parts;
  let first = 0;
  const docstring = statements[0]?.type === "expression_statement" ? statements[0].parts : [];
  if (docstring.length === 1 && /^(string|concatenated_string)$/.test(docstring[0]?.type ?? "")) first = 1;
  while (statements[first]?.type === "future_import_statement") first++;
  const before = statements[first - 1];
  if (before) {
    const end = text.indexOf("\n", before.end);
    const next = statements[first];
    return end < 0 || (next && next.start < end) ? null : end + 1;
  }
  const start = statements[0]?.start;
  if (start === undefined) return null;
  const line = text.lastIndexOf("\n", start - 1) + 1;
  return line === 0 && text.startsWith("\uFEFF") ? 1 : line;
}

function decorations(path: string, text: string, root: SyntaxNode): Edit[] {
  const counts = new Map<string, number>();
  const found: Edit[] = [];
  for (const node of within(root, (one) => !/^(function_definition|lambda)$/.test(one.type))) {
    if (node.type !== "function_definition" || !canBeProbed(node)) continue;
    const line = text.lastIndexOf("\n", node.start - 1) + 1;
    const indent = text.slice(line, node.start);
    if (indent.trim() !== "" || indent.includes("\uFEFF") || /\\\r?\n$/.test(text.slice(0, line))) continue;
    const name = qualified(node);
    const count = (counts.get(name) ?? 0) + 1;
    counts.set(name, count);
    const of = JSON.stringify(`${path}::${name}${count > 1 ? `#${count}` : ""}`);
    found.push({ at: line, code: `${indent}@_coop_probe(${of}${gives(node) ? ", True" : ""})${newline(text)}` });
  }
  return found;
}

function qualified(node: SyntaxNode): string {
  const classes = [...above(node)].filter((one) => one.type === "class_definition");
  return [node, ...classes]
    .map((one) => one.child("name")?.text ?? "")
    .reverse()
    .join(".");
}

function canBeProbed(node: SyntaxNode): boolean {
  const name = node.child("name")?.text ?? "";
  const body = node.child("body");
  if (
    !body ||
    (/^_\w+_$/.test(name) && !ANSWERS.test(name)) ||
    /\b(NoReturn|Never)\b/.test(node.child("return_type")?.text ?? "")
  )
    return false;
  const decorators = node.parent?.type === "decorated_definition" ? node.parent.parts : [];
  if (decorators.some((one) => one.type === "decorator" && LEFT_ALONE.test(one.text))) return false;
  return !LOOKS_AT_CALLERS.test(body.text) && !isEmpty(body) && !isAsyncGenerator(node, body);
}

function isAsyncGenerator(node: SyntaxNode, body: SyntaxNode): boolean {
  return node.children.some((one) => one.type === "async") && [...ownNodes(body)].some((one) => one.type === "yield");
}

function isEmpty(body: SyntaxNode): boolean {
  return body.parts.every(
    (one) =>
      one.type === "pass_statement" ||
      (one.type === "expression_statement" && /^(string|ellipsis|concatenated_string)$/.test(one.parts[0]?.type ?? "")),
  );
}

/** What runs when the function runs: not what stands in functions inside it. */
const ownNodes = (body: SyntaxNode) =>
  within(body, (one) => !/^(function_definition|lambda|class_definition)$/.test(one.type));

/** Whether it answers with values, so that None is one of them. */
function gives(node: SyntaxNode): boolean {
  const body = node.child("body");
  return (
    body !== null &&
    [...ownNodes(body)].some(
      (one) => one.type === "return_statement" && one.parts.length > 0 && one.parts[0]?.type !== "none",
    )
  );
}

function withEdits(text: string, edits: readonly Edit[]): string {
  const parts: string[] = [];
  let from = 0;
  for (const { at, code } of [...edits].sort((a, b) => a.at - b.at)) {
    parts.push(text.slice(from, at), code);
    from = at;
  }
  return parts.join("") + text.slice(from);
}
