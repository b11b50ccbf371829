import { above, type SyntaxNode } from "../syntax/syntax.ts";

/** Names that say that doing nothing is meant. A word somewhere in a name says something else: `saveDefaults`, `ignoreCase`. */
const WHOLE =
  /^(noop|nothing|ignore|ignored|swallow|discard|empty|default|dummy|ignore_?errors?|swallow_?errors?|constructor|)$/;
const AT_AN_END = /^(noop|nothing|dummy)_|_(noop|nothing|dummy)$/;
/** A private hook that somebody may fill. */
const HOOK = /^_(on|before|after|pre|post)_/;
const CLASS = /^(null|noop|dummy|discard|silent|void|nothing)(_|$)|_(noop|stub)$/;

export function isMeantEmptyName(name: string): boolean {
  const words = wordsOf(name);
  return WHOLE.test(words) || AT_AN_END.test(words) || HOOK.test(name);
}

export function isOfNothingName(className: string): boolean {
  return CLASS.test(wordsOf(className));
}

/** `doNothing` and `do_nothing` alike; what a language marks as private is no part of the name. */
function wordsOf(name: string): string {
  return name
    .replace(/^[_#]+/, "")
    .replace(/([a-z\d])([A-Z])/g, "$1_$2")
    .toLowerCase()
    .replace(/no_op/g, "noop")
    .replace(/^do_nothing$/, "nothing");
}

/** `patience = { tries: 1, sleep: async () => {} }`: what a caller may give instead. */
export function isDefault(node: SyntaxNode): boolean {
  for (const outer of above(node)) {
    if (/^(assignment_pattern|object_assignment_pattern|required_parameter)$/.test(outer.type)) return true;
    if (!/^(pair|object|as_expression|satisfies_expression|parenthesized_expression)$/.test(outer.type)) return false;
  }
  return false;
}
