import { innermostOf } from "../syntax/changed-functions.ts";
import { functionsOf } from "../syntax/functions.ts";
import { ownerOf } from "../tests/may-fail.ts";
import type { Parsed } from "../syntax/parser.ts";
import type { SmallChange } from "./small-changes.ts";
import { within, plain } from "../syntax/syntax.ts";

/** Shorter ones (`abs(x)`) stand anywhere. */
const EXPRESSION_CHARS_MIN = 8;

type Call = { readonly callee: string; readonly text: string; readonly inside: string; readonly start: number };

/**
 * Whether a rounding stood there before, on a line that changed around it: whether it is tested is not the change's
 * question. It stood in the same function, or it has only moved to another one.
 */
export function oldRoundings(was: Parsed | undefined, is: Parsed): (change: SmallChange) => boolean {
  const [old, now] = [was ? callsIn(was) : [], callsIn(is)];
  if (old.length === 0) return () => false;
  const placed = new Map(now.map((one) => [`${one.start} ${one.text}`, one]));
  const times = (of: readonly Call[], like: (one: Call) => boolean) => of.filter(like).length;
  return ({ weight, start, expression }) => {
    const text = expression.replace(/\s+/g, " ");
    const one = weight === "dropped" ? placed.get(`${start} ${text}`) : undefined;
    if (!one) return false;
    const isSame = (other: Call) => other.text === one.text;
    const isLong = text.length >= EXPRESSION_CHARS_MIN;
    if (isLong && times(old, isSame) >= times(now, isSame)) return true;
    const before = old.filter(({ inside }) => inside === one.inside);
    if (isLong && before.some(isSame)) return true;
    // `round(a + b / 10)` became `round(a + b / 5)`: the change has added no rounding.
    const isCall = ({ callee }: Call) => callee === one.callee;
    const after = now.filter(({ inside }) => inside === one.inside);
    return times(before, isCall) > 0 && times(before, isCall) >= times(after, isCall);
  };
}

function callsIn(parsed: Parsed): Call[] {
  if (parsed.outcome === "cannot") return [];
  const innermost = innermostOf(functionsOf(parsed.root, parsed.language));
  return [...within(parsed.root)].flatMap((one): Call[] => {
    if (!/^call(_expression)?$/.test(one.type)) return [];
    const inside = innermost(one.start);
    const name = inside ? `${ownerOf(inside.node)} ${inside.name}` : "";
    return [{ callee: one.child("function")?.text ?? "", text: plain(one), inside: name, start: one.start }];
  });
}
