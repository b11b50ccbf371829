import type { Forge } from "../forge/forge.ts";
import type { Client } from "./client.ts";
import { graphql } from "./graphql.ts";

const FIND = `query ($owner: String!, $repo: String!, $ref: String!) {
  repository(owner: $owner, name: $repo) { ref(qualifiedName: $ref) { id target { oid } } }
}`;

const REMOVE = `mutation ($id: ID!) { deleteRef(input: { refId: $id }) { clientMutationId } }`;

type Found = {
  readonly repository: { readonly ref: { readonly id: string; readonly target: { readonly oid: string } } | null };
};

/** By its id and not by its name, which GitHub would take whatever the branch has become meanwhile. */
export function removeBranch(client: Client): Forge["removeBranch"] {
  return async (branch, atSha) => {
    const { owner, repo } = client.at;
    const found = await graphql<Found>(client, "reading the branch", FIND, {
      owner,
      repo,
      ref: `refs/heads/${branch}`,
    });
    const ref = found.ok ? found.data.repository.ref : null;
    if (ref?.target.oid !== atSha) return "kept";
    const removed = await graphql(client, "removing the merged branch", REMOVE, { id: ref.id });
    return removed.ok ? "removed" : "kept";
  };
}
