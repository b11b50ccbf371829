import { halted } from "../core/rules/halt.ts";
import { why } from "../core/rules/why.ts";
import { pullBody, pullTitle } from "../messages/pull.ts";
import { done, type StepContext, type StepResult } from "./step.ts";

/** Opens the draft pull request, or finds the one that a crash left without an entry. */
export async function openPullRequest({ ticket, forge }: StepContext): Promise<StepResult> {
  const { change } = ticket;
  if (!change) throw new Error("A pull request needs a change");
  const base = ticket.opened.defaultBranch;
  const opened = await forge.openPull({
    title: pullTitle(ticket),
    body: pullBody(ticket),
    head: change.branch,
    base,
    draft: true,
  });
  if (opened.state === "refused") {
    const because = why("pull-request-refused", { branch: change.branch, reason: opened.reason });
    return done(halted("branch-deleted", "policy", because));
  }
  const data = { number: opened.number, headSha: change.headSha, branch: change.branch, baseBranch: base };
  return done({ kind: "pull_request_opened", data });
}
