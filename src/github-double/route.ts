import type { Actor, Need, Tokens } from "./auth.ts";
import type { Json } from "./input.ts";
import type { Repository } from "./state.ts";
import type { Webhooks } from "./webhooks.ts";
import type { World } from "./world.ts";

/** A row of the API's table: which request, who may send it, and what answers it. */
export type Method = "GET" | "POST" | "PUT" | "PATCH" | "DELETE";

export type Answer = {
  readonly status: number;
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
  /** Bytes as they are, in place of JSON. */
  readonly raw?: Buffer;
};

export type Call = {
  readonly world: World;
  readonly tokens: Tokens;
  readonly webhooks: Webhooks;
  readonly actor: Actor;
  readonly params: Readonly<Record<string, string>>;
  readonly query: URLSearchParams;
  readonly body: Json;
  readonly accept: string;
  /** The whole address that was asked for, without its query. */
  readonly address: string;
};

export type RepoCall = Call & { readonly repo: Repository };

/** What people see or are told of counts as content; git objects, refs and labels do not. */
export type Creates = "content" | "nothing";

export type Route = { readonly method: Method; readonly template: string; readonly creates: Creates } & (
  | { readonly scope: "repository"; readonly need: Need; readonly handle: (call: RepoCall) => Answer }
  | { readonly scope: "anywhere"; readonly handle: (call: Call) => Answer }
);

/** A route below `/repos/{owner}/{repo}`; `line` is the method and the rest of the path, `grants` one of "issues:write". */
export function inRepo(
  line: string,
  need: Need,
  handle: (call: RepoCall) => Answer,
  creates: Creates = "nothing",
): Route {
  const [method, rest = ""] = line.split(" ") as [Method, string?];
  return { scope: "repository", method, template: `/repos/{owner}/{repo}${rest}`, need, creates, handle };
}

export function anywhere(line: string, handle: (call: Call) => Answer): Route {
  const [method, template] = line.split(" ") as [Method, string];
  return { scope: "anywhere", method, template, creates: "nothing", handle };
}

export function may(person: Need["person"], ...app: string[]): Need {
  return { app, person };
}

/** Parameters whose values may contain slashes. */
const WITH_SLASHES = new Set(["path", "ref", "branch", "basehead"]);

export type Match = { readonly route: Route; readonly params: Record<string, string> };

/** Finds the route of a request. Routes are tried in their order: the more special one stands first. */
export class Router {
  readonly #rows: { readonly route: Route; readonly pattern: RegExp }[];

  constructor(routes: readonly Route[]) {
    this.#rows = routes.map((route) => ({ route, pattern: patternOf(route.template) }));
  }

  /** The match, or "no-route"; a part that is not valid percent-encoding matches nothing. */
  find(method: string, path: string): Match | "no-route" {
    for (const { route, pattern } of this.#rows) {
      const groups = route.method === method ? pattern.exec(path)?.groups : undefined;
      if (!groups && !(route.method === method && pattern.test(path))) continue;
      try {
        const params = Object.entries(groups ?? {}).map(([name, value]) => [name, decodeURIComponent(value)] as const);
        return { route, params: Object.fromEntries(params) };
      } catch {
        return "no-route";
      }
    }
    return "no-route";
  }
}

function patternOf(template: string): RegExp {
  const source = template
    .split(/(\{[a-z_]+\})/)
    .map((part) => {
      const name = /^\{([a-z_]+)\}$/.exec(part)?.[1];
      if (!name) return part.replace(/[.]/g, "\\.");
      return WITH_SLASHES.has(name) ? `(?<${name}>.+?)` : `(?<${name}>[^/]+)`;
    })
    .join("");
  return new RegExp(`^${source}$`);
}
