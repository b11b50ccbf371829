/**
 * How a person shows GitHub's word for who they are: the App's web flow with PKCE. What comes back is a token with which GitHub is
 * asked what that person may read; it is held in memory, used for nothing else and taken back when they log out.
 */
export type Login = {
  /** Where the browser goes. `challenge` is the hash of a secret that only this server knows. */
  address(asked: { readonly state: string; readonly challenge: string; readonly back: string }): string;
  exchange(given: { readonly code: string; readonly verifier: string; readonly back: string }): Promise<Exchanged>;
  /** May the person read this repository? Asked of GitHub with their own token; another one that took its name is none. */
  mayRead(token: string, place: Place): Promise<"yes" | "no" | "unknown">;
  /** Best effort: a token that cannot be taken back ends by itself. */
  takeBack(token: string): Promise<void>;
};

type Place = { readonly owner: string; readonly name: string; readonly repositoryId: number };

export type Exchanged =
  | {
      readonly outcome: "known";
      readonly token: string;
      readonly login: string;
      /** Null for tokens that do not end by themselves. */
      readonly secondsLeft: number | null;
    }
  | { readonly outcome: "refused"; readonly why: string };

export type LoginOptions = {
  /** REST base, as in `https://api.github.com` or `https://host/api/v3`. */
  readonly apiUrl: string;
  readonly clientId: string;
  readonly clientSecret: string;
};

const REFUSALS: ReadonlySet<number> = new Set([401, 403, 404, 451]);

/** A person waits in front of a browser. */
const ANSWER_MS = 10_000;

export function githubLogin({ apiUrl, clientId, clientSecret }: LoginOptions): Login {
  const webUrl = apiUrl.replace(/\/api\/v3$/, "").replace("//api.github.com", "//github.com");
  const ask = (url: string, init: RequestInit & { headers: Record<string, string> }) =>
    fetch(url, {
      ...init,
      headers: { accept: "application/json", "user-agent": "cooperations", ...init.headers },
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
        if (answer.status !== 200) return REFUSALS.has(answer.status) ? "no" : "unknown";
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
