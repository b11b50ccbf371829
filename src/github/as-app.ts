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
