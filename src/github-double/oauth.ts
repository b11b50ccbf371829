import { createHash, randomBytes } from "node:crypto";
import type { IncomingHttpHeaders } from "node:http";
import type { Tokens } from "./auth.ts";
import { isJson } from "./input.ts";
import type { Answer } from "./route.ts";
import type { Account, App } from "./state.ts";
import { accountView } from "./views/account.ts";
import type { World } from "./world.ts";

/**
 * Logging in with an App, beside the REST API: the page on which a person says yes (here they always do; the cookie `user_session`
 * says who they are), the exchange of the code, and what the person's own token is asked for.
 */
type Granted = { readonly app: App; readonly account: Account; readonly back: string; readonly challenge: string };

/** GitHub's user tokens of an App end after eight hours. */
const SECONDS_LEFT = 28_800;

export class Oauth {
  readonly #codes = new Map<string, Granted>();
  readonly #world: World;
  readonly #tokens: Tokens;

  constructor(world: World, tokens: Tokens) {
    this.#world = world;
    this.#tokens = tokens;
  }

  /** @returns null for what is not part of logging in */
  answer(method: string, url: URL, headers: IncomingHttpHeaders, body: unknown): Answer | null {
    const at = `${method} ${url.pathname}`;
    if (at === "GET /login/oauth/authorize") return this.#authorize(url.searchParams, headers.cookie ?? "");
    if (at === "POST /login/oauth/access_token") return this.#exchange(isJson(body) ? body : {});
    if (at === "GET /user") return this.#person(headers.authorization);
    const taken = /^DELETE \/applications\/([^/]+)\/token$/.exec(at)?.[1];
    return taken ? this.#takeBack(taken, headers.authorization, isJson(body) ? body : {}) : null;
  }

  #authorize(query: URLSearchParams, cookie: string): Answer {
    const app = this.#app(query.get("client_id"));
    const login = /(?:^|;\s?)user_session=([\w-]+)/.exec(cookie)?.[1];
    const back = query.get("redirect_uri") ?? "";
    if (!app || !login) return { status: 404 };
    if (app.callbackUrl === null || back !== app.callbackUrl)
      return { status: 400, body: { error: "redirect_uri_mismatch" } };
    const code = randomBytes(10).toString("hex");
    const hasChallenge = query.get("code_challenge_method") === "S256";
    const challenge = hasChallenge ? (query.get("code_challenge") ?? "") : "";
    this.#codes.set(code, { app, account: this.#world.account(login), back, challenge });
    const answer = new URLSearchParams({ code, state: query.get("state") ?? "" });
    return { status: 302, headers: { Location: `${back}?${answer}` } };
  }

  /** What is wrong is told with status 200, as GitHub does. */
  #exchange(body: Readonly<Record<string, unknown>>): Answer {
    const code = String(body["code"]);
    const granted = this.#codes.get(code);
    this.#codes.delete(code);
    const app = this.#app(body["client_id"]);
    if (!app || app.clientSecret !== body["client_secret"])
      return { status: 200, body: { error: "incorrect_client_credentials" } };
    const challenge = createHash("sha256").update(String(body["code_verifier"])).digest("base64url");
    const isRight = granted?.app === app && granted.back === body["redirect_uri"];
    if (!isRight || (granted.challenge !== "" && granted.challenge !== challenge))
      return { status: 200, body: { error: "bad_verification_code" } };
    const token = this.#tokens.forPerson(granted.account, "ghu_");
    return {
      status: 200,
      body: { access_token: token, expires_in: SECONDS_LEFT, token_type: "bearer", scope: "" },
    };
  }

  #person(authorization: string | undefined): Answer {
    const actor = this.#tokens.actor(authorization);
    if (actor.kind !== "person") return { status: 401, body: { message: "Requires authentication" } };
    return { status: 200, body: accountView(this.#world, actor.account) };
  }

  #takeBack(clientId: string, authorization: string | undefined, body: Readonly<Record<string, unknown>>): Answer {
    const app = this.#app(clientId);
    const said = Buffer.from((authorization ?? "").replace(/^basic /i, ""), "base64").toString("utf8");
    if (!app || said !== `${app.clientId}:${app.clientSecret}`) return { status: 404, body: { message: "Not Found" } };
    this.#tokens.takeBack(String(body["access_token"]));
    return { status: 204 };
  }

  #app(clientId: unknown): App | undefined {
    return [...this.#world.apps.values()].find((app) => app.clientId === clientId);
  }
}
