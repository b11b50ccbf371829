import type { Entry } from "../core/ledger/chain.ts";
import { fold } from "../core/ticket/fold.ts";
import { type TicketKey, ticketRef } from "../core/ledger/ids.ts";
import type { LedgerKeys } from "../core/ledger/ledger-keys.ts";
import { withKeysOf } from "../core/ledger/seals.ts";
import { pullOfTicket, readThread } from "../flow/thread-copy.ts";
import { ForgeAway } from "../forge/forge.ts";
import type { ForgeApp, RepositoryAccess } from "../forge/forge-app.ts";
import type { LedgerStore } from "../store/ledger-store.ts";
import { accessNow } from "../flow/access.ts";
import type { RepositoryStore } from "../store/repository-store.ts";
import type { PublicationStore } from "../store/publication-store.ts";
import { soundPart } from "./sound.ts";
import { compareCopies, type Verification } from "./compare.ts";

/** What is needed to hold a ledger's two copies against each other. */
export type Verifier = {
  readonly ledgers: Pick<LedgerStore, "read">;
  readonly publications: Pick<PublicationStore, "list">;
  readonly repositories: Pick<RepositoryStore, "placeOf">;
  readonly app: ForgeApp;
  readonly appId: number;
  readonly ledgerKeys: LedgerKeys;
};

export type Verified =
  | Verification
  /** Neither copy exists. */
  | { readonly outcome: "no-ticket" }
  | { readonly outcome: "unknown"; readonly why: string };

/** Reads both copies and compares them. Nothing is changed, in either. */
export async function verifyTicket(verifier: Verifier, key: TicketKey): Promise<Verified> {
  const stored = await verifier.ledgers.read(key);
  const published = Math.max(0, ...(await publishedOf(verifier, key)));
  try {
    // Only what holds may say where to look: a changed row could name another repository.
    const believed = soundPart(key, stored, verifier.ledgerKeys).entries;
    const access = await accessTo(verifier, key, believed);
    if (!access) return { outcome: "unknown", why: `The App is not installed on ${key.split("#")[0]}.` };
    const github = verifier.app.forRepository(access);
    const pull = fold(believed)?.pull?.number ?? (await pullOfTicket(github, key));
    const ledgerKeys = withKeysOf(verifier.ledgerKeys, believed);
    const thread = await readThread(github, key, pull, verifier.appId, ledgerKeys);
    if (stored.length === 0 && thread.entries.size === 0) return { outcome: "no-ticket" };
    return compareCopies({ key, stored, thread, ledgerKeys, published });
  } catch (error) {
    if (!(error instanceof ForgeAway)) throw error;
    return { outcome: "unknown", why: error.message };
  }
}

async function publishedOf({ publications }: Verifier, key: TicketKey): Promise<number[]> {
  return (await publications.list(key)).flatMap((one) => (one.state === "posted" ? [one.lastSeq] : []));
}

async function accessTo(
  { app, repositories }: Verifier,
  key: TicketKey,
  believed: readonly Entry[],
): Promise<RepositoryAccess | null> {
  const { owner, name } = ticketRef(key);
  const forge = fold(believed)?.forge;
  if (forge) return accessNow(repositories, { owner, name }, forge);
  for (const installation of await app.installations()) {
    if (installation.state !== "active" || installation.account.toLowerCase() !== owner.toLowerCase()) continue;
    const found = (await app.repositories(installation.id)).find(
      (one) => one.name.toLowerCase() === name.toLowerCase(),
    );
    if (found) return found;
  }
  return null;
}
