import { type MergeMethod, type MergeSettings, mergeRuleOf, methodsLeft } from "../core/rules/merge-rule.ts";
import { type Forge, ForgeAway, type MergeOutcome } from "../forge/forge.ts";
import type { Client } from "./client.ts";
import { enqueue } from "./merge-queue.ts";
import { resolveOwn } from "./review-threads.ts";
import { type Answer, ask, refused } from "./wire.ts";

type Merging = {
  readonly client: Client;
  readonly number: number;
  readonly headSha: string;
  readonly wanted: MergeMethod | null;
  readonly put: (method: MergeMethod) => Promise<Answer<{ sha: string }>>;
  readonly isDone: () => Promise<string | null>;
};

/**
 * Merges by the policy's method or by the first that the repository allows. What GitHub refuses once it refuses again, so
 * every method is tried once, and every other rule is answered in its own way: our conversations are resolved, a queue is
 * joined, and what only people can mend is named.
 */
export function merge(client: Client, readPull: Forge["pull"]): Forge["merge"] {
  const { rest, at, line } = client;
  return async (number, headSha, title, message, wanted) => {
    const text = { commit_title: line(title), commit_message: line(message) };
    const put = (method: MergeMethod) => {
      const how = { ...at, pull_number: number, sha: headSha, merge_method: method };
      return ask("merging", rest.rest.pulls.merge(method === "rebase" ? how : { ...how, ...text }));
    };
    // An attempt whose answer was lost may have merged it already: that also reads "not mergeable".
    const isDone = async () => {
      const pull = await readPull(number);
      return pull !== "gone" && pull.merged && pull.headSha === headSha ? pull.mergedSha : null;
    };
    const merging = { client, number, headSha, wanted: wanted ?? null, put, isDone };
    return outcomeOf(merging, await byAnyMethod(merging), "first");
  };
}

async function byAnyMethod({ client, put, wanted }: Merging) {
  const tried: MergeMethod[] = [wanted ?? "merge"];
  let answer = await put(wanted ?? "merge");
  // A way that the policy names is the only one: a history that nobody asked for cannot be taken back.
  while (!answer.ok && wanted === null && isAboutMethod(answer.reason)) {
    const rule = mergeRuleOf(answer.reason);
    const linear = rule === "linear" ? "required" : "not-required";
    const left = methodsLeft(tried, { allowed: await allowedMethods(client), linear });
    // A squash alone leaves the texts of the commits behind that do not fit.
    const [next] = rule === "commit-text" ? left.filter((one) => one === "squash") : left;
    if (!next) break;
    tried.push(next);
    answer = await put(next);
  }
  return answer;
}

function isAboutMethod(reason: string): boolean {
  return ["method", "linear", "commit-text"].includes(mergeRuleOf(reason));
}

/** GitHub shows these settings to whoever may write contents; a server that does not has to be tried. */
async function allowedMethods({ rest, at }: Client): Promise<MergeSettings["allowed"]> {
  const answer = await ask("reading the repository's settings", rest.rest.repos.get({ ...at }));
  if (!answer.ok || answer.data.allow_merge_commit === undefined) return null;
  const { allow_merge_commit: merge, allow_squash_merge: squash, allow_rebase_merge: rebase } = answer.data;
  const allowed = { merge, squash, rebase };
  return (["merge", "squash", "rebase"] as const).filter((one) => allowed[one] === true);
}

const NO_RULE: ReadonlySet<number> = new Set([404, 410, 451]);

async function outcomeOf(
  merging: Merging,
  answer: Answer<{ sha: string }>,
  attempt: "first" | "last",
): Promise<MergeOutcome> {
  if (answer.ok) return { outcome: "merged", sha: answer.data.sha };
  const { client, number, headSha } = merging;
  // No rule of a merge says this: nothing can be written there, or GitHub does not show it just now, or not to this App any more.
  if (NO_RULE.has(answer.status) || /\barchived\b/i.test(answer.reason)) throw refused("merging", answer);
  if (answer.status === 409) return { outcome: "head-moved" };
  // Somebody else merged into the base in this very second; GitHub asks to try again.
  if (/base branch was modified/i.test(answer.reason)) throw new ForgeAway(answer.reason, 2_000, "not-done");
  const rule = mergeRuleOf(answer.reason);
  if (rule === "queue") return enqueue(client, number, headSha);
  if (rule === "conversations") {
    const left = await resolveOwn(client, number);
    if (left.resolved > 0 && left.open.length === 0 && attempt === "first")
      return outcomeOf(merging, await byAnyMethod(merging), "last");
    return { outcome: "refused", rule, reason: answer.reason, links: left.open };
  }
  if (answer.status !== 405 || rule !== "other" || !/not mergeable|conflict/i.test(answer.reason))
    return { outcome: "refused", rule, reason: answer.reason, links: [] };
  const sha = await merging.isDone();
  return sha === null ? { outcome: "conflict" } : { outcome: "merged", sha };
}
