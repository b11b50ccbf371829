// Held by test/scenarios/hearing.test.ts
import type { TicketKey } from "../core/ledger/ids.ts";
import type { LedgerKeys } from "../core/ledger/ledger-keys.ts";
import type { Person } from "../core/rules/trigger.ts";
import type { Forge } from "../forge/forge.ts";
import type { RepositoryAccess } from "../forge/forge-app.ts";
import type { Queue } from "../queue/queue.ts";
import type { InboxStore } from "../store/inbox-store.ts";
import type { LeaseStore } from "../store/lease-store.ts";
import type { LedgerStore } from "../store/ledger-store.ts";
import type { ProjectionStore } from "../store/projection-store.ts";
import type { PublicationStore } from "../store/publication-store.ts";
import type { RepositoryStore } from "../store/repository-store.ts";
import type { TicketIndex } from "../store/ticket-index.ts";
import type { StepWorld } from "../steps/step-world.ts";
import type { Now } from "../telemetry/telemetry.ts";
import type { DryRuns } from "./dry-runs.ts";
import type { Quiet } from "./quiet.ts";

/** Everything outside that work on a ticket may reach, by port. Built once in `app.ts`. */
export type World = StepWorld & {
  readonly ledgers: LedgerStore;
  readonly publications: PublicationStore;
  readonly projections: ProjectionStore;
  readonly inbox: InboxStore;
  readonly index: TicketIndex;
  readonly repositories: RepositoryStore;
  readonly leases: LeaseStore;
  readonly quiet: Quiet;
  /** Names of models that this server leaves out, because their keys are not set. */
  readonly keyless?: readonly string[] | undefined;
  /** Which repositories want nothing written to them. Absent where there is no GitHub. */
  readonly dryRuns?: DryRuns | undefined;
  /** A connection whose token is good for that one repository. */
  readonly forge: (repository: RepositoryAccess) => Forge;
  /** Takes secrets out of a text before it is signed into the ledger, whose hidden part nobody could clean later. */
  readonly redact: (text: string) => string;
  /** The last gate of outgoing Markdown: secrets out, mentions and foreign links made harmless. Doing it twice changes nothing. */
  readonly guard: (markdown: string) => string;
  readonly appId: number;
  /** The login under which this App writes: what it did itself is no news to it. */
  readonly ownLogin: () => Promise<string>;
  /** So long a step lasts before people are shown what it does. Absent: `DRAWN_AFTER_MS`. */
  readonly stepDrawnAfterMs?: number | undefined;
  /** Signs ledger entries and published comments. */
  readonly ledgerKeys: LedgerKeys;
  /** Where people find this server's pages, for links from checks; null when it has no public address. */
  readonly publicUrl: string | null;
  readonly nudge: Queue["nudge"];
  /** What a ticket's step does right now, in whatever process; `null`: nothing that is known. Absent: nobody follows. */
  readonly rightNow?: ((ticket: TicketKey) => Now | null) | undefined;
  /** Milliseconds of a clock that is never set back and goes on while the process is frozen. Absent: this process's own. */
  readonly steady?: (() => number) | undefined;
};

/** Whether this program did or wrote something itself. Reading that back would double its requests. */
export async function isOwn(world: Pick<World, "ownLogin">, { type, login }: Person): Promise<boolean> {
  return type === "Bot" && login === (await world.ownLogin());
}
