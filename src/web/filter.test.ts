import { expect, it } from "@jest/globals";
import { filterIn } from "./filter.ts";

/** An address is anybody's to write. */
it.each([
  ["q=%20%20a%20b%20", { words: "a b", phase: null, page: 1 }],
  [`q=${"w".repeat(200)}&page=10000`, { words: "w".repeat(200), page: 10_000 }],
  [`q=${"w".repeat(201)}&page=10001`, { words: "w".repeat(200), page: 10_000 }],
  ["page=999999", { page: 10_000 }],
  ["page=1000000", { page: 1 }],
  ["page=0", { page: 1 }],
  ["page=-2", { page: 1 }],
  ["phase=ready", { phase: "ready" }],
  ["phase=toString", { phase: null }],
])("what is looked for in the list: %.40s", (query, filter) => {
  expect(filterIn(new URLSearchParams(query))).toMatchObject(filter);
});
