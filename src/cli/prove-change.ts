import type { TaskType } from "../core/ledger/ids.ts";
import type { Policy } from "../core/rules/policy.ts";
import type { ProofItem } from "../core/ticket/proof.ts";
import { collectProof } from "../proof/collect.ts";
import type { Preparer } from "../workspace/preparer.ts";
import type { SandboxCheck } from "../workspace/sandbox.ts";
import type { GivenPlan } from "./proof-plan.ts";
import type { ReportedItem } from "./proof-report.ts";
import type { Sides } from "./proof-source.ts";

/** A change for which there is no ticket, no reviewer and no forge: only what can be read and run. */
export type ChangeToProve = {
  readonly sides: Pick<Sides, "base" | "head" | "blobs">;
  readonly given: GivenPlan | null;
  /** Asked for by the person at the terminal; otherwise the plan's. */
  readonly type: TaskType | undefined;
  readonly policy: Policy;
  readonly sandbox: SandboxCheck;
  readonly preparer: Preparer | null;
  readonly onProgress: (sentence: string) => void;
};

export async function proveChange(change: ChangeToProve): Promise<ReportedItem[]> {
  const { sides, given, type, policy, sandbox, preparer, onProgress } = change;
  const { base, head, blobs } = sides;
  const items = await collectProof(
    {
      // A change of an unknown kind is looked at like a person's pull request.
      type: type ?? given?.type ?? "review",
      plan: given?.plan ?? null,
      ...{ base, head, policy, commands: "to-be-found" },
      checks: [],
      unplanned: [],
      protectedAccepted: given ? lockfilesOf(given) : [],
      reviews: [],
      asks: "nobody",
    },
    { sandbox, blobs, preparer, onProgress },
  );
  return items.map((one) => reportedItem(one, given !== null));
}

const LOCKFILE =
  /^(.*\/)?(package-lock\.json|npm-shrinkwrap\.json|yarn\.lock|pnpm-lock\.yaml|go\.sum|Cargo\.lock|poetry\.lock|uv\.lock|Gemfile\.lock)$/;
const MANIFEST = /^(.*\/)?(package\.json|go\.mod|Cargo\.toml|pyproject\.toml|Gemfile)$/;

/** The plan comes from a person here: where it names a lockfile beside its manifest, that is the person's yes to it. */
function lockfilesOf({ plan }: GivenPlan): string[] {
  const paths = plan.chunks.flatMap((chunk) => chunk.files.map((file) => file.path));
  const folders = new Set(paths.flatMap((path) => (MANIFEST.test(path) ? [MANIFEST.exec(path)?.[1] ?? ""] : [])));
  return paths.filter((path) => LOCKFILE.test(path) && folders.has(LOCKFILE.exec(path)?.[1] ?? ""));
}

/** What needs a forge, a reviewer or a plan does not apply where there is none. */
function reportedItem({ id, state, required, evidence, details }: ProofItem, hasPlan: boolean): ReportedItem {
  const why =
    id === "reviews" || id === "checks"
      ? "There is no ticket here, so nobody was asked."
      : (id === "scope" || id === "done") && !hasPlan
        ? "No plan was given (--plan)."
        : null;
  if (why === null) return { item: id, state, required: required && state !== "not-applicable", evidence, details };
  return { item: id, state: "not-applicable", required: false, evidence: why, details: [] };
}
