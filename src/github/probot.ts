import type { Logger } from "pino";
import { Probot, run } from "probot";

/**
 * What Probot does here: it verifies deliveries, and runs the page on which GitHub creates the App from `app.yml`. Its own HTTP
 * middleware is not used, because it answers before slow listeners have ended; `receive.ts` answers when a delivery is stored.
 * Nor are its listeners: each event would get a client of its own, and nothing of ours asks GitHub while a delivery comes in.
 */
export type ProbotOptions = {
  readonly appId: number;
  readonly privateKey: string;
  readonly webhookSecret: string;
  readonly baseUrl: string;
  readonly log: Logger;
};

export type ProbotHooks = {
  /** Is this the signature of these bytes? Compared in constant time. */
  verify(raw: string, signature: string): Promise<boolean>;
};

export async function startProbot(options: ProbotOptions): Promise<ProbotHooks> {
  const { appId, privateKey, webhookSecret: secret, baseUrl, log } = options;
  const probot = new Probot({ appId, privateKey, secret, baseUrl, log });
  await probot.ready();
  // The library throws on an empty body or signature, which is only another way to be wrong.
  return { verify: (raw, signature) => probot.webhooks.verify(raw, signature).catch(() => false) };
}

type Keys = Readonly<Record<string, string | undefined>>;

export type SetupPage = {
  /** The new App's keys by the names of their variables, once GitHub has told them. */
  readonly keys: Promise<Keys>;
  stop(): Promise<unknown>;
};

/** Serves Probot's set-up page, which registers the App with GitHub. */
export async function serveSetup(options: {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly host: string;
  readonly port: number;
}): Promise<SetupPage> {
  const env: NodeJS.ProcessEnv = { LOG_LEVEL: "warn", ...options.env, HOST: options.host, PORT: String(options.port) };
  // Without these Probot is in set-up mode. The webhook's address is for GitHub; Probot must not listen to it itself.
  for (const name of ["APP_ID", "PRIVATE_KEY", "PRIVATE_KEY_PATH", "WEBHOOK_PROXY_URL"]) delete env[name];
  const told = Promise.withResolvers<Keys>();
  const updateEnv = (values: NodeJS.ProcessEnv) => {
    told.resolve(values);
    return values;
  };
  const server = await run(() => undefined, { env, updateEnv });
  return { keys: told.promise, stop: () => server.stop() };
}
