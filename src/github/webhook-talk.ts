import { z } from "zod";
import type { Nudge } from "../core/rules/trigger.ts";
import { issueFacts } from "./facts.ts";
import { BY_BOT, changed, type Input, isPerson, issueLike, nudge, numberLike } from "./webhook-input.ts";

/** What people say: comments, reviews, and replies below inline comments. */

/** An App with a person's token writes in that person's name: what it says is not that person's word. */
const BY_APP = "written by an App in a person's name";
const written = z.object({ performed_via_github_app: z.object({}).nullish() });
const pull = z.object({ number: numberLike });

export const commentShape = z.object({
  issue: issueLike,
  comment: written.extend({ id: z.number().int(), body: z.string().nullish() }),
});

export function commentNudge(input: Input, { issue, comment }: z.infer<typeof commentShape>): Nudge[] | string {
  const { action = "", sender } = input.common;
  if (!isPerson(sender)) return BY_BOT;
  const hint = { number: issue.number };
  if (action === "edited" || action === "deleted") return [changed(input, hint, `comment ${action}`, "thread")];
  if (action !== "created") return `nothing depends on issue_comment ${action}`;
  if (comment.performed_via_github_app) return BY_APP;
  const said = { commentId: comment.id, body: comment.body ?? "", issue: issueFacts(issue) };
  return [nudge(input, hint, { kind: "commented", ...said }, `comment:${comment.id}`)];
}

export const reviewShape = z.object({
  pull_request: pull,
  review: written.extend({
    id: z.number().int(),
    state: z.string(),
    body: z.string().nullish(),
    commit_id: z.string().nullish(),
  }),
});

export function reviewNudge(
  input: Input,
  { pull_request: { number }, review }: z.infer<typeof reviewShape>,
): Nudge[] | string {
  const { action = "", sender } = input.common;
  if (!isPerson(sender)) return BY_BOT;
  if (action === "edited" || action === "dismissed") return [changed(input, { number }, `review ${action}`, "thread")];
  const state = (["approved", "changes_requested", "commented"] as const).find(
    (one) => one === review.state.toLowerCase(),
  );
  if (action !== "submitted" || !state) return `nothing depends on a review ${action}, ${review.state}`;
  if (review.performed_via_github_app) return BY_APP;
  const said = { state, body: review.body ?? "", headSha: review.commit_id ?? "" };
  return [reviewed(input, number, review.id, said)];
}

export const inlineShape = z.object({
  pull_request: pull,
  comment: written.extend({
    pull_request_review_id: z.number().int().nullish(),
    in_reply_to_id: z.number().int().nullish(),
    commit_id: z.string().nullish(),
  }),
});

/** A reply below an inline comment is a review of its own. Told of as both, it counts once. */
export function inlineNudge(
  input: Input,
  { pull_request: { number }, comment }: z.infer<typeof inlineShape>,
): Nudge[] | string {
  const { action = "", sender } = input.common;
  if (!isPerson(sender)) return BY_BOT;
  const reviewId = comment.pull_request_review_id;
  if (action !== "created" || !comment.in_reply_to_id || !reviewId) return "its review tells of it";
  if (comment.performed_via_github_app) return BY_APP;
  return [reviewed(input, number, reviewId, { state: "commented", body: "", headSha: comment.commit_id ?? "" })];
}

type Said = {
  readonly state: "approved" | "changes_requested" | "commented";
  readonly body: string;
  readonly headSha: string;
};

function reviewed(input: Input, number: number, reviewId: number, said: Said): Nudge {
  return nudge(input, { number }, { kind: "reviewed", reviewId, pullNumber: number, ...said }, `review:${reviewId}`);
}
