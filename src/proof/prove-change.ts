import type { TaskType } from "../core/ledger/ids.ts";
import type { Plan } from "../core/ticket/plan.ts";
import type { Policy } from "../core/rules/policy.ts";
import { ANY_ITEM } from "../core/ticket/proof-codes.ts";
import type { FoundItem, Line } from "../core/ticket/proof-facts.ts";
import type { Blobs, Snapshot } from "../trees/tree.ts";
import type { Preparer } from "../workspace/preparer.ts";
import type { SandboxCheck } from "../workspace/sandbox.ts";
import { collectApart } from "./apart/collect-apart.ts";
import { decidingFile } from "./languages/tests/deciding-files.ts";

/** A change for which there is no ticket and no reviewer: only what can be read and run. */
export type ChangeToProve = {
  readonly base: Snapshot;
  readonly head: Snapshot;
  /** The base branch as it is now, where it moved on since `base`. */
  readonly today?: Snapshot | null;
  /** What the change was meant to be, where somebody wrote that down. */
  readonly given: { readonly type: TaskType; readonly plan: Plan } | null;
  /** Asked for by whoever has it proven; otherwise the plan's. */
  readonly type?: TaskType | undefined;
  readonly policy: Policy;
  /** Merges of it that left out what others had done. */
  readonly merges?: readonly Line[];
};

export type ProvingPorts = {
  readonly sandbox: SandboxCheck;
  readonly blobs: Blobs;
  readonly preparer: Preparer | null;
  readonly onProgress: (sentence: string) => void;
};

/** More than this is no change that anybody reviews; running would take hours and say nothing. */
export const COMPARED_FILES_MAX = 3000;

export function changedPaths(base: Snapshot, head: Snapshot): number {
  const paths = new Set([...base.tree.keys(), ...head.tree.keys()]);
  return [...paths].filter((path) => base.tree.get(path)?.sha !== head.tree.get(path)?.sha).length;
}

/** @param at where somebody asks, who can give a plan at a desk only */
export async function proveChange(
  change: ChangeToProve,
  ports: ProvingPorts,
  at: "desk" | "pull-request",
): Promise<FoundItem[]> {
  const { base, head, today, given, type, policy, merges = [] } = change;
  const items = await collectApart(
    {
      // A change of an unknown kind is looked at like a person's pull request.
      type: type ?? given?.type ?? "review",
      plan: given?.plan ?? null,
      ...{ base, head, policy, commands: "to-be-found", today: today ?? null },
      checks: [],
      merges,
      unplanned: [],
      protectedAccepted: given ? [...lockfilesOf(given.plan), ...supportOf(given.plan)] : [],
      reviews: [],
      asks: "nobody",
    },
    ports,
  );
  return items.map((one) => withoutTicket(one, given ? null : at));
}

const LOCKFILE =
  /^(.*\/)?(package-lock\.json|npm-shrinkwrap\.json|yarn\.lock|pnpm-lock\.yaml|go\.sum|Cargo\.lock|poetry\.lock|uv\.lock|Gemfile\.lock)$/;
const MANIFEST = /^(.*\/)?(package\.json|go\.mod|Cargo\.toml|pyproject\.toml|Gemfile)$/;

/** The plan comes from a person here: where it names a lockfile beside its manifest, that is the person's yes to it. */
function lockfilesOf(plan: Plan): string[] {
  const paths = plan.chunks.flatMap((chunk) => chunk.files.map((file) => file.path));
  const folders = new Set(paths.flatMap((path) => (MANIFEST.test(path) ? [MANIFEST.exec(path)?.[1] ?? ""] : [])));
  return paths.filter((path) => LOCKFILE.test(path) && folders.has(LOCKFILE.exec(path)?.[1] ?? ""));
}

/** What only decides how tests run, named whole among the changes of tests: `{ "file": "tests/conftest.py", "why": … }`. */
function supportOf({ testChanges = [] }: Plan): string[] {
  return testChanges
    .filter(({ file, test }) => test === null && (decidingFile(file) !== null || /(^|\/)package\.json$/.test(file)))
    .map(({ file }) => file);
}

/** What needs a forge, a reviewer or a plan does not apply where there is none. */
function withoutTicket(item: FoundItem, planless: "desk" | "pull-request" | null): FoundItem {
  const { id } = item;
  const none = { required: false, details: [] };
  if (id === "reviews" || id === "checks")
    return { id, code: "no-ticket", facts: {}, state: ANY_ITEM["no-ticket"], ...none };
  if ((id === "scope" || id === "done") && planless !== null)
    return { id, code: "no-plan-given", facts: { at: planless }, state: ANY_ITEM["no-plan-given"], ...none };
  return { ...item, required: item.required && item.state !== "not-applicable" };
}
