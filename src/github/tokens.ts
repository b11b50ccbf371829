import { ForgeAway } from "../forge/forge.ts";
import type { Client, Rest } from "./client.ts";
import type { Places } from "./places.ts";
import type { Permissions, Rights } from "./rights.ts";
import type { RepositoryPlace } from "../core/ledger/forge-ref.ts";

/** Tokens: one for each repository, with no more rights than the work needs. */
type TokenScope = {
  readonly repositoryIds?: number[];
  readonly permissions: Permissions;
};

/** @param refresh `now`: the one before was refused, or does not tell what has to be known */
export type TokenSource = (refresh: "now" | "when-old") => Promise<string>;

/** For everything that an installation covers. */
export function installationTokens(app: Rest, installationId: number, scope: TokenScope): TokenSource {
  const read = async (isFresh: boolean) => {
    const wanted = { type: "installation", installationId, ...scope, refresh: isFresh };
    return ((await app.auth(wanted)) as { token?: unknown }).token;
  };
  return async (refresh) => {
    const token = await read(refresh === "now");
    if (isToken(token)) return token;
    const again = await read(true);
    if (isToken(again)) return again;
    throw new ForgeAway("GitHub's answer could not be read while asking for a token.", null, "not-done");
  };
}

/** An answer without a body, or with half of one, has no token in it, and what keeps tokens keeps it as these words. */
function isToken(token: unknown): token is string {
  return typeof token === "string" && !["", "undefined", "null"].includes(token);
}

/** An installation that ended (404), and one that does not cover this repository any more (422). */
const ENDED: ReadonlySet<number> = new Set([404, 422]);

export function isEnded(error: unknown): boolean {
  return ENDED.has(Number((error as { status?: unknown }).status));
}

/**
 * For one repository, through whichever installation covers it now: after the App was taken off and installed anew, or the
 * repository went to another owner, the installation that the ledger names gives no token any more.
 */
export function repositoryTokens(
  { app, places, rights, onMoved }: TokenParts,
  of: RepositoryPlace,
  permissions: Permissions,
): TokenSource {
  let { installationId } = of;
  const { repositoryId } = of;
  const tokenFrom = (id: number, asked: Permissions) =>
    installationTokens(app, id, { repositoryIds: [repositoryId], permissions: asked });
  return async (refresh) => {
    try {
      return await tokenFrom(installationId, rights.toAsk(repositoryId, permissions))(refresh);
    } catch (error) {
      if (!isEnded(error)) throw error;
      const less = isAboutRights(error) ? await rights.narrow(app, installationId, repositoryId, permissions) : null;
      if (less) return tokenFrom(installationId, less)("now");
      const place = places.of(repositoryId) ?? of;
      const found = await installationOf(app, place);
      if (found === null || found === installationId) throw error;
      const token = await tokenFrom(found, rights.toAsk(repositoryId, permissions))("now");
      installationId = found;
      onMoved({ ...(places.of(repositoryId) ?? place), repositoryId, installationId });
      return token;
    }
  };
}

type TokenParts = {
  readonly app: Rest;
  readonly places: Places;
  readonly rights: Rights;
  readonly onMoved: (place: RepositoryPlace) => void;
};

/** It covers the repository, but does not give the App what is asked for. */
export function isAboutRights(error: unknown): boolean {
  return error instanceof Error && /permissions? requested/i.test(error.message);
}

async function installationOf(app: Rest, { owner, name: repo }: { owner: string; name: string }) {
  const answer = await app.rest.apps.getRepoInstallation({ owner, repo }).catch(() => null);
  return answer?.data.id ?? null;
}

/** What happens to a request before its token is put on it. */
export type Before = (asked: Asked, tokenOf: TokenSource) => Promise<void>;

/** Puts the token on each request; one that was taken back early is renewed once (a 401 means that nothing was done). */
export function authorise(rest: Rest, tokenOf: TokenSource, before: Before): void {
  rest.hook.wrap("request", async (request, options) => {
    await before(options as Asked, tokenOf);
    options.headers["authorization"] = `token ${await tokenOf("when-old")}`;
    try {
      return await request(options);
    } catch (error) {
      if ((error as { status?: unknown }).status !== 401) throw error;
      options.headers["authorization"] = `token ${await tokenOf("now")}`;
      return request(options);
    }
  });
}

/** A request's parameters before they are put into its address. */
type Asked = { owner?: unknown; repo?: unknown; variables?: { owner?: unknown; repo?: unknown } };

/** Writes today's name into a request: the one that it was made with may belong to another repository by now. */
export function addressed(places: Places, repositoryId: number): Before {
  return async (options, tokenOf) => {
    if (!places.of(repositoryId)) await tokenOf("now");
    const place = places.of(repositoryId);
    if (!place) return;
    for (const named of [options, options.variables ?? {}])
      if (named.owner !== undefined && named.repo !== undefined) [named.owner, named.repo] = [place.owner, place.name];
  };
}

/** Names a repository as it is called at the moment of asking. */
export function whereNow(places: Places, { owner, name, repositoryId }: RepositoryPlace): Client["at"] {
  return {
    get owner() {
      return places.of(repositoryId)?.owner ?? owner;
    },
    get repo() {
      return places.of(repositoryId)?.name ?? name;
    },
  };
}
