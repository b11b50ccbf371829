import { createHash, createHmac, randomBytes, timingSafeEqual } from "node:crypto";

/** Somebody who is logged in. Their token stays in this process: a browser only holds a number that means nothing elsewhere. */
export type Session = {
  readonly login: string;
  readonly token: string;
  /** Set to 0 by logging out, for what is still open of it. */
  endsAt: number;
  /** What GitHub said they may read, by repository. */
  readonly rights: Map<string, { readonly may: boolean; readonly until: number }>;
};

/** A working day; whoever lost a right does not keep a page open for longer. */
const SESSION_MS = 8 * 60 * 60_000;
/** Each takes a few kilobytes; the longest unused login is asked for again. */
const SESSIONS_MAX = 1_000;

export class Sessions {
  readonly #byHash = new Map<string, Session>();

  /** @returns what the browser gets: nobody can guess it, and the map does not hold it either */
  begin(person: Pick<Session, "login" | "token">, secondsLeft: number | null, now: number): string {
    const id = randomBytes(32).toString("base64url");
    const endsAt = now + Math.min(SESSION_MS, (secondsLeft ?? Infinity) * 1000);
    this.#byHash.set(hashOf(id), { ...person, endsAt, rights: new Map() });
    for (const oldest of this.#byHash.keys()) if (this.#byHash.size > SESSIONS_MAX) this.#byHash.delete(oldest);
    return id;
  }

  find(id: string | undefined, now: number): Session | null {
    if (!id) return null;
    const hash = hashOf(id);
    const session = this.#byHash.get(hash) ?? null;
    if (session) this.#byHash.delete(hash);
    if (!session || session.endsAt <= now) return null;
    this.#byHash.set(hash, session);
    return session;
  }

  end(id: string | undefined): Session | null {
    const session = this.#byHash.get(hashOf(id ?? "")) ?? null;
    this.#byHash.delete(hashOf(id ?? ""));
    if (session) session.endsAt = 0;
    return session;
  }
}

function hashOf(id: string): string {
  return createHash("sha256").update(id).digest("base64url");
}

/** A login that was begun: what has to come back with it, and where the person wanted to go. */
export type Begun = { readonly state: string; readonly verifier: string; readonly to: string; readonly until: number };

/** Time to type a password and a second factor. */
const LOGIN_MS = 10 * 60_000;

/** Keeps begun logins in the browser that began them, sealed: strangers who begin a million take no memory here. */
export class LoginSeal {
  readonly #key = randomBytes(32);

  begin(to: string, now: number): { readonly begun: Begun; readonly sealed: string; readonly challenge: string } {
    const fresh = () => randomBytes(32).toString("base64url");
    const begun = { state: fresh(), verifier: fresh(), to, until: now + LOGIN_MS };
    const content = Buffer.from(JSON.stringify(begun)).toString("base64url");
    const challenge = createHash("sha256").update(begun.verifier).digest("base64url");
    return { begun, sealed: `${content}.${this.#seal(content)}`, challenge };
  }

  /** @returns null for what this server did not seal, what is too old, and another login's state */
  open(sealed: string | undefined, state: string, now: number): Begun | null {
    const [content = "", seal = ""] = (sealed ?? "").split(".");
    if (!isSame(seal, this.#seal(content))) return null;
    const begun = JSON.parse(Buffer.from(content, "base64url").toString("utf8")) as Begun;
    return begun.until > now && isSame(begun.state, state) ? begun : null;
  }

  #seal(content: string): string {
    return createHmac("sha256", this.#key).update(content).digest("base64url");
  }
}

function isSame(one: string, other: string): boolean {
  const [a, b] = [Buffer.from(one), Buffer.from(other)];
  return a.length === b.length && timingSafeEqual(a, b);
}
