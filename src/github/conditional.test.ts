import { expect, it } from "@jest/globals";
import { ConditionalCache } from "./conditional.ts";

/** Answers that are kept by their ETag, as many as fit: two bytes for each character of their JSON. */
const answer = (bytes: number, etag = "e") => ({ etag, data: "x".repeat(bytes / 2 - 2), link: undefined });
const [ENTRY, ALL] = [512_000, 8_000_000];

it("gives back what was put there, whole", () => {
  const cache = new ConditionalCache();
  expect(cache.get("a")).toBeUndefined();
  cache.put("a", { etag: "1", data: { n: 1 }, link: "<next>" });
  expect(cache.get("a")).toMatchObject({ etag: "1", data: { n: 1 }, link: "<next>" });
  cache.put("a", { etag: "2", data: [], link: undefined });
  expect(cache.get("a")).toMatchObject({ etag: "2", data: [] });
});

it("keeps no answer that is too large, and not the older one in its place", () => {
  const cache = new ConditionalCache();
  cache.put("a", answer(ENTRY));
  expect(cache.get("a")).toBeDefined();
  cache.put("a", answer(ENTRY + 2));
  expect(cache.get("a")).toBeUndefined();
});

it("drops what was unused for longest, and no more than it must", () => {
  const cache = new ConditionalCache();
  const full = ["a", "b", "c", "d", "e", "f", "g", "h", "i", "j", "k", "l", "m", "n", "o"];
  for (const key of full) cache.put(key, answer(ENTRY));
  cache.put("rest", answer(ALL - full.length * ENTRY));
  expect(full.filter((key) => cache.get(key) === undefined)).toEqual([]);
  expect(cache.get("a")).toBeDefined();
  cache.put("more", answer(4));
  expect(["rest", ...full].filter((key) => cache.get(key) === undefined)).toEqual(["rest"]);
});

it("counts one that is put again once", () => {
  const cache = new ConditionalCache();
  cache.put("first", answer(ENTRY));
  for (let time = 0; time < 20; time++) cache.put("again", answer(ENTRY));
  expect(cache.get("first")).toBeDefined();
});
