import type { TaskType } from "../../ledger/ids.ts";
import type { EntryData } from "../../ledger/entries.ts";
import type { Policy } from "../policy.ts";
import { clarityOf } from "./clarity.ts";
import { typeOfLabels } from "./labels.ts";
import { riskOf } from "./risk.ts";
import { signalsOf } from "./signals.ts";
import { type Reading, readTicket, titleOf } from "./text.ts";
import { guess, saysOf } from "./type.ts";
import { WEIGHTS } from "./weights.ts";
import { WORD_WEIGHTS, wordSignalsOf } from "./words.ts";
import { SHORT_NAME_CHARS_MAX } from "../../ledger/limits.ts";
import type { RoutingReason } from "./reasons.ts";
import { type DecisionCode, type Why, why as because } from "../why.ts";

/**
 * The router: rules, no model. It says what kind of work a ticket is, how big and how risky, and how sure it is, with
 * every reason, so that a person can see why and overrule it with a label.
 */
export type RouteInput = {
  readonly title: string;
  /** The text after cleaning. */
  readonly body: string;
  readonly labels: readonly string[];
  readonly forcedType: TaskType | null;
  readonly repositoryFiles: number;
  /** Paths of the repository that the text names. */
  readonly namedPaths: readonly string[];
};

export type Route = Pick<EntryData<"routed">, "type" | "size" | "risk" | "confidence" | "clarity" | "planGate"> & {
  readonly reasons: readonly RoutingReason[];
};

/** `coop:bug` and its like start a ticket and force its type. */
export const TYPE_LABELS: Readonly<Record<string, TaskType>> = {
  "coop:feature": "feature",
  "coop:bug": "bug",
  "coop:refactor": "refactor",
  "coop:docs": "docs",
};

export function route(input: RouteInput, policy: Policy): Route {
  const reading = readTicket(input.title, input.body);
  const reasons: RoutingReason[] = [];
  const { type, confidence } = typeFor(input, reading, policy, reasons);
  const size = sizeFor(input, reading, reasons);
  const { risk, why } = riskOf({
    title: titleOf(reading),
    prose: reading.prose,
    raw: `${input.title}\n${input.body}`,
    labels: input.labels,
    namedPaths: input.namedPaths,
    isLarge: size === "large",
    isText: type === "docs" && confidence >= SURELY_TEXT,
  });
  reasons.push({ code: "risk", facts: { risk, because: why.slice(0, RISKS_SHOWN_MAX) } });
  const { clarity, why: vague } = clarityOf(reading);
  if (vague) reasons.push({ code: "unclear", facts: { because: vague } });
  const planGate = gateFor(policy, { risk, size, confidence, clarity }, reasons);
  return { type, size, risk, confidence, clarity, reasons, planGate };
}

/** A label is a person's word, which is right more often than any rule; not 1, because labels are also given by bots. */
const LABEL_CONFIDENCE = 0.95;

/** Reasons of a risk that one line names. */
const RISKS_SHOWN_MAX = 4;

/** As sure of a ticket for documents, words of danger are what it writes about. The plan shows whether code changes as well. */
const SURELY_TEXT = 0.8;

const WEIGHTS_OF_ALL = { ...WEIGHTS, ...WORD_WEIGHTS };

type Typed = { readonly type: TaskType; readonly confidence: number };

/** A person's label of ours, then labels that the policy names, then labels and the title's tags, then the words. */
function typeFor(input: RouteInput, reading: Reading, policy: Policy, reasons: RoutingReason[]): Typed {
  if (input.forcedType) {
    reasons.push({ code: "type-forced", facts: { type: input.forcedType } });
    return { type: input.forcedType, confidence: 1 };
  }
  const labelled = byPolicy(input.labels, policy) ?? typeOfLabels(input.labels);
  if (labelled) {
    reasons.push({ code: "type-labelled", facts: named(labelled) });
    return { type: labelled.type, confidence: LABEL_CONFIDENCE };
  }
  const tagged = typeOfLabels(reading.tags);
  if (tagged) {
    reasons.push({ code: "type-tagged", facts: named(tagged) });
    return { type: tagged.type, confidence: LABEL_CONFIDENCE };
  }
  const guessed = guess([...signalsOf(reading), ...wordSignalsOf(reading.title)], WEIGHTS_OF_ALL);
  const { type, runnerUp, confidence } = guessed;
  reasons.push({ code: "type-guessed", facts: { type, runnerUp, confidence, because: guessed.because.map(saysOf) } });
  return { type, confidence: Math.round(confidence * 100) / 100 };
}

function named({ type, label }: { readonly type: TaskType; readonly label: string }) {
  return { type, label: label.slice(0, SHORT_NAME_CHARS_MAX) };
}

function byPolicy(labels: readonly string[], policy: Policy): { type: TaskType; label: string } | null {
  for (const label of labels) {
    const known = Object.entries(policy.types).find(([, named]) =>
      named.some((one) => bareLabel(one) === bareLabel(label)),
    );
    if (known) return { type: known[0] as TaskType, label };
  }
  return null;
}

/** GitHub knows one label in whatever case it is written. */
function bareLabel(name: string): string {
  return name.normalize("NFC").trim().toLowerCase();
}

function sizeFor(input: RouteInput, { listItems: items }: Reading, reasons: RoutingReason[]): Route["size"] {
  const points = Math.floor(input.body.length / 1500) + Math.floor(items / 5) + Math.floor(input.namedPaths.length / 3);
  const size = points >= 5 ? "large" : points >= 2 ? "medium" : "small";
  const facts = { size, characters: input.body.length, listItems: items, files: input.namedPaths.length } as const;
  reasons.push({ code: "size", facts });
  return size;
}

/** Below this the router is guessing: the Navigator says what kind of task it is, and a person sees the plan first. */
export const CONFIDENCE_MIN = 0.7;

function gateFor(
  policy: Policy,
  { risk, size, confidence, clarity }: Pick<Route, "risk" | "size" | "confidence" | "clarity">,
  reasons: RoutingReason[],
): Route["planGate"] {
  if (policy.planGate !== "by-risk") {
    reasons.push({ code: "gate-by-policy", facts: { gate: policy.planGate } });
    return policy.planGate === "always" ? "person" : "policy";
  }
  const because = gateBecause({ risk, size, confidence, clarity });
  reasons.push(because ?? { code: "gate-not-needed", facts: {} });
  return because ? "person" : "policy";
}

function gateBecause({
  risk,
  size,
  confidence,
  clarity,
}: Pick<Route, "risk" | "size" | "confidence" | "clarity">): RoutingReason | null {
  if (risk !== "low") return { code: "gate-for-risk", facts: { risk } };
  if (size === "large") return { code: "gate-for-size", facts: {} };
  if (confidence < CONFIDENCE_MIN) return { code: "gate-for-doubt", facts: { confidence } };
  return clarity === "unclear" ? { code: "gate-for-clarity", facts: {} } : null;
}

/** What the router leaves to the Navigator, in one call: what is to be built, and what kind of task it is. */
export function unsureOf({
  clarity,
  confidence,
  type,
}: Pick<Route, "clarity" | "confidence" | "type">): Why<DecisionCode> | null {
  if (clarity === "unclear") return because("text-unclear");
  return confidence < CONFIDENCE_MIN ? because("type-unsure", { type, confidence }) : null;
}
