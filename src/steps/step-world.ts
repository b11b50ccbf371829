import type { StepName } from "../core/ledger/entries.ts";
import type { Policy } from "../core/rules/policy.ts";
import type { RepositoryRef, TaskType } from "../core/ledger/ids.ts";
import type { RoleRecord } from "../core/rules/preferences.ts";
import type { PoolModel } from "../core/rules/rotate.ts";
import type { Model } from "../models/model.ts";
import type { Ahead } from "../proof/ahead/ahead.ts";
import type { ModelRetry } from "../models/patience.ts";
import type { ArtifactStore } from "../store/blob-store.ts";
import type { JournalStore } from "../store/journal-store.ts";
import type { LedgerStore } from "../store/ledger-store.ts";
import type { Telemetry } from "../telemetry/telemetry.ts";
import type { Blobs } from "../trees/tree.ts";
import type { CodingAgent } from "../workspace/coding-agent.ts";
import type { Preparer } from "../workspace/preparer.ts";
import type { SandboxCheck } from "../workspace/sandbox.ts";

/** What a step may reach: the ports that do work. Writing to ledger, inbox and thread belongs to the flow alone. */
export type StepWorld = {
  readonly ledgers: Pick<LedgerStore, "openedSince">;
  /** Told what a policy says of dry runs. Absent where there is no GitHub. */
  readonly dryRuns?: DryRunsNoted | undefined;
  readonly blobs: Blobs;
  readonly artifacts: ArtifactStore;
  readonly journal: JournalStore;
  readonly models: ReadonlyMap<string, Model>;
  /** Coding agents by the name of their pool entry; absent where there are none. */
  readonly agents?: ReadonlyMap<string, CodingAgent> | undefined;
  readonly pool: readonly PoolModel[];
  /** What models did in their roles on tickets of one kind in a repository (`owner/repo`). Absent: nobody keeps count. */
  readonly records?: ((repository: string, type: TaskType) => Promise<readonly RoleRecord[]>) | undefined;
  /** How long steps wait for models that are away. Absent: as `MODEL_RETRY` says. */
  readonly modelRetry?: ModelRetry | undefined;
  /**
   * What the repositories of one account, which is one installation of the App, may cost together in a day. Absent: no limit.
   * Counted by the owner's name in the tickets' keys, which a rename leaves as they are: old and new repositories of a renamed
   * organization count apart.
   */
  readonly accountMicroUsdPerDay?: number | undefined;
  readonly sandbox: SandboxCheck;
  /** Null where nothing is ever brought in for repository code. */
  readonly preparer: Preparer | null;
  /** Steps that this process does not take: a ticket that comes to one stands still for it. Absent: none. */
  readonly leaves?: readonly StepName[] | undefined;
  /** Runs of the proof that are made while reviewers look. Absent: all of them are made when the proof is due. */
  readonly ahead?: Ahead | undefined;
  /** What whoever runs the program asks for besides the repository's own policy, such as a smaller budget. */
  readonly amendPolicy?: ((policy: Policy) => Policy) | undefined;
  /** Told of what is under way. Absent: nobody measures. */
  readonly telemetry?: Telemetry | undefined;
  /** Remembers since when something is waited for. Absent: the wall clock says it. */
  readonly waits?: { msSince(what: string, since: string, now: Date): number } | undefined;
  readonly now: () => Date;
  readonly log: Log;
};

type DryRunsNoted = { note(repository: RepositoryRef, dry: boolean): void };

export type Log = {
  info(fields: object, message: string): void;
  warn(fields: object, message: string): void;
  error(fields: object, message: string): void;
};
