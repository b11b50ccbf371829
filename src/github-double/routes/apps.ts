import type { Actor } from "../auth.ts";
import { isJson } from "../input.ts";
import { listed, page } from "../paging.ts";
import { Refusal, notAccessible, notFound } from "../refusal.ts";
import { type Call, type Route, anywhere } from "../route.ts";
import type { App, Grants, Installation } from "../state.ts";
import { appView, installationView } from "../views/account.ts";
import { repositoryView } from "../views/repository.ts";

/** The App itself, its installations and their tokens. */

export function appOf({ actor }: { readonly actor: Actor }): App {
  if (actor.kind === "app") return actor.app;
  throw new Refusal(401, "A JSON web token could not be decoded");
}

function installationOf(call: Call): Installation {
  const app = appOf(call);
  const found = call.world.installations.get(Number(call.params["installation_id"]));
  if (found?.app !== app) throw notFound();
  return found;
}

function createToken(call: Call) {
  const installation = installationOf(call);
  const { body, world } = call;
  const byName = body["repositories"] as string[] | undefined;
  const byId = body["repository_ids"] as number[] | undefined;
  if ([byName, byId].some((list) => list !== undefined && !Array.isArray(list)))
    throw new Refusal(422, "Invalid request.");
  const named = byName?.map((name) => world.repository(installation.account.login, String(name))?.id ?? -1);
  const ids = byName || byId ? new Set([...(named ?? []), ...(byId ?? [])]) : null;
  const grants = isJson(body["permissions"]) ? (body["permissions"] as Grants) : null;
  const made = call.tokens.forInstallation(installation, ids, grants);
  const repositories = [...made.repositoryIds].flatMap((id) => world.repositories.get(id) ?? []);
  return {
    status: 201,
    body: {
      token: made.token,
      expires_at: `${new Date(made.expiresAtMs).toISOString().slice(0, 19)}Z`,
      permissions: made.grants,
      repository_selection: "selected",
      ...(ids ? { repositories: repositories.map((repo) => repositoryView(world, repo)) } : {}),
    },
  };
}

function installationRepositories(call: Call) {
  const { actor, world } = call;
  if (actor.kind !== "installation") throw notAccessible();
  const all = [...actor.repositoryIds].flatMap((id) => world.repositories.get(id) ?? []);
  const { items, headers } = page(call, all);
  const repositories = items.map((repo) => repositoryView(world, repo));
  return { status: 200, headers, body: { total_count: all.length, repository_selection: "selected", repositories } };
}

/** Which installation covers a repository: GitHub asks for the App's own JWT here and answers for that App only. */
function repositoryInstallation(call: Call) {
  const app = appOf(call);
  const repo = call.world.repository(call.params["owner"] ?? "", call.params["repo"] ?? "");
  const found = repo && call.world.installationsOf(repo).find((installation) => installation.app === app);
  if (!found) throw notFound();
  return { status: 200, body: installationView(call.world, found) };
}

export const appRoutes: readonly Route[] = [
  anywhere("GET /app", (call) => ({ status: 200, body: appView(call.world, appOf(call)) })),
  anywhere("GET /app/installations", (call) => {
    const app = appOf(call);
    const own = [...call.world.installations.values()].filter((installation) => installation.app === app);
    return listed(call, own, (installation) => installationView(call.world, installation));
  }),
  anywhere("GET /app/installations/{installation_id}", (call) => ({
    status: 200,
    body: installationView(call.world, installationOf(call)),
  })),
  anywhere("POST /app/installations/{installation_id}/access_tokens", createToken),
  anywhere("GET /installation/repositories", installationRepositories),
  anywhere("GET /repos/{owner}/{repo}/installation", repositoryInstallation),
];
