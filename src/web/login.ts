import type { IncomingMessage, ServerResponse } from "node:http";
import { parseTicketKey } from "../core/ledger/ids.ts";
import type { Login, Place } from "../forge/login.ts";
import { notice, STYLE_PATH, ICON_PATH } from "./layout.ts";
import { LIVE_SCRIPT_PATH } from "./live-script.ts";
import { Streams } from "./live.ts";
import type { PageDeps } from "./page-deps.ts";
import { pages, SAFE_HEADERS } from "./pages.ts";
import { LoginSeal, type Session, Sessions } from "./sessions.ts";

/** The pages behind a login: each person sees the tickets of the repositories that they can read. */
export type LoginDeps = {
  readonly login: Login;
  /** Under which people ask for the pages; GitHub sends them back there. */
  readonly publicUrl: string;
  /** Where the repositories are now whose tickets are keyed so (`owner/repo`): a name may belong to another one by now. */
  placesOf(keyedAs: readonly string[]): Promise<ReadonlyMap<string, Place>>;
  readonly now: () => Date;
};

/** What holds nothing of any ticket. */
const OPEN_PATHS: ReadonlySet<string> = new Set([
  "/health",
  "/ready",
  "/key",
  "/openapi.json",
  STYLE_PATH,
  ICON_PATH,
  LIVE_SCRIPT_PATH,
]);

/** Rights change, and so does who may read; asking each time would make a list of 200 repositories slow. */
const RIGHTS_MS = 5 * 60_000;
/** Questions about rights that are under way for one page. */
const QUESTIONS_AT_ONCE = 8;
/** Codes that are exchanged at the same time: strangers can send invented ones. */
const EXCHANGES_AT_ONCE = 8;

type Answered = (req: IncomingMessage, res: ServerResponse) => Promise<boolean>;

export function behindLogin(deps: PageDeps, parts: LoginDeps): Answered {
  const { login, publicUrl, now } = parts;
  const sessions = new Sessions();
  const seal = new LoginSeal();
  // Pages are made anew for each person; what is open counts together.
  const shared = { ...deps, streams: deps.streams ?? new Streams() };
  const open = pages(shared);
  const secure = publicUrl.startsWith("https://");
  const back = `${publicUrl}/login/callback`;
  const [sessionCookie, loginCookie] = secure ? ["__Host-coop", "__Host-coop-login"] : ["coop", "coop-login"];
  let exchanging = 0;

  const begin = (res: ServerResponse, to: string) => {
    const { begun, sealed, challenge } = seal.begin(to, now().getTime());
    const cookie = cookieOf(loginCookie, sealed, secure, 600);
    return go(res, login.address({ state: begun.state, challenge, back }), [cookie]);
  };

  const callback = async (req: IncomingMessage, res: ServerResponse, query: URLSearchParams) => {
    const begun = seal.open(cookiesOf(req).get(loginCookie), query.get("state") ?? "", now().getTime());
    const code = query.get("code") ?? "";
    if (!begun || code === "") return say(res, 400, "Not logged in", NOT_BEGUN);
    if (exchanging >= EXCHANGES_AT_ONCE) return say(res, 503, "Not logged in", "Too many log in at once. Try again.");
    exchanging += 1;
    try {
      const known = await login.exchange({ code, verifier: begun.verifier, back });
      if (known.outcome === "refused") return say(res, 403, "Not logged in", NOT_BEGUN);
      sessions.end(cookiesOf(req).get(sessionCookie));
      const id = sessions.begin(known, known.secondsLeft, now().getTime());
      const cookies = [cookieOf(sessionCookie, id, secure, null), cookieOf(loginCookie, "", secure, 0)];
      return go(res, begun.to, cookies);
    } catch {
      return say(res, 502, "Not logged in", "GitHub does not answer. Try again in a moment.");
    } finally {
      exchanging -= 1;
    }
  };

  const end = async (req: IncomingMessage, res: ServerResponse) => {
    // A foreign page could send this form as well; a browser says from where it comes (`Origin` is null here, see SAFE_HEADERS).
    const from = req.headers["sec-fetch-site"] ?? "same-origin";
    if (req.method !== "POST" || from !== "same-origin")
      return say(res, 405, "Still logged in", "Log out with the button on the list of tickets.");
    const session = sessions.end(cookiesOf(req).get(sessionCookie));
    if (session) await login.takeBack(session.token);
    res.setHeader("set-cookie", [cookieOf(sessionCookie, "", secure, 0)]);
    return say(res, 200, "Logged out", "This server and GitHub have forgotten your login.");
  };

  return async (req, res) => {
    const [path = "/", search = ""] = (req.url ?? "/").split("#", 1)[0]?.split(/\?(.*)/s) ?? [];
    const query = new URLSearchParams(search);
    if (OPEN_PATHS.has(path)) return open(req, res);
    if (path === "/login/callback") return callback(req, res, query);
    if (path === "/logout") return end(req, res);
    const to = path === "/login" ? ownPath(query.get("to") ?? "/") : ownPath(req.url ?? "/");
    // The cookie has to lie under the name to which GitHub sends people back.
    if (path === "/login" && req.headers.host !== new URL(publicUrl).host)
      return go(res, `${publicUrl}/login?${new URLSearchParams({ to })}`, []);
    if (path === "/login") return begin(res, to);
    const session = sessions.find(cookiesOf(req).get(sessionCookie), now().getTime());
    if (session) return pages(seenBy(session, shared, rightsOf(parts, session)))(req, res);
    if (/\.(?:json|csv)$|^\/metrics$|^\/live(?:\/|$)/.test(path))
      return say(res, 401, "Not logged in", "Log in at /login first.");
    return go(res, `/login?${new URLSearchParams({ to })}`, []);
  };
}

const NOT_BEGUN = "This login was not begun in this browser, or is older than ten minutes. Go to the list of tickets to begin again."; // prettier-ignore

/** A path of ours, never another host: `//host` and `/\host` are addresses to a browser. */
function ownPath(wanted: string): string {
  return /^\/(?![/\\])[\x21-\x5b\x5d-\x7e]{0,500}$/.test(wanted) && !/^\/log(?:in|out)/.test(wanted) ? wanted : "/";
}

/** @returns those of the repositories that the person may read */
type Readable = (keyedAs: readonly string[]) => Promise<ReadonlySet<string>>;

function rightsOf({ login, placesOf, now }: LoginDeps, session: Session): Readable {
  const { token, rights } = session;
  const ask = async (repository: string, place: Place | undefined): Promise<boolean> => {
    const known = rights.get(repository);
    if (known && known.until > now().getTime()) return known.may;
    const said = place ? await login.mayRead(token, place) : "unknown";
    // Not knowing is no, and is asked again the next time.
    if (said !== "unknown") rights.set(repository, { may: said === "yes", until: now().getTime() + RIGHTS_MS });
    return said === "yes";
  };
  return async (keyedAs) => {
    // A page that is still open in another window asks on.
    if (session.endsAt <= now().getTime()) return new Set();
    const places = await placesOf(keyedAs);
    const readable = new Set<string>();
    const next = keyedAs.values();
    const work = async () => {
      for (const one of next) if (await ask(one, places.get(one))) readable.add(one);
    };
    await Promise.all(Array.from({ length: QUESTIONS_AT_ONCE }, work));
    return readable;
  };
}

function seenBy({ login }: Session, deps: PageDeps, readable: Readable): PageDeps {
  const tickets = async (page?: number) => {
    const all = await deps.tickets(page);
    const theirs = await readable([...new Set(all.map(({ key }) => repositoryOf(key)))]);
    return all.filter(({ key }) => theirs.has(repositoryOf(key)));
  };
  const { totals: _everybodys, measures: _theirs, spent, stuck, ...rest } = deps;
  return {
    ...rest,
    tickets,
    spent: async () => {
      const all = (await spent?.()) ?? [];
      const theirs = await readable([...new Set(all.map(({ repository }) => repository))]);
      return all.filter(({ repository }) => theirs.has(repository));
    },
    // Errors tell of the server, which is not theirs.
    stuck: async () => {
      const all = (await stuck?.()) ?? [];
      const theirs = await readable([...new Set(all.map(({ ticket }) => repositoryOf(ticket)))]);
      return all.flatMap((one) => (theirs.has(repositoryOf(one.ticket)) ? { ...one, why: "" } : []));
    },
    visitor: login,
    phases: async () => {
      const counts = new Map<string, number>();
      for (const { phase } of await tickets()) counts.set(phase, (counts.get(phase) ?? 0) + 1);
      return counts;
    },
    ledger: async (key) => ((await readable([repositoryOf(key)])).size > 0 ? deps.ledger(key) : []),
  };
}

function repositoryOf(key: string): string {
  const { owner = "", name = "" } = parseTicketKey(key) ?? {};
  return `${owner}/${name}`;
}

function cookiesOf(req: IncomingMessage): ReadonlyMap<string, string> {
  const pairs = (req.headers.cookie ?? "").split(/;\s{0,9}/).map((one) => one.split(/=(.*)/s));
  return new Map(pairs.map(([name = "", value = ""]) => [name, value]));
}

/** @param seconds null: until the browser ends */
function cookieOf(name: string, value: string, secure: boolean, seconds: number | null): string {
  const age = seconds === null ? "" : `; Max-Age=${seconds}`;
  return `${name}=${value}; Path=/; HttpOnly; SameSite=Lax${secure ? "; Secure" : ""}${age}`;
}

function go(res: ServerResponse, location: string, cookies: string[]): true {
  if (cookies.length > 0) res.setHeader("set-cookie", cookies);
  res.writeHead(303, { ...SAFE_HEADERS, "cache-control": "no-store", location }).end();
  return true;
}

function say(res: ServerResponse, status: number, title: string, sentence: string): true {
  res.writeHead(status, { ...SAFE_HEADERS, "cache-control": "no-store", "content-type": "text/html; charset=utf-8" });
  res.end(notice(title, sentence));
  return true;
}
