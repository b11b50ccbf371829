// Held by test/scenarios/feature.test.ts
import { type Forge, lastLook } from "../forge/forge.ts";
import { takeBackTwin } from "./twins.ts";

/** Which acts change something there that people see or that cannot be taken back. */
const ACTS: Readonly<Record<keyof Forge, "reads" | "writes">> = {
  missing: "reads",
  issue: "reads",
  pull: "reads",
  permission: "reads",
  pullOf: "reads",
  snapshot: "reads",
  branchHead: "reads",
  defaultBranch: "reads",
  file: "reads",
  mergeBase: "reads",
  merges: "reads",
  checks: "reads",
  checkers: "reads",
  lookTogether: "reads",
  comments: "reads",
  reviews: "reads",
  inlineComments: "reads",
  inlineReplies: "reads",
  openIssue: "writes",
  attachChild: "writes",
  closeIssue: "writes",
  comment: "writes",
  editComment: "writes",
  // Done by whoever has lost the ticket, too.
  removeComment: "reads",
  review: "writes",
  replyInline: "writes",
  settleThreads: "writes",
  react: "writes",
  createLabel: "writes",
  addLabel: "writes",
  removeLabel: "writes",
  commit: "writes",
  openPull: "writes",
  markReady: "writes",
  publishCheck: "writes",
  merge: "writes",
  mergeQueue: "reads",
};

/** What leaves a trace there, whoever does it. */
export const WRITES = new Set(
  Object.entries(ACTS).flatMap(([name, does]) =>
    does === "writes" || name === "removeComment" ? [name as keyof Forge] : [],
  ),
);

type Act = (...args: readonly unknown[]) => Promise<unknown>;

/**
 * @param before  awaited right before every write, and again when the write has waited for its turn; what it throws keeps it from
 * being done
 * @param stillMine  throws when the ticket was lost while a write was leaving, in the very last moment
 */
export function guardedForge(forge: Forge, before: () => Promise<void>, stillMine = before): Forge {
  const guarded = Object.entries(ACTS).map(([name, does]): [string, Act] => {
    const act: Act = (forge[name as keyof Forge] as Act).bind(forge);
    const guardedAct: Act = async (...args) => {
      await before();
      return lastLook.run(before, () => act(...args));
    };
    return [name, does === "reads" ? act : guardedAct];
  });
  const acts = Object.fromEntries(guarded) as unknown as Forge;
  const comment: Forge["comment"] = async (number, body, calls) => {
    const made = await acts.comment(number, body, calls);
    try {
      await stillMine();
    } catch (lost) {
      await takeBackTwin(forge, number, made.id);
      throw lost;
    }
    return made;
  };
  return { ...acts, comment };
}
