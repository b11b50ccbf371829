// Held by test/scenarios/guard.test.ts
import type { Policy } from "../core/rules/policy.ts";
import type { ProofItem } from "../core/ticket/proof-items.ts";
import type { Forge, PullFacts } from "../forge/forge.ts";
import { changedPaths, COMPARED_FILES_MAX, proveChange } from "../proof/prove-change.ts";
import type { Unproven } from "../messages/guard.ts";
import { inWords } from "../messages/proof/in-words.ts";
import { droppedByMerges } from "./dropped-by-merges.ts";
import type { StepWorld } from "./step-world.ts";

/** What a proof of somebody's pull request is of. Another one of these is another proof. */
export type Standing = { readonly headSha: string; readonly baseSha: string; readonly todaySha: string };

export type PullProof =
  | { readonly outcome: "proven"; readonly items: readonly ProofItem[] }
  | { readonly outcome: "unproven"; readonly why: Unproven };

/** Where the change left its base branch, and where that stands now. Null when a commit or the branch is gone. */
export async function standingOf(forge: Forge, { headSha, baseBranch }: PullFacts): Promise<Standing | null> {
  const todaySha = await forge.branchHead(baseBranch);
  const baseSha = todaySha === "gone" ? "gone" : await forge.mergeBase(todaySha, headSha);
  return todaySha === "gone" || baseSha === "gone" ? null : { headSha, baseSha, todaySha };
}

/**
 * The proof of a pull request that is no ticket: what `coop proof` collects at a desk, with the code of the forge. The policy
 * is the default branch's; of the head nothing is believed, it is only read and run.
 */
export async function provePull(
  world: Pick<StepWorld, "sandbox" | "blobs" | "preparer" | "log">,
  forge: Forge,
  { headSha, baseSha, todaySha }: Standing,
  policy: Policy,
): Promise<PullProof> {
  const [base, head] = [await forge.snapshot(baseSha), await forge.snapshot(headSha)];
  const today = todaySha === baseSha ? null : await forge.snapshot(todaySha);
  if (base === "gone" || head === "gone" || today === "gone")
    return { outcome: "unproven", why: { code: "commit-gone", facts: {} } };
  const changed = changedPaths(base, head);
  if (changed > COMPARED_FILES_MAX)
    return { outcome: "unproven", why: { code: "too-many-files", facts: { changed, filesMax: COMPARED_FILES_MAX } } };
  const { sandbox, blobs, preparer } = world;
  const onProgress = (sentence: string) => world.log.info({ headSha, preparing: sentence }, "preparing");
  const merges = await droppedByMerges(forge, baseSha, head);
  const change = { base, head, today, given: null, policy, merges };
  const found = await proveChange(change, { sandbox, blobs, preparer, onProgress }, "pull-request");
  return { outcome: "proven", items: found.map(inWords) };
}
