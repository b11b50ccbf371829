import { z } from "zod";
import type { AppConnection } from "../config.ts";
import { asApp, HOLDER_HEADER } from "../github/as-app.ts";
import { API_VERSION } from "../github/client-options.ts";

/** The App as GitHub has it on record: what it may do, what it hears of, and where its webhooks go. */
export type AppFacts = {
  readonly id: number;
  readonly name: string;
  /** Where GitHub shows the App; `/installations/new` below it installs it. */
  readonly page: string;
  readonly permissions: Readonly<Record<string, string>>;
  readonly events: readonly string[];
  /** Null when GitHub does not tell. */
  readonly webhookUrl: string | null;
};

export type AppFactsReading =
  | { readonly outcome: "read"; readonly facts: AppFacts }
  | { readonly outcome: "away" | "refused"; readonly why: string };

/** GitHub answers in less than a second; a person waits at the terminal. */
const TIMEOUT_MS = 15_000;

const appSchema = z.object({
  id: z.number(),
  name: z.string(),
  html_url: z.string(),
  permissions: z.record(z.string(), z.string()),
  events: z.array(z.string()),
});
const hookSchema = z.object({ url: z.string().min(1) });

/** Asked of GitHub, or of the process that holds the App's key. */
export async function readAppFacts(connection: AppConnection): Promise<AppFactsReading> {
  const { baseUrl, authStrategy, auth } = asApp({ ...connection, baseUrl: connection.githubApiUrl });
  const setting = connection.keysFrom ? "COOP_KEYS_URL" : "GITHUB_API_URL";
  let token: string;
  try {
    ({ token } = await authStrategy(auth)({ type: "app" }));
  } catch {
    return {
      outcome: "refused",
      why: "PRIVATE_KEY cannot be used to sign. Download a new key from the App's settings page.",
    };
  }
  const read = (path: string) =>
    fetch(`${baseUrl}${path}`, {
      headers: {
        authorization: `Bearer ${token}`,
        accept: "application/vnd.github+json",
        "user-agent": "cooperations",
        ...API_VERSION,
      },
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
  try {
    const answer = await read("/app");
    const isOther = connection.keysFrom && !answer.headers.has(HOLDER_HEADER);
    const unlike = {
      outcome: "refused",
      why: `${baseUrl} does not answer like ${OF[setting]}. Check ${setting}.`,
    } as const;
    if (isOther) return unlike;
    if (!answer.ok) {
      const isRefused = REFUSALS.includes(answer.status) || (answer.status === 403 && connection.keysFrom);
      const outcome = isRefused ? "refused" : "away";
      return { outcome, why: refusal(answer.status, baseUrl, setting) };
    }
    const app = appSchema.safeParse(await answer.json());
    if (!app.success) return unlike;
    const hook = await read("/app/hook/config");
    const config = hook.ok ? hookSchema.safeParse(await hook.json()) : null;
    const { html_url: page, ...known } = app.data;
    return { outcome: "read", facts: { ...known, page, webhookUrl: config?.success ? config.data.url : null } };
  } catch (error) {
    const reason = error instanceof Error && error.cause instanceof Error ? error.cause.message : String(error);
    return {
      outcome: "away",
      why: `${baseUrl} cannot be reached (${reason}). Check ${setting} and the network.`,
    };
  }
}

/**
 * A wrong key and a wrong address: trying again changes nothing. 403 is a wrong secret at the holder of the key, and a limit at
 * GitHub, which passes as an outage does.
 */
const REFUSALS = [401, 404];

const OF = { COOP_KEYS_URL: "the process that holds the App's key", GITHUB_API_URL: "GitHub" };

/** Through the holder of the key, GitHub's answers are about the settings there. */
function refusal(status: number, url: string, setting: keyof typeof OF): string {
  const isAsked = setting === "COOP_KEYS_URL";
  const there = isAsked ? " of the web process" : "";
  if (status === 403 && isAsked)
    return `${url} refused: COOP_KEYS_SECRET is another one at the web process, or GitHub refused it.`;
  if (status === 401)
    return `GitHub does not know this App by this key. Check that APP_ID and PRIVATE_KEY${there} belong together, and the clock.`;
  if (status === 404) return `There is no App at ${isAsked ? "GitHub" : url}. Check APP_ID and GITHUB_API_URL${there}.`;
  if (status === 502 && isAsked) return `The web process at ${url} cannot reach GitHub. Its log says why.`;
  return `GitHub answered ${status} when asked who the App is. Try again later.`;
}
