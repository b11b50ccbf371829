import { expect, it } from "@jest/globals";
import { packed, unpacked } from "./packed.ts";

/** What PostgreSQL's `string_to_array` does. */
const apart = (text: string, separator: string, nothing: string) =>
  text === "" ? [] : text.split(separator).map((value) => (value === nothing ? null : value));

it.each([
  ["no row", []],
  ["a row", [["d-1", "issues"]]],
  [
    "values that are absent or empty",
    [
      ["d-1", null],
      ["", "x"],
    ],
  ],
  [
    "texts of all kinds",
    [
      ["a\n\tb", '{"body":"\\u0000"}'],
      ["'\\,{}\"", "ünï 🙂"],
    ],
  ],
  [
    "the very characters that take texts apart",
    [
      ["a\u001fb", "c\u001ed"],
      ["\u001d", null],
    ],
  ],
])("gives back %s", (_what, rows: readonly (readonly (string | null)[])[]) => {
  const [first = "", second = "", separator = "", nothing = ""] = packed(2, rows);
  const columns = [first, second].map((column) => apart(column, separator, nothing));
  expect(rows.map((_, at) => columns.map((column) => column[at]))).toEqual(rows);
});

it("refuses a text that leaves no character to take it apart at", () => {
  const all = Array.from({ length: 31 }, (_, at) => String.fromCharCode(at + 1)).join("");
  expect(() => packed(1, [[all]])).toThrow(RangeError);
  expect(() => packed(1, [[all.slice(1)]])).toThrow(RangeError);
  expect(packed(1, [[all.slice(2)]])).toEqual([all.slice(2), "\u0002", "\u0001"]);
});

it("counts parameters on from the first", () => {
  expect(unpacked(4, 2)).toBe("unnest(string_to_array($4, $6, $7), string_to_array($5, $6, $7))");
});
