/**
 * On the address that GitHub has to reach, everybody would reach private tickets as well. So the pages have an address of
 * their own unless webhooks come in on the same one.
 */
export function pagesApart(
  host: string,
  port: number,
  pagesHost: string,
  pagesPort: number | undefined,
): { pages?: { host: string; port: number } } {
  if (pagesHost === host && (pagesPort ?? port) === port) return {};
  return { pages: { host: pagesHost, port: pagesPort ?? (port === 0 ? 0 : port + 1) } };
}

/** The App as people log in with it. */
export type PagesLogin = { readonly clientId: string; readonly clientSecret: string };

type Asked = {
  readonly HOST: string;
  readonly PAGES_HOST: string;
  readonly COOP_ROLE: string;
  readonly COOP_PUBLIC_URL?: string | undefined;
  readonly PAGES_LOGIN?: "github" | "none" | undefined;
  readonly GITHUB_CLIENT_ID?: string | undefined;
  readonly GITHUB_CLIENT_SECRET?: string | undefined;
};

const LOOPBACK = /^(?:localhost|127(?:\.\d{1,3}){3}|::1)$/i;

/** Pages that others can reach ask who somebody is, unless the operator says that something in front of them does. */
export function pagesLogin(
  asked: Asked,
):
  | { readonly outcome: "read"; readonly login: PagesLogin | null }
  | { readonly outcome: "refused"; readonly sentence: string } {
  const { PAGES_HOST: host, PAGES_LOGIN, GITHUB_CLIENT_ID: clientId, GITHUB_CLIENT_SECRET: clientSecret } = asked;
  const way = PAGES_LOGIN ?? (LOOPBACK.test(host) ? "none" : "github");
  if (way === "none" || asked.COOP_ROLE === "worker") return { outcome: "read", login: null };
  const lacking = Object.entries({
    GITHUB_CLIENT_ID: clientId,
    GITHUB_CLIENT_SECRET: clientSecret,
    COOP_PUBLIC_URL: asked.COOP_PUBLIC_URL,
  }).flatMap(([name, value]) => (value === undefined ? [name] : []));
  if (!clientId || !clientSecret || !asked.COOP_PUBLIC_URL) {
    const why = PAGES_LOGIN ? "PAGES_LOGIN is github" : `PAGES_HOST ${host} shows private tickets to others`;
    return {
      outcome: "refused",
      sentence: `${why}, so people have to log in: set ${lacking.join(", ")}. Where something in front of the pages asks who people are, set PAGES_LOGIN=none.`,
    };
  }
  const { protocol, hostname } = new URL(asked.COOP_PUBLIC_URL);
  if (protocol !== "https:" && !LOOPBACK.test(hostname.replace(/^\[|\]$/g, "")))
    return {
      outcome: "refused",
      sentence: "COOP_PUBLIC_URL must begin with https://, or others on the way could read who is logged in.",
    };
  return { outcome: "read", login: { clientId, clientSecret } };
}
