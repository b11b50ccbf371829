import { above, holds, type SyntaxNode, within } from "../syntax/syntax.ts";

/** A goroutine, or a timer's, for whose end the function around it does not wait: no channel, no `Wait`; what another goroutine does is no waiting. */
export function isLeftAlone(node: SyntaxNode): boolean {
  if (!isBegun(node)) return false;
  const around = [...above(node)].find((one) => /^(func_literal|function_declaration)$/.test(one.type));
  if (around === undefined) return false;
  const told = channelsOf(node);
  return ![...within(around, (one) => !isBegun(one))].some((one) => waits(one, told));
}

function isBegun(node: SyntaxNode): boolean {
  const isTimer = node.type === "call_expression" && node.child("function")?.text === "time.AfterFunc";
  return isTimer || node.type === "go_statement";
}

function waits(one: SyntaxNode, told: ReadonlySet<string>): boolean {
  // With a `default` nothing is waited for.
  if (isReceiving(one)) return !isTried(one);
  if (one.type === "range_clause") return told.has(one.child("right")?.text ?? "");
  if (one.type !== "call_expression") return false;
  const callee = one.child("function")?.text ?? "";
  // A helper that is given the channel waits for it.
  if (one.child("arguments")?.parts.some(({ text }) => told.has(text)) && !ONLY_LOOKS.test(callee)) return true;
  return /\.(Wait|Acquire|Lock|Sleep)$|(^|\.)\w*[wW]ait\w*$/.test(callee);
}

function isReceiving(one: SyntaxNode): boolean {
  return one.type === "receive_statement" || (one.type === "unary_expression" && one.text.startsWith("<-"));
}

function isTried(one: SyntaxNode): boolean {
  const asks = [...above(one)].find((outer) => {
    const asked = outer.type === "communication_case" ? outer.child("communication") : null;
    return asked !== null && holds(asked, one);
  });
  return asks?.parent?.children.some(({ type }) => type === "default_case") ?? false;
}

const ONLY_LOOKS = /^(len|cap|close|append|make|panic|print|println|(fmt|reflect|log|slog)\.\w+|\w+\.(Logf?|NotNil))$/;

/** Channels that a goroutine sends to or closes. */
function channelsOf(go: SyntaxNode): Set<string> {
  return new Set(
    [...within(go)].flatMap((one) => {
      if (one.type === "send_statement") return one.child("channel")?.text ?? [];
      const closes = one.type === "call_expression" && one.child("function")?.text === "close";
      return closes ? (one.child("arguments")?.parts[0]?.text ?? []) : [];
    }),
  );
}
