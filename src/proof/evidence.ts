import type { TaskType } from "../core/ledger/ids.ts";
import type { Plan } from "../core/ticket/plan.ts";
import type { Policy, VerifyCommand } from "../core/rules/policy.ts";
import type { ProofItemId, ProofState } from "../core/ticket/proof-items.ts";
import { type ProofCode, stateOf } from "../core/ticket/proof-codes.ts";
import type { Cannot } from "../core/ticket/proof-fact-parts.ts";
import type { Found, FoundFacts, Line } from "../core/ticket/proof-facts.ts";
import type { Survivor } from "../core/ticket/survivor.ts";
import type { Blobs, Snapshot, Tree } from "../trees/tree.ts";
import type { Check } from "../forge/forge.ts";
import type { Prepared, Preparer } from "../workspace/preparer.ts";
import type { SandboxCheck } from "../workspace/sandbox.ts";
import type { FileDiff } from "../trees/diff.ts";
import type { Weakening } from "./languages/weakening/found-weakening.ts";
import type { SyntaxReader } from "./languages/syntax/parser.ts";
import type { Tests } from "./runners/suite.ts";

/** What is known about a head commit before any proof is looked for. */
export type ProofInput = {
  readonly type: TaskType;
  /** Null for a pull request that a person wrote. */
  readonly plan: Plan | null;
  readonly base: Snapshot;
  readonly head: Snapshot;
  /** The base branch as it is now, where it has moved on since `base`; absent or null where it has not. */
  readonly today?: Snapshot | null;
  /** The policy at the default branch, never the head's. */
  readonly policy: Policy;
  /** How the base is tested, found by trying (`runners/choose.ts`); what the head says about its own tests is not asked. */
  readonly commands: readonly VerifyCommand[] | "to-be-found";
  readonly checks: readonly Check[];
  /** Names of the repository's own checks on the base commit; asked for only where the head has none. */
  readonly baseChecks?: readonly string[];
  /** Files outside the plan that the Implementer named, with the reason it gave. */
  readonly unplanned: readonly { readonly path: string; readonly why: string }[];
  /** Protected paths to whose change a person said yes on exactly this head. */
  readonly protectedAccepted: readonly string[];
  readonly reviews: readonly ReviewFacts[];
  /** Items that a person took as they stand, each for one head. */
  readonly accepted?: readonly {
    readonly item: ProofItemId;
    readonly by: string;
    readonly why: string;
    readonly headSha: string;
  }[];
  /** Changed versions that no test notices and that somebody answered for on this head, with the reason. */
  readonly equivalents?: readonly { readonly id: string; readonly why: string }[];
  /** Merges of the change that left out what others had done. */
  readonly merges?: readonly Line[];
  /** Absent: the two reviewing roles look at the change. `nobody`: what only they could say does not apply. */
  readonly asks?: "nobody";
};

/** With its commands found. */
export type TestedInput = Omit<ProofInput, "commands"> & { readonly commands: readonly VerifyCommand[] };

export type ReviewFacts = {
  readonly role: "reviewer" | "adversary";
  readonly headSha: string;
  readonly openBlockers: readonly string[];
  /** Cited places that do not exist at the head, as `path:line`. */
  readonly brokenCitations: readonly string[];
  readonly done: readonly {
    readonly id: string;
    readonly met: "yes" | "no" | "unknown";
    readonly evidence: string;
  }[];
  /** Changed files outside the plan that the role accepts. */
  readonly outside?: readonly string[];
  readonly verificationSteps: "yes" | "no";
};

export type ProofPorts = {
  readonly sandbox: SandboxCheck;
  readonly blobs: Blobs;
  /** Brings in what the trees need before anything of them runs. */
  readonly preparer?: Preparer | null;
  /** What happens while packages come in, for people who wait. */
  readonly onProgress?: (sentence: string) => void;
  /** What each run on a tree is given: the base's packages, or the head's own once a person accepted their lockfiles. */
  readonly prepared?: (tree: Tree) => Prepared;
  /** Why the packages could not be brought in; runs go on without them. */
  readonly unprepared?: string | null;
};

/** Whether repository code can be run here. */
export type Execution =
  { readonly state: "possible"; readonly tests: Tests } | { readonly state: "impossible"; readonly because: Cannot };

export type ProofFacts = TestedInput & {
  readonly files: readonly FileDiff[];
  readonly blobs: Blobs;
  readonly execution: Execution;
  readonly syntax: SyntaxReader;
  /** Tests that say less than before, and new ones that cannot fail, read without running anything. */
  readonly weakened: readonly Weakening[];
};

/** An item before it is decided whether it is required. */
export type Evidence<Id extends ProofItemId = ProofItemId> = Found<Id> & {
  readonly state: ProofState;
  readonly details: readonly Line[];
  readonly survivors?: Survivor[];
};

/** What was found for one item; its state follows from the code, and its sentence stands in `src/messages/proof`. */
export function evidence<Id extends ProofItemId, C extends ProofCode<Id> & keyof FoundFacts[Id]>(
  id: Id,
  code: C,
  facts: FoundFacts[Id][C],
  details: readonly Line[] = [],
): Evidence<Id> {
  return { id, code, facts, state: stateOf(id, code), details } as unknown as Evidence<Id>;
}
