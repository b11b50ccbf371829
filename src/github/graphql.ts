import { ForgeAway } from "../forge/forge.ts";
import type { Client } from "./client.ts";
import { type Answer, ask } from "./wire.ts";
import { WHY_CHARS_MAX } from "../core/ledger/limits.ts";

/**
 * One question in GraphQL. Its own errors come with status 200; they are refusals like any other, in GitHub's words. A server
 * without GraphQL answers 404 or 501, which is a refusal as well: whoever asked says what could not be done.
 */
export async function graphql<T>(
  { rest }: Client,
  what: string,
  query: string,
  variables: Readonly<Record<string, unknown>>,
): Promise<Answer<T>> {
  try {
    const request = rest.graphql<T>(query, { ...variables });
    return await ask(
      what,
      request.then((data) => ({ data, status: 200 })),
    );
  } catch (error) {
    if (error instanceof Error && error.name === "GraphqlResponseError")
      return { ok: false, status: 200, reason: reasonOf(error) };
    // 501 is how a server says that it has no GraphQL at all.
    if (error instanceof ForgeAway && /not implemented/i.test(error.message))
      return { ok: false, status: 501, reason: "This server has no GraphQL." };
    throw error;
  }
}

function reasonOf(error: Error): string {
  const { errors } = error as { errors?: readonly { readonly message?: unknown }[] };
  const said = (errors ?? []).flatMap(({ message }) => (typeof message === "string" ? [message] : []));
  return (said.length > 0 ? said.join(": ") : error.message).slice(0, WHY_CHARS_MAX);
}
