/**
 * Which rule of a repository kept a pull request from being merged. GitHub tells by a sentence alone, so it is read here, in
 * one table; what nobody knows is `other` and shown as GitHub said it.
 */
export const MERGE_METHODS = ["merge", "squash", "rebase"] as const;
export type MergeMethod = (typeof MERGE_METHODS)[number];

export type MergeRule =
  | "queue"
  | "conversations"
  | "linear"
  | "method"
  | "review-changes"
  | "code-owner"
  | "reviews"
  | "checks"
  | "out-of-date"
  | "signatures"
  | "deployments"
  | "commit-text"
  | "locked"
  | "push"
  | "draft"
  /** What the queue did with it later; no sentence of GitHub's says these two. */
  | "queue-left"
  | "queue-slow"
  /** At a desk: the person's own branch. */
  | "desk"
  /** The policy says `dryRun`. */
  | "dry-run"
  | "other";

/** The first that fits counts: narrower sentences stand above the ones that they contain. */
const SENTENCES: readonly (readonly [RegExp, MergeRule])[] = [
  [/merge queue/i, "queue"],
  [/conversations? must be resolved|comments? must be resolved|unresolved conversation/i, "conversations"],
  [/must not contain merge commits|linear history/i, "linear"],
  [/(?:merge commits?|squash merges?|rebase merges?|merge methods?)\b.{0,60}\b(?:not|dis)[ -]?allowed/i, "method"],
  [/\b(?:not|dis)[ -]?allowed merge method/i, "method"],
  [/changes? (?:were |was |have been )?requested|request(?:ed|ing) changes/i, "review-changes"],
  [/code ?owner/i, "code-owner"],
  [/approving review|review required|reviews? (?:is|are) required|approval/i, "reviews"],
  [/out[ -]of[ -]date|not up[ -]to[ -]date|behind the base/i, "out-of-date"],
  [/status check|required workflow|code scanning|required check/i, "checks"],
  [/verified signature|signed commit|must be signed/i, "signatures"],
  [/\b(?:commit message|(?:author|committer)(?:'s)? e-?mail)\b.{0,40}\b(?:match|start|end|contain)/i, "commit-text"],
  [/deploy/i, "deployments"],
  [/branch is locked|locked branch|read-only/i, "locked"],
  [/not authori[sz]ed to push|protected (?:branch|ref)|not accessible by integration|permission/i, "push"],
  [/draft/i, "draft"],
];

/** GitHub's refusals take a few hundred. */
const SENTENCE_CHARS_READ = 2_000;

/**
 * @example
 * mergeRuleOf("Changes must be made through the merge queue") // → "queue"
 * mergeRuleOf("Something new") // → "other"
 */
export function mergeRuleOf(sentence: string): MergeRule {
  const text = sentence.slice(0, SENTENCE_CHARS_READ);
  return SENTENCES.find(([pattern]) => pattern.test(text))?.[1] ?? "other";
}

export type MergeSettings = {
  /** What the repository's settings allow; null where they could not be read. */
  readonly allowed: readonly MergeMethod[] | null;
  readonly linear: "required" | "not-required";
};

/**
 * The ways of merging that are left after one was refused, in the order in which they change the branch least. Each is tried
 * once: GitHub gives the same answer to the same question.
 */
export function methodsLeft(tried: readonly MergeMethod[], { allowed, linear }: MergeSettings): MergeMethod[] {
  return MERGE_METHODS.filter(
    (one) =>
      !tried.includes(one) &&
      (allowed === null || allowed.includes(one)) &&
      !(linear === "required" && one === "merge"),
  );
}

/** The policy's way of merging, in either form it can be written in. */
export function wantedMethod(policy: {
  readonly merge?: MergeMethod | { readonly method: MergeMethod } | undefined;
}): MergeMethod | null {
  const { merge } = policy;
  return typeof merge === "object" ? merge.method : (merge ?? null);
}
