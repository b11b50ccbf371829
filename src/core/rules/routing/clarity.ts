import { CLARITY_SIGNALS, type ClaritySignalName, claritySignalsOf } from "./clarity-signals.ts";
import { CLARITY_WEIGHTS } from "./clarity-weights.ts";
import type { Reading } from "./text.ts";
import { REASONS_MAX } from "./type.ts";

/** Whether there is enough to plan from, and if not, what is wanting. */
export type Clarity = { readonly clarity: "clear" | "unclear"; readonly why: string | null };

/** Learnt as speaking for a question, but they name what a ticket has and not what it lacks. */
const NOT_WANTING: ReadonlySet<string> = new Set<ClaritySignalName>(["title-specific", "reports"]);

/** @example clarityOf(readTicket("broken", "")).clarity // → "unclear" */
export function clarityOf(reading: Reading): Clarity {
  const { signals, vague } = claritySignalsOf(reading);
  const sum = signals.reduce((all, name) => all + CLARITY_WEIGHTS[name], CLARITY_WEIGHTS.start);
  const isAsking = signals.includes("asks-open");
  if (sum < 0 && !isAsking) return { clarity: "clear", why: null };
  const wanting = signals
    .filter((name) => (CLARITY_WEIGHTS[name] > 0 && !NOT_WANTING.has(name)) || name === "asks-open")
    .sort((one, other) => strength(other) - strength(one))
    .slice(0, REASONS_MAX)
    .map((name) => CLARITY_SIGNALS[name]);
  const words = vague.length > 0 ? ` ("${vague.slice(0, REASONS_MAX).join('", "')}")` : "";
  return { clarity: "unclear", why: `the text has ${wanting.join(", ") || "too little to plan from"}${words}` };
}

/** An open question in the text decides alone. */
function strength(name: ClaritySignalName): number {
  return name === "asks-open" ? Infinity : CLARITY_WEIGHTS[name];
}
