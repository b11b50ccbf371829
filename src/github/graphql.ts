import { ForgeAway } from "../forge/forge.ts";
import type { Client } from "./client.ts";
import { type Answer, ask } from "./wire.ts";
import { WHY_CHARS_MAX } from "../core/ledger/limits.ts";

/**
 * What is asked in GraphQL. Its own errors come with status 200, beside whatever of the answer could be given. A refusal is a value in
 * GitHub's words; where GitHub failed inside, nobody knows whether the act was done, and it is away. A server without GraphQL
 * answers 404 or 501, which is a refusal as well: whoever asked says what could not be done.
 */
export async function graphql<T>(
  client: Client,
  what: string,
  query: string,
  variables: Readonly<Record<string, unknown>>,
): Promise<Answer<T>> {
  const asked = await answered<T>(client, what, query, variables);
  if (!("errors" in asked)) return asked;
  const reason = reasonOf(asked);
  if (!asked.errors.some(isTrouble)) return { ok: false, status: 200, reason };
  throw new ForgeAway(`GitHub failed while ${what}: ${reason}`, null, isMutation(query) ? "unknown" : "not-done");
}

/**
 * A question of which each part is good by itself: a part that was refused, or in which GitHub failed, is left out.
 * @returns null where nothing can be told, and another way of asking is worth a try
 */
export async function graphqlParts<T extends object>(
  client: Client,
  what: string,
  query: string,
  variables: Readonly<Record<string, unknown>>,
): Promise<T | null> {
  try {
    const asked = await answered<Record<string, T | null>>(client, what, query, variables);
    if ("errors" in asked) return whole<T>(asked);
    const [root] = asked.ok ? Object.values(asked.data) : [];
    return root ?? null;
  } catch (error) {
    // GitHub gives up on a large question that it answers well in parts. A limit counts for those as well.
    if (error instanceof ForgeAway && error.nature === "away" && error.retryAfterMs === null) return null;
    throw error;
  }
}

type Failed<T> = {
  readonly message: string;
  readonly errors: readonly Failure[];
  /** What came all the same. */
  readonly data: T | null;
};
type Failure = { readonly type?: unknown; readonly message?: unknown; readonly path?: unknown };

async function answered<T>(
  { rest }: Client,
  what: string,
  query: string,
  variables: Readonly<Record<string, unknown>>,
): Promise<Answer<T> | Failed<T>> {
  try {
    const request = rest.graphql<T>(query, { ...variables });
    return await ask(
      what,
      request.then((data) => ({ data, status: 200 })),
    );
  } catch (error) {
    if (error instanceof Error && error.name === "GraphqlResponseError") {
      const { errors, data } = error as { errors?: readonly (Failure | null)[]; data?: T };
      return { message: error.message, errors: (errors ?? []).filter((one) => one !== null), data: data ?? null };
    }
    // 501 is how a server says that it has no GraphQL at all.
    if (error instanceof ForgeAway && /not implemented/i.test(error.message))
      return { ok: false, status: 501, reason: "This server has no GraphQL." };
    throw error;
  }
}

function isMutation(query: string): boolean {
  return /^\s*mutation\b/.test(query);
}

/** GitHub's words when it broke or took too long, and the kinds it gives such errors. */
const TROUBLE = /something went wrong|timed? ?out|timeout|respond to your request in time/i;
const TROUBLED: ReadonlySet<unknown> = new Set(["INTERNAL", "INTERNAL_ERROR", "SERVICE_UNAVAILABLE", "TIMEOUT", "LOADING"]); // prettier-ignore

/** An error of a known kind is a refusal: the check or the branch that it names may be called "timeout". */
function isTrouble({ type, message }: Failure): boolean {
  return TROUBLED.has(type) || (typeof type !== "string" && typeof message === "string" && TROUBLE.test(message));
}

function reasonOf({ errors, message }: Failed<unknown>): string {
  const said = errors.flatMap((one) => (typeof one.message === "string" ? [one.message] : []));
  return (said.length > 0 ? said.join(": ") : message).slice(0, WHY_CHARS_MAX);
}

/** An error names its place from the root on. One without a place may be about anything. */
function whole<T extends object>({ data, errors }: Failed<Record<string, T | null>>): T | null {
  const [root] = Object.values(data ?? {});
  if (!root || errors.length === 0) return null;
  const broken = new Set<unknown>();
  for (const { path } of errors) {
    if (!Array.isArray(path) || path.length < 2) return null;
    broken.add(path[1]);
  }
  return Object.fromEntries(Object.entries(root).filter(([name]) => !broken.has(name))) as T;
}
