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
const OF_THE_WORK = /^(?:COOP_LEDGER_SECRET|COOP_LEDGER_SECRETS_BEFORE|\w+_API_KEY)$/;
/**
 * A cloud's credentials open its models and often much else. What a platform puts into every container by itself (`AWS_ROLE_ARN`,
 * `AWS_CONTAINER_CREDENTIALS_RELATIVE_URI`) is no secret to take out: there the role has to be another one.
 */
const OF_A_CLOUD = /^(?:AWS_(?:ACCESS_KEY_ID|SECRET_ACCESS_KEY|SESSION_TOKEN|SECURITY_TOKEN|BEARER_TOKEN_\w+)|GOOGLE_(?:APPLICATION_)?CREDENTIALS(?:_JSON)?|AZURE_(?:CLIENT_SECRET|CLIENT_CERTIFICATE_PATH|PASSWORD))$/; // prettier-ignore

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
    role === "worker"
      ? OF_THE_APP.test(name)
      : [OF_THE_WORK, OF_A_CLOUD].some((one) => one.test(name)) || ofModels.includes(name);
  return names
    .filter(isForeign)
    .map((name) => `COOP_ROLE is ${role}: ${WHY[role]} ${name}. Unset it here (docs/operations.md, Two processes).`);
}

/** What the clouds' own libraries read from the environment, so that it is in this process without being a setting of ours. */
export function cloudSecrets(given: Readonly<Record<string, string | undefined>>): readonly string[] {
  const named = Object.entries(given).filter(([name]) => OF_A_CLOUD.test(name) && !/_ID$|_PATH$/.test(name));
  // Google's names a file of credentials; what another cloud's begins with may be any sign.
  const isFile = (name: string, value: string) => name.startsWith("GOOGLE_") && /^[./~]/.test(value);
  return named
    .flatMap(([name, value = ""]) => (isFile(name, value) ? [] : secretsOf(value)))
    .filter((value) => value.length >= 8);
}

/** Of a service account written out as JSON; its other values are addresses and names that any file may hold. */
const SECRET_FIELDS = ["private_key", "private_key_id", "client_secret", "refresh_token"];

function secretsOf(value: string): string[] {
  if (!value.trimStart().startsWith("{")) return [value];
  try {
    const fields = JSON.parse(value) as Record<string, unknown>;
    return SECRET_FIELDS.map((name) => fields[name]).filter((one) => typeof one === "string");
  } catch {
    return [value];
  }
}

/** Where a worker says how it is, if anywhere; the others say it beside their pages. */
export function measuresAt(values: {
  readonly COOP_ROLE: ProcessRole;
  readonly METRICS_HOST: string;
  readonly METRICS_PORT?: number | undefined;
}): { measuresAt?: { readonly host: string; readonly port: number } } {
  const { COOP_ROLE: role, METRICS_HOST: host, METRICS_PORT: port } = values;
  return role === "worker" && port !== undefined ? { measuresAt: { host, port } } : {};
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
