import type { MissingRights } from "../forge/forge.ts";
import type { Rest } from "./client.ts";

/**
 * What an installation was not granted. GitHub gives no token at all when one asks for more than there is, as after an update
 * of the App whose new permissions nobody has accepted yet; so one is asked for with what is there.
 */
export type Permissions = Readonly<Record<string, "read" | "write">>;

type Narrowed = { readonly permissions: Permissions; readonly missing: MissingRights; readonly until: number };

/** So long it is not looked whether somebody has granted the rest: a look costs three requests. */
const NARROWED_MS = 10 * 60_000;

export class Rights {
  readonly #narrowed = new Map<number, Narrowed>();
  readonly #nowMs: () => number;

  constructor(nowMs: () => number = () => performance.now()) {
    this.#nowMs = nowMs;
  }

  /** Of a repository: what to ask for. */
  toAsk(repositoryId: number, wanted: Permissions): Permissions {
    const known = this.#narrowed.get(repositoryId);
    if (known && known.until > this.#nowMs()) return known.permissions;
    this.#narrowed.delete(repositoryId);
    return wanted;
  }

  missing(repositoryId: number): MissingRights | null {
    return this.#narrowed.get(repositoryId)?.missing ?? null;
  }

  /** @returns what may be asked for instead, or null when nothing of what was wanted is missing */
  async narrow(
    app: Rest,
    installationId: number,
    repositoryId: number,
    wanted: Permissions,
  ): Promise<Permissions | null> {
    const answer = await app.rest.apps.getInstallation({ installation_id: installationId }).catch(() => null);
    if (!answer) return null;
    const granted = answer.data.permissions as Readonly<Record<string, string | undefined>>;
    const names = Object.keys(wanted).filter((name) => !covers(granted[name], wanted[name]));
    if (names.length === 0) return null;
    const kept = Object.keys(wanted).flatMap((name): [string, "read" | "write"][] => {
      const held = granted[name];
      if (!names.includes(name)) return [[name, wanted[name] ?? "read"]];
      return held === "read" ? [[name, "read"]] : [];
    });
    const permissions = Object.fromEntries(kept);
    const missing = { rights: names.map((name) => `${name}: ${wanted[name]}`), page: answer.data.html_url };
    this.#narrowed.set(repositoryId, { permissions, missing, until: this.#nowMs() + NARROWED_MS });
    return permissions;
  }
}

function covers(held: string | undefined, wanted: string | undefined): boolean {
  return held === "write" || held === "admin" || held === wanted;
}
