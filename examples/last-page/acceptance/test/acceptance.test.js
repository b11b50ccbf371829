import assert from "node:assert/strict";
import { test } from "node:test";
import { links, pageCount } from "../src/index.js";

test("counts pages and leads to none that is empty", () => {
  for (const [total, pages] of [[0, 1], [1, 1], [19, 1], [20, 1], [21, 2], [40, 2], [41, 3], [60, 3]])
    assert.equal(pageCount({ total, perPage: 20 }), pages, `${total} items`);
  const rels = (total, page) => links({ total, perPage: 20, page, url: "/p" }).map(({ rel, href }) => `${rel} ${href}`);
  assert.deepEqual(rels(40, 2), ["first /p?page=1", "prev /p?page=1", "last /p?page=2"]);
  assert.deepEqual(rels(0, 1), ["first /p?page=1", "last /p?page=1"]);
});
