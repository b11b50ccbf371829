import type { Logger } from "pino";
import { Probot, run } from "probot";
import type { Delivery } from "./receive.ts";

/**
 * What Probot does here: it verifies deliveries, hands each to its listeners as a typed event, and runs the page on
 * which GitHub creates the App from `app.yml`. Its own HTTP middleware is not used, because it answers before slow
 * listeners have ended; `receive.ts` answers when they have.
 */
export type ProbotOptions = {
  readonly appId: number;
  readonly privateKey: string;
  readonly webhookSecret: string;
  readonly baseUrl: string;
  readonly log: Logger;
  /** Resolves when the delivery is stored. A rejection reaches the one who called `receive`. */
  readonly onDelivery: (delivery: Delivery) => Promise<unknown>;
};

export type ProbotHooks = {
  /** Is this the signature of these bytes? Compared in constant time. */
  verify(raw: string, signature: string): Promise<boolean>;
  /** Resolves when every listener has; rejects with the first one's error. */
  receive(delivery: Delivery): Promise<void>;
};

export async function startProbot(options: ProbotOptions): Promise<ProbotHooks> {
  const { appId, privateKey, webhookSecret: secret, baseUrl, log } = options;
  const probot = new Probot({ appId, privateKey, secret, baseUrl, log });
  await probot.ready();
  const listeners = probot.webhooks;
  listeners.onAny(async (event) => {
    const { id, name, payload } = event as unknown as Delivery;
    await options.onDelivery({ id, name, payload });
  });
  return {
    // The library throws on an empty body or signature, which is only another way to be wrong.
    verify: (raw, signature) => listeners.verify(raw, signature).catch(() => false),
    receive: async (delivery) => {
      await listeners.receive(delivery as unknown as Parameters<typeof listeners.receive>[0]);
    },
  };
}

/** Serves Probot's set-up page, which registers the App with GitHub and writes its keys to `.env`. */
export async function serveSetup(options: {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly host: string;
  readonly port: number;
}): Promise<{ stop: () => Promise<unknown> }> {
  const env: NodeJS.ProcessEnv = { ...options.env, HOST: options.host, PORT: String(options.port) };
  // Without these Probot is in set-up mode. The webhook's address is for GitHub; Probot must not listen to it itself.
  for (const name of ["APP_ID", "PRIVATE_KEY", "PRIVATE_KEY_PATH", "WEBHOOK_PROXY_URL"]) delete env[name];
  const server = await run(() => undefined, { env });
  return { stop: () => server.stop() };
}
