import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "@jest/globals";

/** Which rooms a room knows (decision 14). */
const KNOWN: Readonly<Record<string, readonly string[]>> = {
  syntax: [],
  tests: ["syntax"],
  settings: ["tests"],
  unfinished: ["tests", "syntax"],
  weakening: ["tests", "syntax"],
  mutants: ["unfinished", "tests", "syntax"],
  answers: ["weakening", "tests", "syntax"],
};

it("knows only the rooms below it", () => {
  const arrows = Object.keys(KNOWN).flatMap((room) =>
    readdirSync(join(import.meta.dirname, room))
      .filter((name) => !name.endsWith(".test.ts"))
      .flatMap((name) => {
        const text = readFileSync(join(import.meta.dirname, room, name), "utf8");
        return [...text.matchAll(/from "\.\.\/([a-z]+)\/[^"]+"/g)].map(([, to = ""]) => ({ room, name, to }));
      }),
  );
  expect(arrows.length).toBeGreaterThan(100);
  expect(arrows.filter(({ room, to }) => !KNOWN[room]?.includes(to))).toEqual([]);
});

it("has no file outside of its rooms", () => {
  const outside = readdirSync(import.meta.dirname).filter((name) => !(name in KNOWN));
  expect(outside).toEqual(["rooms.test.ts"]);
});
