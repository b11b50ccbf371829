import { type LedgerKeys, ledgerKeys, type PublicKey, publicKeys } from "./core/ledger/ledger-keys.ts";
import type { Values } from "./environment-schema.ts";

/** By what a process knows who wrote a ledger. */
export type WhoIsBelieved = {
  /**
   * Signs the ledger. Not the webhook secret itself, so that rotating that one does not void every ledger. Null for a process
   * that only shows ledgers: it has the public keys.
   */
  readonly ledgerSecret: string | null;
  readonly ledgerPublicKeys?: readonly PublicKey[];
  /** Those before it, newest first: what they signed is believed, and goes on under the one of today. */
  readonly ledgerSecretsBefore: readonly string[];
};

type LedgerValues = Pick<
  Values,
  "COOP_ROLE" | "COOP_LEDGER_SECRET" | "COOP_LEDGER_SECRETS_BEFORE" | "COOP_LEDGER_PUBLIC_KEYS" | "WEBHOOK_SECRET"
>;

export function believedFrom(values: LedgerValues): WhoIsBelieved {
  const { COOP_ROLE, COOP_LEDGER_SECRET, COOP_LEDGER_SECRETS_BEFORE, WEBHOOK_SECRET } = values;
  if (COOP_ROLE === "web")
    return { ledgerSecret: null, ledgerSecretsBefore: [], ledgerPublicKeys: values.COOP_LEDGER_PUBLIC_KEYS ?? [] };
  const ledgerSecret = COOP_LEDGER_SECRET ?? WEBHOOK_SECRET ?? null;
  return { ledgerSecret, ledgerSecretsBefore: COOP_LEDGER_SECRETS_BEFORE };
}

/** Who is believed: by their public keys alone where a process signs nothing, and nobody where there are none. */
export function keysOf({ ledgerSecret, ledgerSecretsBefore, ledgerPublicKeys }: WhoIsBelieved): LedgerKeys {
  return ledgerSecret === null ? publicKeys(ledgerPublicKeys ?? []) : ledgerKeys(ledgerSecret, ledgerSecretsBefore);
}

/** What the operator is told where the ledger has no secret of its own. */
export const SIGNED_BY_WEBHOOK_SECRET =
  "The webhook secret signs, which GitHub knows too. To change that, set COOP_LEDGER_SECRET, and name the webhook secret in COOP_LEDGER_SECRETS_BEFORE";

export function isSignedByWebhookSecret(config: {
  readonly ledgerSecret: string | null;
  readonly webhookSecret: string | null;
}): boolean {
  return config.ledgerSecret !== null && config.ledgerSecret === config.webhookSecret;
}
