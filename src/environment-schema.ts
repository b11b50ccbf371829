import { z } from "zod";
import { HINTS } from "./config-hints.ts";
import { readPublicKey } from "./core/ledger/ledger-keys.ts";
import { strong } from "./secret-strength.ts";

/** The variables of the environment: their forms, and what is said of a wrong one. */

const port = z.coerce.number("is no port").int("is no port").min(0, "is no port").max(65_535, "is no port");
const http = { protocol: /^https?$/, error: "must begin with https:// or http://" };
const postgres = { protocol: /^postgres(ql)?$/, error: "must begin with postgres:// or postgresql://" };
const url = z.url(http).transform((text) => text.replace(/\/+$/, ""));

const words = z.string().transform((text) => text.split(/\s+/).filter(Boolean));
const publicKeyWords = words.transform((all, found) =>
  all.map((one) => {
    const key = readPublicKey(one);
    if (key === null) found.addIssue({ code: "custom", message: "holds what is no public key" });
    return key ?? "";
  }),
);

const environmentSchema = z.object({
  APP_ID: z.coerce.number({ error: "must be the App's number" }).int().min(1),
  WEBHOOK_SECRET: strong(z.string()).optional(),
  COOP_LEDGER_SECRET: strong(z.string()).optional(),
  COOP_LEDGER_SECRETS_BEFORE: words.default([]),
  COOP_LEDGER_PUBLIC_KEYS: publicKeyWords.optional(),
  COOP_KEYS_URL: url.optional(),
  COOP_KEYS_SECRET: strong(z.string()).optional(),
  KEYS_HOST: z.string().min(1).default("127.0.0.1"),
  KEYS_PORT: port.default(3002),
  METRICS_HOST: z.string().min(1).default("127.0.0.1"),
  METRICS_PORT: port.optional(),
  GITHUB_API_URL: url.default("https://api.github.com"),
  HOST: z.string().min(1).default("127.0.0.1"),
  PORT: port.default(3000),
  PAGES_HOST: z.string().min(1).default("127.0.0.1"),
  PAGES_PORT: port.optional(),
  PAGES_LOGIN: z.enum(["github", "none"], "is no way to log in").optional(),
  GITHUB_CLIENT_ID: z.string().optional(),
  GITHUB_CLIENT_SECRET: z.string().optional(),
  COOP_PUBLIC_URL: url.optional(),
  LOG_LEVEL: z.enum(["fatal", "error", "warn", "info", "debug", "trace", "silent"], "is no level").default("info"),
  DATABASE_URL: z.url(postgres).optional(),
  COOP_DATA_DIR: z.string().min(1).default("data"),
  COOP_ROLE: z.enum(["all", "web", "worker"], "is no role").default("all"),
  COOP_INTAKE: z.enum(["webhook", "poll"], "is no way in").default("webhook"),
});

/** What each kind of process cannot do without. */
export const needed = {
  all: environmentSchema.required({ WEBHOOK_SECRET: true }),
  web: environmentSchema.required({ WEBHOOK_SECRET: true, COOP_KEYS_SECRET: true }),
  worker: environmentSchema.required({ COOP_LEDGER_SECRET: true, COOP_KEYS_URL: true, COOP_KEYS_SECRET: true }),
};
export type Values = z.infer<typeof environmentSchema>;

export const storeSchema = environmentSchema
  .pick({ DATABASE_URL: true, COOP_DATA_DIR: true, COOP_ROLE: true, COOP_LEDGER_PUBLIC_KEYS: true })
  // Ledgers of before secrets had to be strong are still read and verified.
  .extend({ COOP_LEDGER_SECRET: z.string().optional(), WEBHOOK_SECRET: z.string().optional() })
  .extend({ COOP_LEDGER_SECRETS_BEFORE: words.default([]) });

/** A sentence for each variable that is wrong, with what to do about it. */
export function problemsOf(error: z.ZodError, given: Readonly<Record<string, string | undefined>>): string[] {
  return error.issues.map((issue) => {
    const name = String(issue.path[0]);
    const why = given[name] === undefined ? "is missing" : issue.message;
    return `${name} ${why}. ${HINTS[name] ?? "See README.md, Configuration."}`;
  });
}
