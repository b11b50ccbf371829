import fc from "fast-check";
import { expect, it } from "@jest/globals";
import { columns } from "./table.ts";

const HEAD = ["Ticket", "State", "Cost", "Title"];
const ROWS = [
  ["12", "Waiting for an answer", "$0.00", "Add a loud option to greet, so that it carries across a hall"],
  ["1", "Approved", "$12.5", ""],
];

it.each<[width: number, lines: string[]]>([
  [
    Infinity,
    [
      "Ticket  State                   Cost  Title",
      "    12  Waiting for an answer  $0.00  Add a loud option to greet, so that it carries across a hall",
      "     1  Approved               $12.5",
    ],
  ],
  [
    70,
    [
      "Ticket  State                   Cost  Title",
      "    12  Waiting for an answer  $0.00  Add a loud option to greet, so",
      "                                      that it carries across a hall",
      "     1  Approved               $12.5",
    ],
  ],
  [
    50,
    [
      "Ticket 12  State Waiting for an answer  Cost $0.00",
      "  Title Add a loud option to greet, so that it",
      "  carries across a hall",
      "Ticket 1  State Approved  Cost $12.5",
    ],
  ],
  [
    20,
    [
      "Ticket 12",
      "  State Waiting for",
      "  an answer",
      "  Cost $0.00",
      "  Title Add a loud",
      "  option to greet,",
      "  so that it carries",
      "  across a hall",
      "Ticket 1",
      "  State Approved",
      "  Cost $12.5",
    ],
  ],
])("a table in a terminal of %d columns", (width, lines) => {
  expect(columns(HEAD, ROWS, width)).toEqual(lines);
});

const word = fc.stringMatching(/^[a-z]{1,12}$/);
const text = fc.array(word, { maxLength: 12 }).map((words) => words.join(" "));

it("holds every word at every width, and no line longer than the terminal where its words are not", () => {
  const rows = fc.array(fc.tuple(word, text, text), { minLength: 1, maxLength: 5 });
  fc.assert(
    fc.property(rows, fc.integer({ min: 24, max: 220 }), (given, width) => {
      const lines = columns(["One", "Two", "Three"], given, width);
      expect(lines.filter((line) => line.length > width)).toEqual([]);
      const words = (all: readonly string[]) => all.join(" ").split(/\s+/).filter((one) => /^[a-z]/.test(one)).sort(); // prettier-ignore
      expect(words(lines)).toEqual(words(given.flat()));
    }),
  );
});
