import type { ChainFault, Entry } from "../core/ledger/chain.ts";
import type { TicketKey } from "../core/ledger/ids.ts";
import type { Ticket } from "../core/ticket/ticket.ts";
import type { Stuck } from "../messages/stuck.ts";
import type { Would } from "../messages/would.ts";
import type { SpentOnDay } from "../store/journal-store.ts";
import type { Now } from "../telemetry/telemetry.ts";
import type { ShownChange } from "./diff-page.ts";
import type { Scored } from "./figures.ts";
import type { Streams } from "./live.ts";
import type { Measures, Totals } from "./metrics.ts";
import type { TicketSummary } from "./summary.ts";

/** What the pages read. Nothing here writes. */
export type PageDeps = {
  /** @param page from 1, which has those that changed last and is meant when it is left out */
  tickets(page?: number): Promise<readonly TicketSummary[]>;
  /** Whether there are tickets beyond this page. Absent: all are on the first one. */
  older?(page: number): Promise<boolean>;
  /** How many tickets there are of each phase, all of them. */
  phases(): Promise<ReadonlyMap<string, number>>;
  /** Empty when there is no such ticket. */
  ledger(key: TicketKey): Promise<readonly Entry[]>;
  /** The first entry that does not hold, checked before anything is shown; absent means that nobody checks. */
  fault?(key: TicketKey, entries: readonly Entry[]): ChainFault | null;
  totals?(): Promise<Totals>;
  /** How long things take in this process. */
  readonly measures?: Measures;
  /** What a dry run would have written to GitHub, in its order. */
  would?(key: TicketKey): Promise<readonly Would[]>;
  /** What a ticket's step does right now, in whatever process. */
  underWay?(key: TicketKey): Now | null;
  /** A ticket's change at its head. */
  change?(ticket: Ticket): Promise<ShownChange>;
  /** What was paid in the last days, in all repositories that this reader sees. */
  spent?(): Promise<readonly SpentOnDay[]>;
  /** What each model delivered in these tickets. */
  scored?(keys: readonly TicketKey[]): Promise<readonly Scored[]>;
  /** Absent: the system's clock. */
  today?(): Date;
  /** Why this process cannot work, in a sentence, or null; and how many jobs are put aside, as far as it knows. */
  readiness?(): Promise<{ readonly notReady: string | null; readonly stuck?: number }>;
  /** Tickets that the queue has put aside, because they failed too often. */
  stuck?(): Promise<readonly Stuck[]>;
  /** Whoever verifies a thread needs them: today's public key first, then earlier ones. */
  readonly publicKeys?: readonly string[];
  /** Where people look at issues and pull requests, such as `https://github.com`. */
  readonly forgeUrl?: string | null;
  /** The pages that are open, for whoever closes the server. Absent: nobody else needs to know. */
  readonly streams?: Streams;
  /** Between two looks at what an open page shows. Absent: as `live-routes.ts` says. */
  readonly liveEveryMs?: number;
  /** Who is logged in; absent where nobody has to. */
  readonly visitor?: string;
};
