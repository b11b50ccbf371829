import { expect, it } from "@jest/globals";
import { placesIn, tellsOfPlaces } from "./webhook-places.ts";

const repository = { id: 7, full_name: "acme/app" };
const other = { id: 8, full_name: "acme/tools" };
const at = (owner: string, name: string, repositoryId: number) => ({ owner, name, repositoryId, installationId: 3 });

it.each<[string, object, readonly object[]]>([
  ["repository", { action: "renamed", repository }, [at("acme", "app", 7)]],
  ["repository", { action: "transferred", repository }, [at("acme", "app", 7)]],
  ["repository", { action: "edited", repository }, []],
  ["installation", { action: "created", repositories: [repository, other] }, [at("acme", "app", 7), at("acme", "tools", 8)]], // prettier-ignore
  ["installation", { action: "deleted", repositories: [repository] }, []],
  ["installation_repositories", { action: "added", repositories_added: [other] }, [at("acme", "tools", 8)]],
  ["installation_repositories", { action: "removed", repositories_added: [other] }, []],
  ["issues", { action: "renamed", repository }, []],
  ["repository", { action: "renamed", repository: { id: 7, full_name: "no-owner" } }, []],
  ["repository", { action: "renamed", repository: { id: 7, full_name: "too/many/parts" } }, []],
  ["repository", { action: "renamed", repository: { full_name: "acme/app" } }, []],
])("%s %j tells where a repository is now", (name, payload, places) => {
  expect(placesIn({ name, id: "1", payload: { installation: { id: 3 }, ...payload } })).toEqual(places);
});

it("says which events tell of places, and finds none in a body that is empty", () => {
  expect(["repository", "installation", "installation_repositories", "issues", "toString"].map(tellsOfPlaces)).toEqual([
    true,
    true,
    true,
    false,
    false,
  ]);
  for (const payload of [null, {}, { action: "renamed" }])
    expect(placesIn({ name: "repository", id: "1", payload })).toEqual([]);
});
