import { setTimeout as sleep } from "node:timers/promises";
import { mergeRuleOf } from "../core/rules/merge-rule.ts";
import type { Forge, MergeOutcome } from "../forge/forge.ts";
import type { Client } from "./client.ts";
import { graphql } from "./graphql.ts";
import { must } from "./wire.ts";

/** A merge queue is entered and read by GraphQL alone. What it merges is another commit than the head. */
const ENQUEUE = `mutation ($id: ID!, $head: GitObjectID!) {
  enqueuePullRequest(input: { pullRequestId: $id, expectedHeadOid: $head }) { mergeQueueEntry { position state } }
}`;

const PLACE = `query ($owner: String!, $repo: String!, $number: Int!) {
  repository(owner: $owner, name: $repo) { pullRequest(number: $number) { merged mergeQueueEntry { position state } } }
}`;

type Place = { readonly position: number; readonly state: string };
type Enqueued = { readonly enqueuePullRequest?: { readonly mergeQueueEntry?: Place | null } | null };
type Placed = {
  readonly repository?: {
    readonly pullRequest?: { readonly merged: boolean; readonly mergeQueueEntry?: Place | null } | null;
  } | null;
};

export async function enqueue(client: Client, number: number, headSha: string): Promise<MergeOutcome> {
  const { rest, at } = client;
  const pull = await must("reading the pull request", rest.rest.pulls.get({ ...at, pull_number: number }));
  const asked = await graphql<Enqueued>(client, "joining the merge queue", ENQUEUE, {
    id: pull.node_id,
    head: headSha,
  });
  if (asked.ok) return { outcome: "queued" };
  // Asked a second time after a lost answer.
  if (/already .{0,20}queue/i.test(asked.reason)) return { outcome: "queued" };
  if (/head (?:sha|oid|commit)|expected head/i.test(asked.reason)) return { outcome: "head-moved" };
  const rule = mergeRuleOf(asked.reason);
  return { outcome: "refused", rule: rule === "other" ? "queue" : rule, reason: asked.reason, links: [] };
}

/** A queue that merges takes the entry out first, so what has left unmerged is looked at once more. */
export function mergeQueue(client: Client): Forge["mergeQueue"] {
  return async (number) => {
    for (let look = 1; ; look += 1) {
      const where = { owner: client.at.owner, repo: client.at.repo, number };
      const asked = await graphql<Placed>(client, "reading the merge queue", PLACE, where);
      if (!asked.ok) return { state: "unknown", reason: asked.reason };
      const pull = asked.data.repository?.pullRequest;
      if (!pull) return { state: "unknown", reason: "GitHub did not show the pull request." };
      if (pull.mergeQueueEntry) return { state: "in", position: pull.mergeQueueEntry.position };
      if (pull.merged || look > 1) return { state: "out" };
      await sleep(client.readRetryMs);
    }
  };
}
