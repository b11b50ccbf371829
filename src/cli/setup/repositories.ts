import { DEFAULT_POLICY } from "../../core/rules/policy.ts";
import { type Forge, ForgeAway } from "../../forge/forge.ts";
import { ISSUE_FORM } from "../../messages/issue-form.ts";
import { allLabels } from "../../messages/label-colours.ts";
import { findCommands } from "../../proof/runners/commands.ts";
import type { Blobs, Changes, Snapshot } from "../../trees/tree.ts";
import { POLICY, policyJsonSchema, SCHEMA, starterPolicy } from "../init.ts";

/** What a repository is given before its first ticket: labels that say what they mean, and a pull request with a first policy. */
const BRANCH = "coop-setup";
const FORM = ".github/ISSUE_TEMPLATE/cooperations.yml";

/** @returns one line about the labels */
export async function createLabels(forge: Forge): Promise<string> {
  let created = 0;
  const labels = allLabels();
  try {
    for (const label of labels) if ((await forge.createLabel(label)) === "created") created++;
  } catch (error) {
    if (!(error instanceof ForgeAway)) throw error;
    return `not all labels could be created: ${error.message}`;
  }
  return created === 0 ? `all ${labels.length} labels are there` : `${created} of ${labels.length} labels created`;
}

/** What a pull request would bring, and where it would go. */
export type Offer =
  | { readonly state: "offered"; readonly base: string; readonly at: Snapshot; readonly files: readonly string[] }
  | { readonly state: "none"; readonly why: string };

export async function offerFor(forge: Forge): Promise<Offer> {
  const base = await forge.defaultBranch();
  const at = base === "gone" ? "gone" : await forge.snapshot(base);
  if (base === "gone" || at === "gone")
    return none("it has no commit yet; push one, then run this again for a first policy");
  const files = [POLICY, SCHEMA, FORM].filter((path) => !at.tree.has(path));
  if (at.tree.has(POLICY)) return none(`${POLICY} is there already`);
  const earlier = await forge.pullOf(BRANCH);
  if (earlier !== null) return none(`a first policy was offered before, in pull request #${earlier}`);
  return { state: "offered", base, at, files };
}

function none(why: string): Offer {
  return { state: "none", why };
}

/** @returns one line about the pull request */
export async function openStarter(forge: Forge, blobs: Blobs, offer: Offer & { state: "offered" }): Promise<string> {
  const { at, base } = offer;
  const text: Readonly<Record<string, string>> = {
    [POLICY]: starterPolicy(await findCommands(at.tree, blobs, DEFAULT_POLICY)),
    [SCHEMA]: policyJsonSchema(),
    [FORM]: ISSUE_FORM,
  };
  const changes: Changes = new Map(
    offer.files.map((path) => [path, { content: Buffer.from(text[path] ?? ""), mode: "100644" as const }]),
  );
  const commit = { branch: BRANCH, parentSha: at.commitSha, mergedParentSha: null, expectedHead: null } as const;
  const message = "Add a policy and an issue form for Cooperations";
  const committed = await forge.commit({ ...commit, baseTreeSha: at.treeSha, changes, message });
  if (committed.outcome === "refused") return `no pull request: ${committed.reason}`;
  // A branch that stands already is an earlier attempt's; what is on it is shown in the pull request.
  const pull = await forge.openPull({ title: message, body: BODY, head: BRANCH, base, draft: false });
  if (pull.state === "refused") return `no pull request: ${pull.reason}`;
  return `pull request #${pull.number} has a first policy and an issue form; merge it, or close it`;
}

const BODY = `Cooperations works without these files; they are where you change how.

- \`${POLICY}\`: the policy. Every line is a comment, so what counts now is what counts without it.
- \`${SCHEMA}\`: lets your editor complete and check the policy.
- \`${FORM}\`: an issue form that asks for what a plan needs.

The policy counts from the default branch, after the merge. To begin a ticket, put the label \`coop\` on an issue.`;
