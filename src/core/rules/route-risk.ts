import { isGrave } from "./route-labels.ts";
import { type Read, riskSignalsOf, type RiskSignal } from "./route-risk-signals.ts";
import { RISK_WEIGHTS } from "./route-risk-weights.ts";

/**
 * How much a mistake would cost: a sum of what each signal is worth, learnt from tickets whose risk is known. From zero on a
 * person sees the plan. A question of its own: how sure the router is of the type says nothing about it.
 */
export type Risk = "low" | "medium" | "high";

const SENSITIVE_PATH = /(^|\/)(auth|security|migrations?|\.github|infra|deploy)(\/|$)/i;

/** So far above zero, a ticket is about the danger and not only near it. */
const HIGH = 3;
/** Of a word that is quoted as the reason. */
const WORD_CHARS_MAX = 40;
const IS_DANGER = /^(?:auth|payment|deletion|migration|concurrency|secret)-(title|text|again)$/;
const IS_CALM = /^(?:looks|words|arranges|inside-code|danger)-/;
/** A text with so many words of danger is about them, whatever else it says. */
const WORDS_OF_HIGH = 3;

export type Told = Read & {
  readonly labels: readonly string[];
  readonly namedPaths: readonly string[];
  readonly isLarge: boolean;
  /** Nothing but documents changes: they may name every danger. */
  readonly isText: boolean;
};

/** @returns the strongest reasons first; none where nothing speaks for a risk */
export function riskOf(told: Told): { readonly risk: Risk; readonly why: readonly string[] } {
  const label = told.labels.find(isGrave);
  const paths = told.namedPaths.filter((path) => SENSITIVE_PATH.test(path)).slice(0, 3);
  const signals = told.isText ? [] : riskSignalsOf(told);
  const sum = signals.reduce((all, { name }) => all + RISK_WEIGHTS[name], RISK_WEIGHTS.start);
  const places = signals.flatMap(({ name }) => IS_DANGER.exec(name)?.[1] ?? []);
  const isCalm = signals.some(({ name }) => IS_CALM.test(name));
  // A danger's own word in the title is what the ticket is about, unless something says that it is only near it.
  const isTold = signals.length > 0 && (sum >= 0 || (places.includes("title") && !isCalm));
  const isAbout =
    (isTold && (sum >= HIGH || places.includes("title") || places.length >= WORDS_OF_HIGH)) ||
    (paths.length > 0 && places.length > 0);
  const why = [
    ...(label === undefined ? [] : [`the label "${label.slice(0, WORD_CHARS_MAX)}"`]),
    ...paths,
    ...(told.isLarge ? ["large"] : []),
    ...(isTold ? inWords(signals) : []),
  ];
  return {
    risk: label !== undefined || isAbout || paths.length > 1 ? "high" : isTold || why.length > 0 ? "medium" : "low",
    why,
  };
}

/** What speaks for the risk, and by how much. */
function inWords(signals: readonly RiskSignal[]): string[] {
  return signals
    .filter(({ name, word }) => RISK_WEIGHTS[name] > 0 && word !== "")
    .sort((one, other) => RISK_WEIGHTS[other.name] - RISK_WEIGHTS[one.name])
    .map(
      ({ name, word }) => `${name.replaceAll("-", " ")} +${RISK_WEIGHTS[name]} ("${word.slice(0, WORD_CHARS_MAX)}")`,
    );
}
