import { describe, expect, it } from "@jest/globals";
import { EventReader } from "./sse.ts";

const read = (chunks: readonly string[]) => {
  const reader = new EventReader();
  const events = [...chunks.flatMap((chunk) => reader.push(chunk)), ...reader.end()];
  return { events: events.map(({ event, data }) => [event, data]), kind: reader.kind, done: reader.done };
};

describe("EventReader", () => {
  it.each<[string, readonly string[], readonly unknown[]]>([
    ["one line in many chunks", ["da", 'ta: {"a"', ":1", "}\n", "\n"], [["", { a: 1 }]]],
    ["a return and its line end apart", ['data: {"a":1}\r', "\n\r", '\ndata: {"b":2}\r\n\r\n'], [["", { a: 1 }], ["", { b: 2 }]]], // prettier-ignore
    [
      "returns alone",
      ['data: {"a":1}\r\rdata: {"b":2}\r\r'],
      [
        ["", { a: 1 }],
        ["", { b: 2 }],
      ],
    ],
    ["a return at the end of a chunk and text behind it", ['data: {"a":1}\r', 'data: {"b":2}\r'], [["", { a: 1 }], ["", { b: 2 }]]], // prettier-ignore
    ["data over lines", ["event: x\ndata: {\ndata: }\n\n"], [["x", {}]]],
    [
      "no empty lines between",
      ['data: {"a":1}\ndata: {"b":2}\n'],
      [
        ["", { a: 1 }],
        ["", { b: 2 }],
      ],
    ],
    ["noise between", ['data: hello\n\ndata: {"a":1}\n\n'], [["", { a: 1 }]]],
    ["comments and blanks first", ["\n\n: hi\n", '\ndata: {"a":1}\n\n'], [["", { a: 1 }]]],
    ["no last line end", ['data: {"a":1}'], [["", { a: 1 }]]],
  ])("reads %s", (_name, chunks, events) => {
    expect(read(chunks)).toMatchObject({ events, kind: "events" });
  });

  it("takes blanks before a body for no stream", () => {
    const reader = new EventReader();
    for (const chunk of [" \n", "\n\n", ' {"a":', "1}"]) expect(reader.push(chunk)).toEqual([]);
    expect([reader.kind, reader.plain]).toEqual(["plain", '{"a":1}']);
  });
});
