import assert from "node:assert/strict";
import { test } from "node:test";
import { links } from "../src/links.js";

const rels = (options) => links({ perPage: 20, url: "/posts", ...options }).map((link) => link.rel);

test("leaves out prev on the first and next on the last page", () => {
  assert.deepEqual(rels({ total: 41, page: 1 }), ["first", "next", "last"]);
  assert.deepEqual(rels({ total: 41, page: 3 }), ["first", "prev", "last"]);
});

test("points at pages by number", () => {
  assert.equal(links({ total: 41, perPage: 20, page: 1, url: "/posts" })[1].href, "/posts?page=2");
});
