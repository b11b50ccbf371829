import type { Dispatcher } from "undici";
import { withoutPercentCodes } from "../percent-codes.ts";

/** The usual variables for a proxy between this server and the outside, as `config.ts` read them. */
export type Proxies = { readonly http: string | null; readonly https: string | null; readonly none: string | null };

/**
 * `fetch` for models. Node's own gives up when the first byte takes five minutes, or the next one; a model that thinks,
 * or runs on a small machine, takes longer. The clocks are ours (`call.ts`), so these are off.
 */
export function outboundFetch(proxies: Proxies): typeof fetch {
  const { http, https, none } = proxies;
  const known: { [protocol: string]: Promise<Dispatcher> } = {};
  return async (input, init) => {
    const { protocol } = new URL(input instanceof Request ? input.url : String(input));
    const dispatcher = (known[protocol] ??= dispatcherFor(protocol === "http:" ? http : https, none));
    // Looked up with each call, so that who replaces the global one is not passed by.
    return fetch(input, { ...init, dispatcher: (await dispatcher) as unknown as Dispatching });
  };
}

type Dispatching = NonNullable<RequestInit["dispatcher"]>;

/** Loaded with the first call, as the SDKs are. One for each protocol, because the library takes HTTP's proxy for both. */
async function dispatcherFor(proxy: string | null, none: string | null): Promise<Dispatcher> {
  const { EnvHttpProxyAgent } = await import("undici");
  const clocks = { headersTimeout: 0, bodyTimeout: 0 };
  // The library looks up no name itself in either case, and knows one spelling of it.
  const through = (proxy ?? "").replace(/^socks5h:/i, "socks5:");
  const proxies = { httpProxy: through, httpsProxy: through, noProxy: none ?? "" };
  const agent = new EnvHttpProxyAgent({ ...clocks, ...proxies, ...loginOf(through) });
  // Its way through SOCKS forgets the clocks.
  return agent.compose((dispatch) => (options, handler) => dispatch({ ...options, ...clocks }, handler));
}

/** For SOCKS the library sends a login as it stands in the address, percent codes and all. */
function loginOf(proxy: string): { readonly username?: string; readonly password?: string } {
  if (!/^socks/i.test(proxy)) return {};
  const { username, password } = new URL(proxy);
  const own = withoutPercentCodes(username);
  return own === "" ? {} : { username: own, password: withoutPercentCodes(password) };
}

/** An HTTP answer that is no success, whole: the SDKs keep only the forms of their own vendors. */
class HttpRefusal extends Error {
  readonly status: number;
  readonly headers: Headers;
  readonly body: string;
  /** Host and path, without credentials and query. */
  readonly asked: string;
  constructor(response: Response, body: string, asked: string) {
    super(`HTTP ${response.status}`);
    this.status = response.status;
    this.headers = response.headers;
    this.body = body;
    this.asked = asked;
  }
}

/** A page of HTML may be long; what it says is in its beginning. */
const BODY_CHARS_MAX = 20_000;

/** A server that wants a slash at the end, or TLS, sends on once. */
const MOVES_MAX = 2;

/**
 * Turns answers that are no success into errors before an SDK reads them. Nothing follows a request to another server: it carries
 * the key, which `fetch` leaves in headers such as `x-api-key`, and the repository's text.
 */
export function strictFetch(inner: typeof fetch): typeof fetch {
  return async (input, init) => {
    let asked = input;
    for (let moves = 0; ; moves += 1) {
      const response = await inner(asked, { ...init, redirect: "manual" });
      if (response.ok) return response;
      const url = new URL(asked instanceof Request ? asked.url : String(asked));
      const next = asked instanceof Request || moves === MOVES_MAX ? null : nextOf(response, url);
      if (!next) throw new HttpRefusal(response, await beginningOf(response), `${url.host}${url.pathname}`);
      await response.body?.cancel();
      asked = next;
    }
  };
}

/** The same server's address to which a request goes as it is. The other redirections would make a GET of it. */
function nextOf(response: Response, from: URL): URL | null {
  if (response.status !== 307 && response.status !== 308) return null;
  const to = movedTo(response.headers, from);
  const toTls = to?.hostname === from.hostname && from.protocol === "http:" && to.protocol === "https:";
  return to && (to.origin === from.origin || toTls) ? to : null;
}

/** Where an answer sends on to. */
export function movedTo(headers: Headers, from?: URL): URL | null {
  const location = headers.get("location") ?? "";
  return location !== "" && URL.canParse(location, from?.href) ? new URL(location, from) : null;
}

/** What is behind the limit is not even received. */
async function beginningOf({ body }: Response): Promise<string> {
  const decoder = new TextDecoder();
  let text = "";
  for await (const chunk of body ?? []) {
    text += decoder.decode(chunk as Uint8Array, { stream: true });
    if (text.length >= BODY_CHARS_MAX) break;
  }
  return text.slice(0, BODY_CHARS_MAX);
}

/** The refusal that an SDK wrapped into an error of its own. */
export function refusalIn(error: unknown): HttpRefusal | null {
  for (let one = error; one instanceof Error; one = one.cause) if (one instanceof HttpRefusal) return one;
  return null;
}
