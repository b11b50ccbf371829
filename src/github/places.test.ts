import { expect, it } from "@jest/globals";
import type { Rest } from "./client.ts";
import { Places } from "./places.ts";

/** Where repositories are today, by id: as tokens tell it, and who was told of a move. */
const TOKENS = "/app/installations/{installation_id}/access_tokens";
type Heard = (response: { data: unknown }, options: Record<string, unknown>) => void;

function placesOf() {
  const moved: unknown[] = [];
  const places = new Places((place) => moved.push(place));
  const heard: Heard[] = [];
  places.attach({ hook: { after: (_name: string, hear: Heard) => heard.push(hear) } } as unknown as Rest);
  const answered = (url: string, repositories?: readonly [number, string, string][]) => {
    const named = repositories?.map(([id, login, name]) => ({ id, name, owner: { login } }));
    for (const hear of heard) hear({ data: { repositories: named } }, { url, installation_id: "5" });
    return moved.splice(0);
  };
  return { places, answered };
}

it("knows what was learnt, by id", () => {
  const { places } = placesOf();
  expect(places.of(1)).toBe(null);
  places.learn(1, { owner: "acme", name: "shop" });
  places.learn(2, { owner: "acme", name: "docs" });
  expect([places.of(1), places.of(2)]).toEqual([
    { owner: "acme", name: "shop" },
    { owner: "acme", name: "docs" },
  ]);
  places.learn(1, { owner: "acme", name: "" });
  expect(places.of(1)).toEqual({ owner: "acme", name: "shop" });
});

it("gives a name to whoever has it today, however it is written", () => {
  const { places } = placesOf();
  places.learn(1, { owner: "acme", name: "shop" });
  places.learn(2, { owner: "other", name: "shop" });
  places.learn(3, { owner: "Acme", name: "Shop" });
  expect([1, 2, 3].map((id) => places.of(id)?.owner ?? null)).toEqual([null, "other", "Acme"]);
});

it("hears from tokens who was moved, and says so once", () => {
  const { places, answered } = placesOf();
  expect(answered("/repos/{owner}/{repo}", [[1, "acme", "shop"]])).toEqual([]);
  expect(places.of(1)).toBe(null);
  expect(answered(TOKENS)).toEqual([]);
  const first = [
    { owner: "acme", name: "shop", repositoryId: 1, installationId: 5 },
    { owner: "acme", name: "docs", repositoryId: 2, installationId: 5 },
  ];
  expect(answered(TOKENS, [[1, "acme", "shop"], [2, "acme", "docs"]])).toEqual(first); // prettier-ignore
  expect(answered(TOKENS, [[1, "ACME", "shop"]])).toEqual([]);
  expect(answered(TOKENS, [[1, "new", "shop"]])).toEqual([{ ...first[0], owner: "new" }]);
  expect(places.of(1)).toEqual({ owner: "new", name: "shop" });
});
