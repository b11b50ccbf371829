import type { Actor } from "./auth.ts";
import type { Creates } from "./route.ts";
import { fullName } from "./state.ts";
import type { World } from "./world.ts";

/** What passed between a client and this server: for the log, for counting, and for checking against GitHub's description. */
export type Exchange = {
  readonly method: string;
  /** The address as it came, without its query. */
  readonly path: string;
  /** Path template of GitHub's description; null for what this server does not know. */
  readonly template: string | null;
  readonly params: Readonly<Record<string, string>>;
  readonly query: Readonly<Record<string, string>>;
  readonly requestBody: unknown;
  readonly status: number;
  readonly responseBody: unknown;
  /** "injected" when a test asked for this failure. */
  readonly origin: "answered" | "injected";
};

export type LoggedRequest = {
  readonly method: string;
  readonly path: string;
  readonly template: string | null;
  readonly status: number;
  readonly kind: "rest" | "graphql" | "download";
  readonly creates: Creates;
  readonly by: "anonymous" | "app" | "installation" | "person";
  /** The App's slug or the person's login. */
  readonly name: string | null;
  /** What the token is good for: full names, and grants such as `issues: write`. */
  readonly repositories: readonly string[];
  readonly grants: Readonly<Record<string, string>>;
};

export function kindOf(path: string): LoggedRequest["kind"] {
  if (path === "/graphql") return "graphql";
  return path.startsWith("/_codeload/") ? "download" : "rest";
}

export function logged(world: World, actor: Actor | null, exchange: Exchange, creates: Creates): LoggedRequest {
  const { method, path, template, status } = exchange;
  const isInstallation = actor?.kind === "installation";
  const ids = isInstallation ? [...actor.repositoryIds] : [];
  return {
    ...{ method, path, template, status, kind: kindOf(path), creates, by: actor?.kind ?? "anonymous" },
    name: nameOf(actor),
    repositories: ids.flatMap((id) => {
      const repo = world.repositories.get(id);
      return repo ? [fullName(repo)] : [];
    }),
    grants: isInstallation ? actor.grants : {},
  };
}

function nameOf(actor: Actor | null): string | null {
  if (actor?.kind === "installation") return actor.installation.app.slug;
  if (actor?.kind === "app") return actor.app.slug;
  return actor?.kind === "person" ? actor.account.login : null;
}
