import assert from "node:assert/strict";
import { test } from "node:test";
import { pageCount, pageOf } from "../src/pages.js";

test("counts full and partly filled pages", () => {
  assert.equal(pageCount({ total: 41, perPage: 20 }), 3);
  assert.equal(pageCount({ total: 1, perPage: 20 }), 1);
});

test("gives the items of a page", () => {
  const items = [1, 2, 3, 4, 5];
  assert.deepEqual(pageOf({ items, page: 1, perPage: 2 }), [1, 2]);
  assert.deepEqual(pageOf({ items, page: 3, perPage: 2 }), [5]);
});

test("refuses a page size that is none", () => {
  assert.throws(() => pageCount({ total: 5, perPage: 0 }), RangeError);
});
