import { Refusal } from "../refusal.ts";
import type { Account, Repository, Thread } from "../state.ts";
import { repositoryView } from "../views/repository.ts";
import { issueView } from "../views/thread.ts";
import type { World } from "../world.ts";

/** GitHub's own limits. */
const CHILDREN_MAX = 100;
const DEPTH_MAX = 8;

type Pair = { readonly parent: Thread; readonly child: Thread };

/** Puts an issue below another one. It has one parent at most, and nothing may stand below itself. */
export function addSubIssue(
  world: World,
  repo: Repository,
  { parent, child }: Pair,
  by: Account,
  mayMove: boolean,
): void {
  const now = repo.parents.get(child.number);
  if (now === parent.number || (now !== undefined && !mayMove))
    throw refused("Issue may not contain duplicate sub-issues and Sub issue may only have one parent");
  const above = ancestorsOf(repo, parent.number);
  if (above.includes(child.number)) throw refused("Sub issue may not create a circular dependency");
  if (above.length >= DEPTH_MAX) throw refused("Parent issue is nested too deeply");
  const siblings = [...repo.parents.values()].filter((number) => number === parent.number);
  if (siblings.length >= CHILDREN_MAX) throw refused("Parent has reached its limit of sub-issues");
  repo.parents.set(child.number, parent.number);
  const shown = {
    sub_issue_id: child.id,
    sub_issue: issueView(world, repo, child),
    sub_issue_repo: repositoryView(world, repo),
    parent_issue_id: parent.id,
    parent_issue: issueView(world, repo, parent),
  };
  world.emit({ event: "sub_issues", action: "sub_issue_added", repo, sender: by, payload: shown });
}

/** The issue itself and all above it. */
function ancestorsOf(repo: Repository, number: number): number[] {
  const above: number[] = [];
  for (let at: number | undefined = number; at !== undefined; at = repo.parents.get(at)) above.push(at);
  return above;
}

function refused(what: string): Refusal {
  return new Refusal(422, `An error occurred while adding the sub-issue to the parent issue. ${what}`);
}
