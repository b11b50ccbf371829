import { expect, it } from "@jest/globals";
import { packed, unpacked } from "./packed.ts";

const texts = (first: number, last: number) =>
  Array.from({ length: last - first + 1 }, (_, at) => String.fromCharCode(first + at)).join("");
const CONTROLS = texts(0x01, 0x1f);

/** What PostgreSQL's `string_to_array` does, and `[2:]` behind it. */
const apart = (text: string, separator: string, nothing: string) =>
  (text === "" ? [] : text.split(separator).map((value) => (value === nothing ? null : value))).slice(1);

it.each([
  ["no row", []],
  ["a row", [["d-1", "issues"]]],
  ["a row with an empty value, alone", [["d-1", ""]]],
  ["a row with nothing but empty values, alone", [["", ""]]],
  ["every character of control", [[CONTROLS, "x"]]],
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
  const all = CONTROLS + texts(0xe000, 0xf8ff);
  expect(() => packed(1, [[all]])).toThrow(RangeError);
  expect(() => packed(1, [[all.slice(1)]])).toThrow(RangeError);
  expect(packed(1, [[all.slice(2)]])).toEqual([`\u0002${all.slice(2)}`, "\u0002", "\u0001"]);
});

it("counts parameters on from the first", () => {
  expect(unpacked(4, 2)).toBe("unnest((string_to_array($4, $6, $7))[2:], (string_to_array($5, $6, $7))[2:])");
});
