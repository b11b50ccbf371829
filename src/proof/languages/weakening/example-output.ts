import { type SyntaxNode, within } from "../syntax/syntax.ts";
import type { TestText } from "../tests/test-cases.ts";

/** The lines that a Go example says to print and does not say any more. A planned change of it is excused elsewhere. */
export function outputLost(before: TestText, after: TestText): string[] {
  if (!/^Example/.test(before.name)) return [];
  const now = new Set(outputOf(after));
  return (outputOf(before) ?? []).filter((line) => !now.has(line));
}

/**
 * What stands behind `// Output:`, line by line. Go reads it only in the last comment of an example, and only where that begins
 * so; the example does not run otherwise.
 * @returns null where the example says nothing that is compared
 */
export function outputOf({ body }: Pick<TestText, "body">): string[] | null {
  const last = lastComment(body);
  const [, said] = /^\s*(?:unordered )?output:(.*)/is.exec(last) ?? [];
  if (said === undefined) return null;
  return said
    .split("\n")
    .map((line) => line.trim())
    .filter((line) => line !== "");
}

/** Comments on lines without a gap are one. */
function lastComment(body: SyntaxNode): string {
  const all = [...within(body)].filter(({ type }) => type === "comment");
  let first = all.length - 1;
  while (first > 0 && (all[first - 1] as SyntaxNode).endLine + 1 === (all[first] as SyntaxNode).line && isAlone(all[first - 1] as SyntaxNode, body)) first--; // prettier-ignore
  return all
    .slice(Math.max(0, first))
    .map(({ text }) => (text.startsWith("/*") ? text.slice(2, -2) : text.slice(2)))
    .join("\n");
}

/** A comment behind a statement on its line begins a comment of its own only where nothing follows on the next one. */
function isAlone(comment: SyntaxNode, body: SyntaxNode): boolean {
  const before = body.text.slice(0, comment.start - body.start);
  return /(^|\n)[ \t]*$/.test(before);
}
