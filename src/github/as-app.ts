import { createHmac } from "node:crypto";
import { createAppAuth } from "@octokit/auth-app";

/** Where a process asks that does not hold the App's key: the one that does, and the secret that both know. */
export type KeySource = { readonly url: string; readonly secret: string };

type As = {
  readonly appId: number;
  readonly privateKey: string | null;
  readonly keysFrom?: KeySource;
  readonly baseUrl: string;
};

/** The library asks for a JWT before each request as the App, and remembers none: only a time after now is needed. */
const SECRET_HOLDS_MS = 60_000;

/**
 * How a client asks as the App: with a JWT of its own, or through the process that holds the key. The library then sends the
 * same requests there, with the shared secret in the JWT's place; tokens come back as they would from GitHub.
 */
export function asApp({ appId, privateKey, keysFrom, baseUrl }: As) {
  const authStrategy = createAppAuth;
  if (privateKey !== null) return { baseUrl, authStrategy, auth: { appId, privateKey } };
  if (!keysFrom) throw new Error("There is neither the App's key nor a process to ask that holds it");
  const createJwt = async () => ({
    jwt: shownToHolder(keysFrom.secret),
    expiresAt: new Date(Date.now() + SECRET_HOLDS_MS).toISOString(),
  });
  return { baseUrl: keysFrom.url, authStrategy, auth: { appId, createJwt } };
}

/** What is shown in the secret's place, which may be of any characters: a header may not. */
export function shownToHolder(secret: string): string {
  return createHmac("sha256", secret).update("cooperations worker v1").digest("hex");
}

/** Stands in each answer of the process that holds the key, and in none of a proxy in front of it. */
export const HOLDER_HEADER = "x-coop-key-holder";

/**
 * Takes what something else answered in the holder's place for no answer: a proxy's 404 would mean that GitHub has a delivery no
 * more, and the ticket that it was about would never begin.
 */
export function fromHolder(fetch: typeof globalThis.fetch): typeof globalThis.fetch {
  return async (url, init) => {
    const response = await fetch(url, init);
    if (response.headers.has(HOLDER_HEADER)) return response;
    await response.body?.cancel();
    throw new Error(
      `COOP_KEYS_URL was answered (${response.status}) by something else than the holder of the App's key.`,
    );
  };
}

/** @returns what an operator has to know of a way on which others could read tokens, or null */
export function openWay({ url }: KeySource): string | null {
  const { protocol, hostname } = new URL(url);
  // A name without a dot is a container's or a machine's of the same network.
  const isNear = /^(?:[^.:]+|127(?:\.\d{1,3}){3}|\[::1\])$/.test(hostname);
  if (protocol === "https:" || isNear) return null;
  return `COOP_KEYS_URL is http:// to ${hostname}: anybody on the way can read the tokens and the workers' secret.`;
}
