import type { TaskType } from "../../ledger/ids.ts";

/**
 * Labels, tags in titles and prefixes of commits, brought to one form: `kind/bug`, `type: bug`, `C-bug`, `Bug 🐞`,
 * `[FEATURE]`, `tech-debt`, `docs(api):`. What several of them say is settled by how narrow the kinds are: text about a
 * bug is still text, and a bug in a new feature is still a bug.
 */
const WORDS: readonly (readonly [Exclude<TaskType, "review">, RegExp])[] = [
  ["docs", /^(docs?|documentation|readme|javadocs?|docstrings?|documentation (bug|issue|update|request|improvement)|docs? (bug|issue|update|request|improvement)|improve documentation|typos?)$/], // prettier-ignore
  ["refactor", /^(refactor|refactors|refactoring|cleanups?|clean up|code cleanup|tech(nical)? debt|techdebt|debt|housekeeping|code quality|code health|internal cleanup|restructuring|rewrite|moderni[sz]ation)$/], // prettier-ignore
  ["bug", /^(bugs?|bug ?fix|bug report|bugreport|fix|hotfix|defects?|regressions?|crash|broken|confirmed bug|unconfirmed bug|error|fault|bug report form|perf regression)$/], // prettier-ignore
  ["feature", /^(features?|feat|feature requests?|featurerequest|enhancements?|improvements?|new feature|wishlist|wish|proposals?|idea|suggestions?|feature proposal|user story|story|accepted enhancement|fr)$/], // prettier-ignore
];
/** Prefixes under which projects sort their labels. */
const PREFIX = /^(?:kind|type|category|issue ?type|[tckia]|class|area|topic)\s*[/:_.=-]+\s*/;

/** A label may have fifty characters; a title's tag is not longer. */
const LABEL_CHARS_READ = 80;

/** @example typeOfLabel("Kind/Bug 🐞") // → "bug" */
export function typeOfLabel(label: string): Exclude<TaskType, "review"> | null {
  const plain = label
    .slice(0, LABEL_CHARS_READ)
    .toLowerCase()
    .replace(/:[a-z_]{1,30}:/g, "")
    .replace(/[^\p{L}\p{N}/:_.=()!& -]/gu, "")
    .trim()
    .replace(PREFIX, "");
  const scope = /^(\w+)\s*\((.*)\)!?$/.exec(plain);
  const names = [plain, ...(scope ? [scope[1] ?? "", /^docs?$|^readme$/.exec(scope[2] ?? "")?.[0] ?? ""] : [])].map(
    (name) => name.replace(/[\s/:_.=!-]+/g, " ").trim(),
  );
  return WORDS.find(([, pattern]) => names.some((name) => pattern.test(name)))?.[0] ?? null;
}

/** Of several labels the narrowest kind counts: documents, then reshaping, then bugs, then features. */
export function typeOfLabels(labels: readonly string[]): { type: Exclude<TaskType, "review">; label: string } | null {
  const found = labels.flatMap((label) => {
    const type = typeOfLabel(label);
    return type ? [{ type, label }] : [];
  });
  for (const [type] of WORDS) {
    const one = found.find((each) => each.type === type);
    if (one) return one;
  }
  return null;
}

/** Labels by which people say that a mistake would cost dearly: `security`, `breaking-change`, `data loss`, `P0`. */
const GRAVE =
  /^(?:security|vulnerab\w+|cve.{0,20}|privacy|gdpr|breaking(?: changes?)?|(?:major|api) (?:change|break(?:age)?)|semver major|data ?loss|(?:data )?corruption|p ?0|sev(?:erity)? ?[01]|critical|blocker|urgent|high risk|risky|migrations?|auth(?:entication|orization)?|payments?|billing|race condition|concurrency|deadlock)$/;
const GRAVE_PREFIX =
  /^(?:kind|type|category|severity|sev|priority|prio|impact|risk|area|topic|class|[tckia])\s*[/:_.=-]+\s*/;

/** @example isGrave("Priority: P0") // → true */
export function isGrave(label: string): boolean {
  const plain = label.slice(0, LABEL_CHARS_READ).toLowerCase().replace(/:[a-z_]{1,30}:/g, "").replace(/[^\p{L}\p{N}/:_.= -]/gu, "").trim(); // prettier-ignore
  return GRAVE.test(
    plain
      .replace(GRAVE_PREFIX, "")
      .replace(/[\s/:_.=-]+/g, " ")
      .trim(),
  );
}
