import { randomBytes, verify } from "node:crypto";
import { Refusal, notAccessible, notFound } from "./refusal.ts";
import type { Account, App, Author, Grants, Installation, Permission, Repository } from "./state.ts";
import type { World } from "./world.ts";

/** Who is asking, proven by the Authorization header, and what that lets them do. */
export type Actor =
  | { readonly kind: "anonymous" }
  | { readonly kind: "app"; readonly app: App }
  | { readonly kind: "person"; readonly account: Account }
  | {
      readonly kind: "installation";
      readonly installation: Installation;
      readonly repositoryIds: ReadonlySet<number>;
      readonly grants: Grants;
      readonly expiresAtMs: number;
    };

/** What a route asks for: of an App any one of these grants, of a person at least this permission. */
export type Need = { readonly app: readonly string[]; readonly person: Permission };

/** GitHub refuses a JWT that is valid for longer than ten minutes. */
const JWT_LIFETIME_MAX_MS = 10 * 60_000;
const TOKEN_LIFETIME_MS = 60 * 60_000;
/** With its prefix a token has about 520 characters, as GitHub's have since 2026. */
const TOKEN_RANDOM_BYTES = [48, 240, 97] as const;
const RANKS: readonly Permission[] = ["none", "read", "triage", "write", "maintain", "admin"];

export class Tokens {
  readonly #world: World;
  readonly #tokens = new Map<string, Extract<Actor, { kind: "installation" | "person" }>>();

  constructor(world: World) {
    this.#world = world;
  }

  /** A token of an App's installation. @throws Refusal when it asks for more than the installation has */
  forInstallation(installation: Installation, repositoryIds: ReadonlySet<number> | null, grants: Grants | null) {
    for (const id of repositoryIds ?? []) {
      if (installation.repositoryIds.has(id)) continue;
      throw new Refusal(
        422,
        "There is at least one repository that does not exist or is not accessible to the parent installation.",
      );
    }
    for (const [name, level] of Object.entries(grants ?? {})) {
      if (satisfies(installation.app.permissions, `${name}:${level}`)) continue;
      throw new Refusal(422, "The permissions requested are not granted to this installation.");
    }
    const token = `ghs_${TOKEN_RANDOM_BYTES.map((bytes) => randomBytes(bytes).toString("base64url")).join(".")}`;
    const actor = {
      kind: "installation" as const,
      installation,
      // Without a list the token follows the installation, also to repositories that are added later.
      repositoryIds: repositoryIds ?? installation.repositoryIds,
      grants: { metadata: "read" as const, ...(grants ?? installation.app.permissions) },
      expiresAtMs: this.#world.now().getTime() + TOKEN_LIFETIME_MS,
    };
    this.#tokens.set(token, actor);
    return { token, ...actor };
  }

  forPerson(account: Account, prefix: "ghp_" | "ghu_" = "ghp_"): string {
    const token = `${prefix}${randomBytes(18).toString("hex")}`;
    this.#tokens.set(token, { kind: "person", account });
    return token;
  }

  takeBack(token: string): void {
    this.#tokens.delete(token);
  }

  /** @throws Refusal 401 for anything that is not a valid credential: never another identity in its place */
  actor(authorization: string | undefined): Actor {
    if (!authorization) return { kind: "anonymous" };
    const credential = /^(?:bearer|token)\s+(\S+)$/i.exec(authorization)?.[1];
    if (!credential) throw new Refusal(401, "Bad credentials");
    const known = this.#tokens.get(credential);
    if (known?.kind === "installation" && known.expiresAtMs <= this.#world.now().getTime()) {
      throw new Refusal(401, "Bad credentials");
    }
    if (known) return known;
    if (!/^[^.]+\.[^.]+\.[^.]+$/.test(credential) || /^gh[a-z]_/.test(credential)) {
      throw new Refusal(401, "Bad credentials");
    }
    return { kind: "app", app: this.#appOf(credential) };
  }

  #appOf(jwt: string): App {
    const undecodable = new Refusal(401, "A JSON web token could not be decoded");
    const [header, payload, signature] = jwt.split(".") as [string, string, string];
    const [head, claims] = [decode(header), decode(payload)];
    if (head?.["alg"] !== "RS256" || !claims) throw undecodable;
    const issuer = String(claims["iss"]);
    const app = [...this.#world.apps.values()].find((one) => String(one.id) === issuer || one.clientId === issuer);
    if (!app) throw new Refusal(404, "Integration not found");
    const signed = Buffer.from(`${header}.${payload}`);
    if (!verify("RSA-SHA256", signed, app.publicKey, Buffer.from(signature, "base64url"))) throw undecodable;
    checkClaims(claims, this.#world.now().getTime());
    return app;
  }
}

function decode(part: string): Record<string, unknown> | null {
  try {
    return JSON.parse(Buffer.from(part, "base64url").toString("utf8")) as Record<string, unknown>;
  } catch {
    return null;
  }
}

function checkClaims(claims: Record<string, unknown>, nowMs: number): void {
  const [issuedAt, expires] = [Number(claims["iat"]) * 1000, Number(claims["exp"]) * 1000];
  if (!(expires > nowMs)) {
    throw new Refusal(
      401,
      "'Expiration time' claim ('exp') must be a numeric value representing the future time at which the assertion expires",
    );
  }
  if (expires > nowMs + JWT_LIFETIME_MAX_MS) {
    throw new Refusal(401, "'Expiration time' claim ('exp') is too far in the future");
  }
  if (!(issuedAt <= nowMs)) {
    throw new Refusal(
      401,
      "'Issued at' claim ('iat') must be an Integer representing the time that the assertion was issued",
    );
  }
}

/** Whether grants include one such as `issues:write`; write includes read. */
export function satisfies(grants: Grants, wanted: string): boolean {
  const [name, level] = wanted.split(":") as [string, string];
  const held = grants[name];
  return held === "write" || (held === "read" && level === "read");
}

export function atLeast(held: Permission, wanted: Permission): boolean {
  return RANKS.indexOf(held) >= RANKS.indexOf(wanted);
}

/**
 * Lets the actor through or refuses as GitHub does: what one may not even see is 404, what one may not do is 403.
 * Anybody may read a public repository, also with a token for other repositories.
 */
export function authorize(world: World, actor: Actor, repo: Repository, need: Need, does: "reads" | "writes"): void {
  if (actor.kind === "app") throw new Refusal(401, "Bad credentials");
  if (repo.archived && does === "writes") throw new Refusal(403, "Repository was archived so is read-only.");
  const openToAll = repo.visibility === "public";
  if (actor.kind === "installation") {
    if (!actor.repositoryIds.has(repo.id)) {
      if (!openToAll) throw notFound();
      if (does === "writes") throw notAccessible();
      return;
    }
    if (!need.app.some((wanted) => satisfies(actor.grants, wanted))) throw notAccessible();
    return;
  }
  const held = actor.kind === "person" ? world.permission(repo, actor.account) : openToAll ? "read" : "none";
  if (held === "none") throw notFound();
  if (actor.kind === "anonymous" && does === "writes") throw new Refusal(401, "Requires authentication");
  if (!atLeast(held, need.person)) throw new Refusal(403, "Must have admin rights to Repository.");
}

/** Whose name stands under what the actor writes. */
export function authorOf(actor: Actor): Author {
  if (actor.kind === "person") return { account: actor.account, app: null };
  if (actor.kind === "installation") return { account: actor.installation.app.bot, app: actor.installation.app };
  throw new Refusal(401, "Requires authentication");
}
