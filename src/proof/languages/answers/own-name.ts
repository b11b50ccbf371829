import { above, type SyntaxNode, within } from "../syntax/syntax.ts";

const ASKED = /^strings\.Contains\((?:filepath\.\w+\()?os\.Args\[0\]\)?, *"[/]?go-build"\)$/;

/**
 * What a Go program calls itself in its usage, where `go run` has put it into a folder of its own: a function of a command that is given
 * nothing, answers a text, and whose answer nobody compares with another.
 */
export function isOwnName(node: SyntaxNode): boolean {
  if (!ASKED.test(node.text)) return false;
  const isCommand = node.root.parts.some(({ type, text }) => type === "package_clause" && text === "package main");
  const named = [...above(node)].find(({ type }) =>
    /^(function_declaration|method_declaration|func_literal)$/.test(type),
  );
  if (!isCommand || named?.type !== "function_declaration" || named.child("result")?.text !== "string") return false;
  if ((named.child("parameters")?.parts.length ?? 1) > 0) return false;
  const name = named.child("name")?.text;
  const uses = [...within(node.root)].filter((one) => one.type === "identifier" && one.text === name && one.field !== "name"); // prettier-ignore
  return uses.length > 0 && uses.every(isSaid);
}

/** One of the arguments of what prints (alone it is an answer): `fmt.Fprintf(os.Stderr, "%s: %v\n", programName(), err)`. */
function isSaid(use: SyntaxNode): boolean {
  const call = use.parent?.type === "call_expression" && use.field === "function" ? use.parent : null;
  const outer = call?.parent?.type === "argument_list" ? call.parent.parent : null;
  if (/^fmt\.S?[pP]rint/.test(outer?.child("function")?.text ?? "") && call?.parent?.parts.length === 1) return false;
  return /^(fmt|log)\.\w+$|^(\w+\.)?\w*([uU]sage|NewFlagSet)$/.test(outer?.child("function")?.text ?? "");
}
