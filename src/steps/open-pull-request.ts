// Held by test/scenarios/feature.test.ts
import { halted } from "../core/rules/halt.ts";
import { why } from "../core/rules/why.ts";
import { pullBody, pullTitle } from "../messages/pull.ts";
import { renamedTo } from "./default-branch.ts";
import { done, type StepContext, type StepResult } from "./step.ts";

/** How GitHub says that one of the two branches is not there. Rights and rules are refused in other words. */
const NO_BRANCH = /\b(?:head|base) (?:invalid|missing)\b/i;

/** Opens the draft pull request, or finds the one that a crash left without an entry. */
export async function openPullRequest({ ticket, forge }: StepContext): Promise<StepResult> {
  const { change } = ticket;
  if (!change) throw new Error("A pull request needs a change");
  const asked = { title: pullTitle(ticket), body: pullBody(ticket), head: change.branch, draft: true } as const;
  let base = ticket.opened.defaultBranch;
  let opened = await forge.openPull({ ...asked, base });
  const renamed = opened.state === "refused" ? await renamedTo(forge, ticket) : null;
  if (renamed !== null) {
    base = renamed;
    opened = await forge.openPull({ ...asked, base });
  }
  if (opened.state === "refused") {
    const because = why("pull-request-refused", { branch: change.branch, reason: opened.reason });
    return done(halted(NO_BRANCH.test(opened.reason) ? "branch-deleted" : "github-refused", "policy", because));
  }
  const data = { number: opened.number, headSha: change.headSha, branch: change.branch, baseBranch: base };
  return done({ kind: "pull_request_opened", data });
}
