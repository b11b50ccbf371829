import { isGrave } from "./labels.ts";
import { dangerPlace, inWords, isCalm, type Read, riskSignalsOf, type RiskSignal } from "./risk-signals.ts";
import { RISK_WEIGHTS } from "./risk-weights.ts";

/**
 * How much a mistake would cost: a sum of what each signal is worth, learnt from tickets whose risk is known. A person sees the plan
 * from zero on, and where the title has a danger's own word and nothing says that it is only near it. A question of its own: how
 * sure the router is of the type says nothing about it.
 */
export type Risk = "low" | "medium" | "high";

const SENSITIVE_PATH = /(^|\/)(auth|security|migrations?|\.github|infra|deploy)(\/|$)/i;

/** Paths that a reason names. */
const PATHS_SHOWN_MAX = 3;
/** So far above zero, a ticket is about the danger and not only near it. */
const HIGH = 3;
/** Of a word that is quoted as the reason. */
const WORD_CHARS_MAX = 40;
/** A text with so many words of danger is about them, whatever else it says. */
const WORDS_OF_HIGH = 3;

export type Told = Read & {
  readonly labels: readonly string[];
  readonly namedPaths: readonly string[];
  readonly isLarge: boolean;
  /** Nothing but documents changes: they may name every danger. */
  readonly isText: boolean;
};

type Judged = {
  readonly risk: Risk;
  /** Reasons in words; none where nothing speaks for a risk. */
  readonly why: readonly string[];
  /** The signals among them, the strongest first. */
  readonly signals: readonly RiskSignal[];
};

export function riskOf(told: Told): Judged {
  const label = told.labels.find(isGrave);
  const paths = told.namedPaths.filter((path) => SENSITIVE_PATH.test(path)).slice(0, PATHS_SHOWN_MAX);
  const signals = told.isText ? [] : riskSignalsOf(told);
  const sum = signals.reduce((all, { name }) => all + RISK_WEIGHTS[name], RISK_WEIGHTS.start);
  const places = signals.flatMap(({ name }) => dangerPlace(name) ?? []);
  const isNear = signals.some(({ name }) => isCalm(name));
  // A danger's own word in the title is what the ticket is about, unless something says that it is only near it.
  const isTold = signals.length > 0 && (sum >= 0 || (places.includes("title") && !isNear));
  const isAbout =
    (isTold && (sum >= HIGH || places.includes("title") || places.length >= WORDS_OF_HIGH)) ||
    (paths.length > 0 && places.length > 0);
  const telling = isTold ? tellingOf(signals) : [];
  const why = [
    ...(label === undefined ? [] : [`the label "${label.slice(0, WORD_CHARS_MAX)}"`]),
    ...paths,
    ...(told.isLarge ? ["large"] : []),
    ...telling.map(({ name, word }) => `${inWords(name)} ("${word}") +${RISK_WEIGHTS[name]}`),
  ];
  return {
    risk: label !== undefined || isAbout || paths.length > 1 ? "high" : isTold || why.length > 0 ? "medium" : "low",
    why,
    signals: telling,
  };
}

/** What speaks for the risk. In a looks' signal the word is the harmless one. */
function tellingOf(signals: readonly RiskSignal[]): RiskSignal[] {
  return signals
    .filter(({ name, word }) => RISK_WEIGHTS[name] > 0 && word !== "" && name !== "danger-in-looks")
    .sort((one, other) => RISK_WEIGHTS[other.name] - RISK_WEIGHTS[one.name])
    .map(({ name, word }) => ({ name, word: word.slice(0, WORD_CHARS_MAX) }));
}
