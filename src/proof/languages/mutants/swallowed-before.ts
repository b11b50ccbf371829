import { innermostOf } from "../syntax/changed-functions.ts";
import { functionsOf } from "../syntax/functions.ts";
import type { Parsed } from "../syntax/parser.ts";
import { type SyntaxNode, within } from "../syntax/syntax.ts";
import { swallowing } from "./swallowing.ts";

/** By what an error that becomes an answer is known again: its whole code, and the function in which it stands. */
type Known = { readonly start: number; readonly by: readonly string[] };

/**
 * Which errors became an answer in any of the changed files, by where they stand there. What stood in the base as often as now has only
 * moved, and a function that kept as many errors quiet before is not asked for more because it reads otherwise.
 */
export function newlySwallowed(before: readonly Parsed[], after: readonly Parsed[]) {
  const [old, now] = [countOf(before), countOf(after)];
  return (parsed: Parsed): ReadonlySet<number> => {
    const isMore = ({ by }: Known) => by.every((key) => (now.get(key) ?? 1) > (old.get(key) ?? 0));
    return new Set(
      knownIn(parsed)
        .filter(isMore)
        .map(({ start }) => start),
    );
  };
}

function countOf(all: readonly Parsed[]): Map<string, number> {
  const count = new Map<string, number>();
  for (const key of all.flatMap((one) => knownIn(one)).flatMap(({ by }) => by))
    count.set(key, (count.get(key) ?? 0) + 1);
  return count;
}

function knownIn(parsed: Parsed): Known[] {
  if (parsed.outcome === "cannot") return [];
  const { root, language } = parsed;
  const innermost = innermostOf(functionsOf(root, language));
  return [...within(root)].flatMap((node) =>
    swallowing(node, language).map(({ start, whole }) => {
      const inside = innermost(start)?.name;
      return { start, by: [`code ${worded(whole)}`, ...(inside === undefined ? [] : [`in ${inside}`])] };
    }),
  );
}

/** Types are no difference, nor is the layout. */
const UNSAID = /^(comment|type_annotation|type_arguments|type_parameters|catch_formal_parameter|;|,)$/;
const CASTS = /^(as_expression|satisfies_expression)$/;

/** Its code with numbers for the names of what is worked with, which a function that was taken out gives anew. */
function worded(all: readonly SyntaxNode[]): string {
  const names = new Map<string, number>();
  const isSaid = (one: SyntaxNode) => !UNSAID.test(one.type) && !isCast(one);
  const leaves = all
    .flatMap((one) => [...within(one, isSaid)])
    .filter((one) => isSaid(one) && one.children.length === 0);
  return leaves
    .map((one) => {
      if (one.type !== "identifier" || isNamed(one)) return one.text;
      if (!names.has(one.text)) names.set(one.text, names.size);
      return `$${names.get(one.text)}`;
    })
    .join(" ");
}

/** What is called, or an attribute. */
function isNamed(one: SyntaxNode): boolean {
  return one.field === "attribute" || (one.field === "function" && /^call(_expression)?$/.test(one.parent?.type ?? ""));
}

/** `as Row`: all but what is cast. */
function isCast(one: SyntaxNode): boolean {
  return CASTS.test(one.parent?.type ?? "") && one !== one.parent?.children[0];
}
