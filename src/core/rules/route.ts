import type { TaskType } from "../ledger/ids.ts";
import type { EntryData } from "../ledger/entries.ts";
import type { Policy } from "./policy.ts";

/**
 * The router: rules, no model. It says what kind of work a ticket is, how big and how risky, and how sure it is, with
 * every reason in words, so that a person can see why and overrule it with a label.
 */
export type RouteInput = {
  readonly title: string;
  /** The issue's text after cleaning. */
  readonly body: string;
  readonly labels: readonly string[];
  readonly forcedType: TaskType | null;
  readonly repositoryFiles: number;
  /** Paths of the repository that the text names. */
  readonly namedPaths: readonly string[];
};

export type Route = Pick<
  EntryData<"routed">,
  "type" | "size" | "risk" | "confidence" | "clarity" | "reasons" | "planGate"
>;

/** `coop:bug` and its like start a ticket and force its type. */
export const TYPE_LABELS: Readonly<Record<string, TaskType>> = {
  "coop:feature": "feature",
  "coop:bug": "bug",
  "coop:refactor": "refactor",
  "coop:docs": "docs",
};

/** Ordinary labels that projects use anyway. */
const KNOWN_LABELS: Readonly<Record<string, TaskType>> = {
  bug: "bug",
  defect: "bug",
  regression: "bug",
  enhancement: "feature",
  feature: "feature",
  "feature request": "feature",
  refactor: "refactor",
  refactoring: "refactor",
  "tech debt": "refactor",
  documentation: "docs",
  docs: "docs",
};

type Signal = { readonly type: Exclude<TaskType, "review">; readonly pattern: RegExp; readonly weight: number };

/** Words in titles weigh double. Weights were chosen so that one clear word decides and two weak ones outvote one. */
const SIGNALS: readonly Signal[] = [
  {
    type: "bug",
    weight: 3,
    pattern: /\b(bug|crash(es|ed)?|regression|broken|stack ?trace|exception|segfault|panic)\b/i,
  },
  {
    type: "bug",
    weight: 2,
    pattern: /\b(fix(es)?|fails?|failing|error|wrong|incorrect(ly)?|unexpected(ly)?|should not|instead of|throws?)\b/i,
  },
  { type: "bug", weight: 2, pattern: /\b(steps to reproduce|expected behaviou?r|actual behaviou?r)\b/i },
  // People describe what they see more often than they name it.
  {
    type: "bug",
    weight: 3,
    pattern: /\b(\w+(Error|Exception)|Traceback|ENOENT|EACCES|EPERM|EINVAL|ECONNRESET|ECONNREFUSED|ETIMEDOUT|NaN)\b/,
  },
  {
    type: "bug",
    weight: 2,
    pattern:
      /\b((does|do|did|is|are|was|has|wo|would)(n['’]t| not)|no longer|nothing happens|(I|we|was|as) expect(ed)?)\b/i,
  },
  {
    type: "bug",
    weight: 2,
    pattern:
      /\b(ignored|ignores|duplicates|off[- ]by[- ]one|leak(s|ing|ed)?|hangs?|freezes?|stuck|forever|drops|los(es|t)|unreadable|garbled|corrupt(s|ed)?|without bound|dies|silently|blank|in a loop|late|twice)\b/i,
  },
  {
    type: "bug",
    weight: 2,
    pattern: /\b(worked (in|before|until|fine)|since (the )?(last )?(update|upgrade|release|v?\d))/i,
  },
  {
    type: "bug",
    weight: 1,
    pattern: /\b(macOS|Windows \d+|Ubuntu|Linux|Firefox|Chrome|Safari|Node \d+|version \d+)\b/i,
  },
  {
    type: "bug",
    weight: 2,
    pattern: /\b(still|instead|comes? out|at 100 ?%|(a|my|the) \w+ is attached|log below|last week|yesterday)\b/i,
  },
  // A statement about the program ("saves the form", "is unreadable") where a wish would begin with what to do.
  {
    type: "bug",
    weight: 1,
    pattern:
      /\b(\w{2,}[^s\W]s (the|a|an|its|their|last|nothing)|(is|are|was|were) (not|cut|at|in)|after an? \w+|invalid|exhausted)\b/i,
  },
  {
    type: "refactor",
    weight: 3,
    pattern: /\b(refactor(ing)?|restructure|clean ?up|extract|rename|dedupe|deduplicate|simplify|split up)\b/i,
  },
  { type: "refactor", weight: 2, pattern: /\b(no behaviou?r change|without changing behaviou?r|tech(nical)? debt)\b/i },
  { type: "docs", weight: 3, pattern: /\b(docs?|documentation|readme|typo|changelog|docstrings?|guide|tutorial)\b/i },
  {
    type: "refactor",
    weight: 3,
    pattern:
      /\b(get rid of|move (\S+ ){1,4}?(out of|into)|unify|consolidate|inline|moderni[sz]e|convert (all|the|our|\w+s) \w*( \w+)? ?to|dead code|no functional changes?|code base)\b/i,
  },
  { type: "docs", weight: 3, pattern: /\b(clarify|screenshots?|user manual|handbook|wiki|website|how[- ]?to|faq)\b/i },
  { type: "docs", weight: 4, pattern: /\b(broken links?|dead links?|api reference|[A-Z]{4,}\.(md|rst))\b/i },
  { type: "docs", weight: 1, pattern: /\b(document|explain|describe|wording|spelling)\b/i },
  {
    type: "feature",
    weight: 2,
    pattern: /\b(add|support|implement|introduce|allow|enable|new|feature|option|command|endpoint)\b/i,
  },
  {
    type: "feature",
    weight: 1,
    pattern:
      /\b(please|configurable|would help|would be enough|would like|as a user|so that|it would be (nice|great|useful))\b/i,
  },
];

/** A title that begins with what to make: errors and return values in the text below it are what is wished for. */
const WISH =
  /^\W*(?:feat(?:ure)?(?:\([^()]*\))?: *)?(?:add|support|implement|introduce|allow|enable|provide|create|expose|export|offer|accept|write|make|let)\b/i;

const RISK_WORDS =
  /\b(security|auth(entication|orization)?|password|token|secret|crypto|payments?|billing|migrations?|delete|drop|data loss|permissions?|concurren(cy|t)|race|deadlock|schema|breaking|backwards?.compat\w*|public api)\b/gi;

export function route(input: RouteInput, policy: Policy): Route {
  const reasons: string[] = [];
  const type = typeFor(input, policy, reasons);
  const size = sizeFor(input, reasons);
  const risk = riskFor(input, size, reasons);
  const clarity = clarityFor(input, reasons);
  const confidence = round(
    type.confidence - (size === "large" ? 0.15 : 0) - (risk === "high" ? 0.1 : 0) - (clarity === "unclear" ? 0.2 : 0),
  );
  const planGate = gateFor(policy, risk, size, confidence, reasons);
  return { type: type.type, size, risk, confidence, clarity, reasons, planGate };
}

function typeFor(input: RouteInput, policy: Policy, reasons: string[]): { type: TaskType; confidence: number } {
  if (input.forcedType) {
    reasons.push(`Type ${input.forcedType}: a person's label says so.`);
    return { type: input.forcedType, confidence: 1 };
  }
  for (const label of input.labels) {
    const byPolicy = Object.entries(policy.types).find(([, labels]) => labels.includes(label))?.[0] as
      TaskType | undefined;
    const type = byPolicy ?? KNOWN_LABELS[label.toLowerCase()];
    if (!type) continue;
    reasons.push(`Type ${type}: the issue is labelled "${label.slice(0, 60)}".`);
    return { type, confidence: 0.95 };
  }
  return typeFromWords(input, reasons);
}

function typeFromWords(input: RouteInput, reasons: string[]): { type: TaskType; confidence: number } {
  const scores = new Map<TaskType, number>();
  const words = new Map<TaskType, string[]>();
  const isWish = WISH.test(input.title);
  for (const { type, pattern, weight } of SIGNALS) {
    const inTitle = pattern.exec(input.title)?.[0];
    const inBody = isWish && type === "bug" ? undefined : pattern.exec(input.body)?.[0];
    const score = (inTitle ? 2 * weight : 0) + (inBody ? weight : 0);
    if (score === 0) continue;
    scores.set(type, (scores.get(type) ?? 0) + score);
    words.set(type, [...(words.get(type) ?? []), (inTitle ?? inBody ?? "").toLowerCase()]);
  }
  const ranked = [...scores].sort((a, b) => b[1] - a[1]);
  const [best, second] = ranked;
  if (!best) {
    reasons.push("Type feature: no word of the text says otherwise.");
    return { type: "feature", confidence: 0.5 };
  }
  const share = best[1] / (best[1] + (second?.[1] ?? 0));
  const said = [...new Set(words.get(best[0]))].slice(0, 4).join(", ");
  reasons.push(`Type ${best[0]}: the text says ${said}${second ? `; ${second[0]} was the runner-up` : ""}.`);
  return { type: best[0], confidence: round(0.5 + 0.45 * share) };
}

function sizeFor(input: RouteInput, reasons: string[]): Route["size"] {
  const items = input.body.match(/^[ \t]*(?:[-*]|\d{1,3}\.)[ \t]+\S/gm)?.length ?? 0;
  const points = Math.floor(input.body.length / 1500) + Math.floor(items / 5) + Math.floor(input.namedPaths.length / 3);
  const size = points >= 5 ? "large" : points >= 2 ? "medium" : "small";
  reasons.push(
    `Size ${size}: ${input.body.length} characters, ${items} list items, ${input.namedPaths.length} files named.`,
  );
  return size;
}

function riskFor(input: RouteInput, size: Route["size"], reasons: string[]): Route["risk"] {
  const words = [
    ...new Set(`${input.title}\n${input.body}`.match(RISK_WORDS)?.map((word) => word.toLowerCase()) ?? []),
  ];
  const sensitive = input.namedPaths.filter((path) =>
    /(^|\/)(auth|security|migrations?|\.github|infra|deploy)(\/|$)/i.test(path),
  );
  const points = words.length + 2 * sensitive.length + (size === "large" ? 1 : 0);
  const risk = points >= 3 ? "high" : points >= 1 ? "medium" : "low";
  const why = [...words.slice(0, 5), ...sensitive.slice(0, 3)].join(", ") || "no risk words";
  reasons.push(`Risk ${risk}: ${why}.`);
  return risk;
}

/** Too little to plan from: then the Navigator is asked whether it has to ask. */
const CLEAR_CHARACTERS_MIN = 40;

function clarityFor(input: RouteInput, reasons: string[]): Route["clarity"] {
  const vague = /\b(?:somehow|etc|and so on|maybe|not sure|tbd|to be (?:decided|discussed))\b|\?{3}/i.exec(input.body);
  if (input.body.trim().length < CLEAR_CHARACTERS_MIN) {
    reasons.push(`Unclear: the text has ${input.body.trim().length} characters.`);
    return "unclear";
  }
  if (vague && input.body.length < 600) {
    reasons.push(`Unclear: the text says "${vague[0].toLowerCase()}".`);
    return "unclear";
  }
  return "clear";
}

/** Below this the router is guessing, and a person should see the plan first. */
const CONFIDENCE_MIN = 0.6;

function gateFor(
  policy: Policy,
  risk: Route["risk"],
  size: Route["size"],
  confidence: number,
  reasons: string[],
): Route["planGate"] {
  if (policy.planGate !== "by-risk") {
    reasons.push(`Plan gate: the policy says ${policy.planGate}.`);
    return policy.planGate === "always" ? "person" : "policy";
  }
  const why =
    risk === "high"
      ? "the risk is high"
      : size === "large"
        ? "the ticket is large"
        : confidence < CONFIDENCE_MIN
          ? `confidence is ${confidence}`
          : null;
  reasons.push(
    why
      ? `Plan gate: a person approves the plan, because ${why}.`
      : "Plan gate: none needed at this risk, size and confidence.",
  );
  return why ? "person" : "policy";
}

function round(value: number): number {
  return Math.round(Math.min(1, Math.max(0, value)) * 100) / 100;
}
