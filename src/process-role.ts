/**
 * What a process is for, and so which secrets it may have. The one that answers GitHub holds the App's key, the one that works
 * with models and runs repository code does not: whoever breaks out of a sandbox finds no key that opens every repository.
 */
export type ProcessRole = "all" | "web" | "worker";

/** As it stands in the environment; what is no role is refused elsewhere. */
export function roleIn(given: Readonly<Record<string, string | undefined>>): ProcessRole {
  const { COOP_ROLE: role } = given;
  return role === "web" || role === "worker" ? role : "all";
}

/** Where the holder of the App's key answers workers. */
export type KeysAt = { readonly host: string; readonly port: number; readonly secret: string };

const OF_THE_APP = /^(?:PRIVATE_KEY|PRIVATE_KEY_PATH|WEBHOOK_SECRET|GITHUB_CLIENT_SECRET)$/;
const OF_THE_WORK = /^(?:COOP_LEDGER_SECRET|COOP_LEDGER_SECRETS_BEFORE|\w+_API_KEY|AWS_BEARER_TOKEN_BEDROCK)$/;

const WHY = {
  worker: "a worker runs repository code and must not hold",
  web: "the process that answers GitHub asks no model, signs no ledger and must not hold",
};

/** A secret of the other process is refused, not passed over: it would lie in this one's environment. */
export function foreignSecrets(
  role: ProcessRole,
  names: readonly string[],
  ofModels: readonly string[],
): readonly string[] {
  if (role === "all") return [];
  const isForeign = (name: string) =>
    role === "worker" ? OF_THE_APP.test(name) : OF_THE_WORK.test(name) || ofModels.includes(name);
  return names
    .filter(isForeign)
    .map((name) => `COOP_ROLE is ${role}: ${WHY[role]} ${name}. Unset it here (docs/operations.md, Two processes).`);
}

/** @returns nothing for a worker, and for a process that has none */
export function keysAt(values: {
  readonly COOP_ROLE: ProcessRole;
  readonly COOP_KEYS_SECRET?: string | undefined;
  readonly KEYS_HOST: string;
  readonly KEYS_PORT: number;
}): { keysAt?: KeysAt } {
  const { COOP_ROLE: role, COOP_KEYS_SECRET: secret, KEYS_HOST: host, KEYS_PORT: port } = values;
  return role !== "worker" && secret !== undefined ? { keysAt: { host, port, secret } } : {};
}
