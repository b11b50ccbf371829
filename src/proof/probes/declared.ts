import { FUNCTION, plain, type SyntaxNode, within } from "../languages/syntax/syntax.ts";

/**
 * What tests see of the code without asking a function: constants, and what a new object begins with. Each literal in such a
 * declaration is changed alone, in both versions of the file where both have the same declaration.
 */
export type DeclaredTwin = {
  readonly name: string;
  /** In the head's file. */
  readonly line: number;
  readonly from: string;
  readonly to: string;
  /** The whole file. */
  readonly before: string;
  readonly after: string;
};

type Text = { readonly text: string; readonly root: SyntaxNode };
type Declared = { readonly name: string; readonly node: SyntaxNode };

/** Of one declaration: its first ones tell whether anybody looks. */
const LITERALS_MAX = 4;

/** `open`: names whose declaration is another one now, or works out what no literal in it shows. */
export type Declarations = { readonly twins: DeclaredTwin[]; readonly open: string[] };

export function declaredTwins(was: Text, is: Text, names: ReadonlySet<string>): Declarations {
  const now = new Map(declaredIn(is.root).map((one) => [`${one.name} ${plain(one.node)}`, one.node]));
  const twins: DeclaredTwin[] = [];
  const open: string[] = [];
  for (const { name, node } of declaredIn(was.root)) {
    if (!names.has(name)) continue;
    const same = now.get(`${name} ${plain(node)}`);
    if (!same || same.text !== node.text || isWorkedOut(node)) open.push(name);
    else
      for (const literal of literalsIn(node).slice(0, LITERALS_MAX)) twins.push(twinOf(name, literal, { was, is, by: same.start - node.start, lines: same.line - node.line })); // prettier-ignore
  }
  return { twins, open };
}

const CALL = /^(call|call_expression|new_expression)$/;
const WORKS =
  /^(call|call_expression|new_expression|binary_expression|binary_operator|for_statement|for_in_statement|while_statement)$/;

/** `once((rows) => …)`, `make(CONFIG)`; a constructor that does more than keep what it is given. */
function isWorkedOut(node: SyntaxNode): boolean {
  if (/^(statement_block|block)$/.test(node.type)) return [...within(node)].some((one) => WORKS.test(one.type) && !/^super\b/.test(one.text)); // prettier-ignore
  const values = node.type === "expression_list" ? node.parts : [node];
  const given = values.flatMap((one) => (CALL.test(one.type) ? (one.child("arguments")?.parts ?? []) : []));
  return given.some((one) => [...within(one)].some(({ type }) => FUNCTION.test(type) || type === "identifier"));
}

type Places = { readonly was: Text; readonly is: Text; readonly by: number; readonly lines: number };

function twinOf(name: string, literal: SyntaxNode, { was, is, by, lines }: Places): DeclaredTwin {
  const { start, end, text } = literal;
  const to = otherwise(text);
  const put = (all: string, at: number) => all.slice(0, start + at) + to + all.slice(end + at);
  return { name, line: literal.line + lines, from: text, to, before: put(was.text, 0), after: put(is.text, by) };
}

const STATEMENTS = /^(export_statement|lexical_declaration|variable_declaration|expression_statement|const_declaration|var_declaration|var_spec_list)$/; // prettier-ignore
const GIVEN = /^(variable_declarator|assignment|const_spec|var_spec)$/;
const CLASS = /^(class_declaration|abstract_class_declaration|class_definition)$/;
const BEGINS = /^(constructor|__init__)$/;

function declaredIn(root: SyntaxNode): Declared[] {
  const found: Declared[] = [];
  const open = [...root.parts];
  for (let node = open.shift(); node !== undefined; node = open.shift()) {
    if (STATEMENTS.test(node.type)) open.push(...node.parts);
    else if (GIVEN.test(node.type)) {
      const name = node.child("name") ?? node.child("left");
      const value = node.child("value") ?? node.child("right");
      if (name && value && !FUNCTION.test(value.type)) found.push({ name: name.text, node: value });
    } else if (CLASS.test(node.type)) found.push(...beginningOf(node));
  }
  return found;
}

/** Fields of a class with what they begin with, and its constructor; both are seen by whoever makes one. */
function beginningOf(node: SyntaxNode): Declared[] {
  const name = node.child("name")?.text ?? "";
  const members = (node.child("body")?.parts ?? []).flatMap((one) =>
    one.type === "expression_statement" ? one.parts : [one],
  );
  return members.flatMap((member): Declared[] => {
    if (/^((public_)?field_definition|assignment)$/.test(member.type)) {
      const value = member.child("value") ?? member.child("right");
      return value && !FUNCTION.test(value.type) ? [{ name, node: value }] : [];
    }
    const own = member.child("name")?.text ?? "";
    const body = BEGINS.test(own) ? member.child("body") : null;
    return body ? [{ name, node: body }] : [];
  }); // prettier-ignore
}

const LITERAL = /^(string|interpreted_string_literal|number|integer|float|int_literal|float_literal|true|false)$/;

/** Not those of functions in it, which answer for themselves. */
function literalsIn(node: SyntaxNode): SyntaxNode[] {
  return [...within(node, (one) => !FUNCTION.test(one.type) && !LITERAL.test(one.type))].filter(
    ({ type, named, text }) => named && LITERAL.test(type) && otherwise(text) !== text,
  );
}

/** Another value of the same kind; the text itself where none is plain. */
function otherwise(text: string): string {
  if (/^(true|false|True|False)$/.test(text)) return OPPOSITE[text] ?? text;
  if (/^\d{1,9}$/.test(text)) return String(Number(text) + 1);
  if (/^\d+\.\d+$/.test(text)) return `${text}1`;
  const [, all, quote] = /^([^"'`]?(?:"""|'''|["'`])[\s\S]*?)("""|'''|["'`])$/.exec(text) ?? [];
  return all !== undefined && quote !== undefined ? `${all}~${quote}` : text;
}

const OPPOSITE: Readonly<Record<string, string>> = { true: "false", false: "true", True: "False", False: "True" };
