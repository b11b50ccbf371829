import type { Login } from "../forge/login.ts";
import { API_VERSION } from "./client-options.ts";
import { TOO_FAST } from "./wire.ts";

export type LoginOptions = {
  /** REST base, as in `https://api.github.com` or `https://host/api/v3`. */
  readonly apiUrl: string;
  readonly clientId: string;
  readonly clientSecret: string;
};

const REFUSALS: ReadonlySet<number> = new Set([401, 403, 404, 451]);

/** GitHub answers a spent limit with 403 as well: that says nothing about what the person may read. */
async function isLimit(answer: Response): Promise<boolean> {
  const { headers } = answer;
  if (headers.has("retry-after") || headers.get("x-ratelimit-remaining") === "0") return true;
  return TOO_FAST.test(await answer.text());
}

/** A person waits in front of a browser. */
const ANSWER_MS = 10_000;

export function githubLogin({ apiUrl, clientId, clientSecret }: LoginOptions): Login {
  const webUrl = apiUrl.replace(/\/api\/v3$/, "").replace("//api.github.com", "//github.com");
  const ask = (url: string, init: RequestInit & { headers: Record<string, string> }) =>
    fetch(url, {
      ...init,
      headers: { accept: "application/json", "user-agent": "cooperations", ...API_VERSION, ...init.headers },
      signal: AbortSignal.timeout(ANSWER_MS),
    });
  const asPerson = (token: string, path: string) => ask(`${apiUrl}${path}`, { headers: { authorization: `Bearer ${token}` } }); // prettier-ignore
  return {
    address: ({ state, challenge, back }) => {
      const query = { client_id: clientId, redirect_uri: back, state, code_challenge: challenge };
      return `${webUrl}/login/oauth/authorize?${new URLSearchParams({ ...query, code_challenge_method: "S256" })}`;
    },

    exchange: async ({ code, verifier, back }) => {
      const body = {
        client_id: clientId,
        client_secret: clientSecret,
        code,
        redirect_uri: back,
        code_verifier: verifier,
      };
      const answer = await ask(`${webUrl}/login/oauth/access_token`, {
        method: "POST",
        headers: { "content-type": "application/json" },
        body: JSON.stringify(body),
      });
      // What is wrong with a code comes with status 200 as well.
      const given = (await answer.json()) as Record<string, unknown>;
      const { access_token: token, expires_in: left, error } = given;
      if (typeof token !== "string") return { outcome: "refused", why: typeof error === "string" ? error : "no token" };
      const person = (await (await asPerson(token, "/user")).json()) as { login?: unknown };
      if (typeof person.login !== "string") return { outcome: "refused", why: "nobody known" };
      return { outcome: "known", token, login: person.login, secondsLeft: typeof left === "number" ? left : null };
    },

    mayRead: async (token, { owner, name, repositoryId }) => {
      try {
        const answer = await asPerson(token, `/repos/${encodeURIComponent(owner)}/${encodeURIComponent(name)}`);
        if (answer.status !== 200) return REFUSALS.has(answer.status) && !(await isLimit(answer)) ? "no" : "unknown";
        return ((await answer.json()) as { id?: unknown }).id === repositoryId ? "yes" : "no";
      } catch {
        return "unknown";
      }
    },

    takeBack: async (token) => {
      const authorization = `Basic ${Buffer.from(`${clientId}:${clientSecret}`).toString("base64")}`;
      const headers = { authorization, "content-type": "application/json" };
      const body = JSON.stringify({ access_token: token });
      await ask(`${apiUrl}/applications/${clientId}/token`, { method: "DELETE", headers, body }).catch(() => undefined);
    },
  };
}
