import { changedInputs, isInputOf, mayBringItsOwn } from "../../workspace/prepare/inputs.ts";
import { NOTHING_PREPARED, type Preparation, type Prepared } from "../../workspace/preparer.ts";
import type { Tree } from "../../trees/tree.ts";
import type { Line } from "../../core/ticket/proof-facts.ts";
import type { ProofInput, ProofPorts } from "../evidence.ts";

/** What the runs of a proof are given, tree by tree, and what a reader should know about it. */
export type PreparedTrees = {
  readonly prepared: (tree: Tree) => Prepared;
  /** Why packages are missing; null when none are. */
  readonly unprepared: string | null;
  readonly notes: readonly Line[];
};

/**
 * The base's packages for every tree. A change of manifests or lockfiles gets packages of its own once a person has
 * accepted exactly these files; until then the head runs with the base's, and the proof says so.
 */
export async function prepareTrees(input: ProofInput, ports: ProofPorts): Promise<PreparedTrees> {
  const { preparer, blobs, onProgress } = ports;
  if (!preparer) return { prepared: () => NOTHING_PREPARED, unprepared: null, notes: [] };
  const { base, head, policy } = input;
  const more = { blobs, setup: policy.setup, ...(onProgress ? { onProgress } : {}) };
  const before = await preparer.prepare({ tree: base.tree, ...more });
  const changed = changedInputs(base.tree, head.tree);
  const own = mayBringItsOwn(changed, input.protectedAccepted);
  const after = own ? await preparer.prepare({ tree: preparedTree(input, changed), ...more }) : before;
  const held = changed.length > 0 && !own && (before.what ?? []).length > 0;
  const waiting = held ? [{ code: "packages-of-base", facts: { files: changed } } as const] : [];
  const isHeads = isInputOf(head.tree, changed);
  return {
    prepared: (tree) => (own && isHeads(tree) ? after : before).prepared,
    unprepared: [before, after].map(problemOf).find((one) => one !== null) ?? null,
    notes: once([...told(before), ...(own ? told(after) : []), ...waiting]),
  };
}

/** The policy's commands see the whole repository and have a way out: of the head they see the accepted files only. */
function preparedTree({ base, head, policy }: ProofInput, accepted: readonly string[]): Tree {
  if (policy.setup.length === 0) return head.tree;
  const tree = new Map(base.tree);
  for (const path of accepted) {
    const file = head.tree.get(path);
    if (file) tree.set(path, file);
    else tree.delete(path);
  }
  return tree;
}

function problemOf(preparation: Preparation): string | null {
  if (preparation.outcome === "ready") return null;
  const said = preparation.details.slice(-2).join(" · ");
  return said === "" ? preparation.sentence : `${preparation.sentence} It said: ${said.replace(/[^.!?]$/, "$&.")}`;
}

/** Two sides often have the same to tell. */
function once(lines: readonly Line[]): Line[] {
  return [...new Map(lines.map((line) => [JSON.stringify(line), line])).values()];
}

function told(preparation: Preparation): Line[] {
  const { what = [] } = preparation;
  const brought: Line[] = what.length === 0 ? [] : [{ code: "prepared", facts: { what } }];
  if (preparation.outcome === "failed") return [...brought, preparation.sentence, ...preparation.details];
  return what.length === 0 ? [] : [...brought, ...preparation.notes];
}
