import { PassThrough } from "node:stream";
import { stripVTControlCharacters } from "node:util";
import { describe, expect, it } from "@jest/globals";
import { progress, wrapped } from "./progress.ts";

describe("lines for a pipe", () => {
  it("carry who and what, and no control sequence, whatever a title holds", () => {
    const pipe = new PassThrough();
    const out = progress(pipe as unknown as NodeJS.WriteStream);
    out.running("planning");
    out.happened("mona", "opens #1: \u001b[2J\u001b]0;x\u0007evil\r\nname\u202e");
    out.running(null);
    out.say(out.paint("red", "end"));
    expect(String(pipe.read())).toMatch(/^ +0\.\d s {2}mona {9}opens #1: \[2J\]0;xevil name\nend\n$/);
  });
});

describe("a narrow terminal", () => {
  const narrow = (columns: number) => {
    const stream = Object.assign(new PassThrough(), { isTTY: true, columns });
    const out = progress(stream as unknown as NodeJS.WriteStream);
    const written = () => stripVTControlCharacters(String(stream.read() ?? ""));
    return { stream, out, written };
  };

  it("gets the text below who says it, and no line that wraps", () => {
    const { out, written } = narrow(40);
    out.happened("Implementer", "write file src/a/quite/long/name.js, read file README.md, run the tests");
    const lines = written().trimEnd().split("\n");
    expect(lines.slice(1)).toEqual([
      ...["  write file src/a/quite/long/name.js,", "  read file README.md, run the tests"],
    ]);
    expect(lines.filter((line) => line.length > 40)).toEqual([]);
  });

  it("breaks no word and no command of a question, a note or an end, and sets the lines of a point below it", () => {
    const { out } = narrow(40);
    expect(out.fit("? What should be different afterwards, for whom?\n\n· Say `coop resume 12 --yes merge` or `/coop rework it all over again, please`.").split("\n")).toEqual([
      ...["? What should be different afterwards,", "  for whom?", ""],
      ...["· Say `coop resume 12 --yes merge` or", "  `/coop rework it all over again, please`."],
    ]); // prettier-ignore
    const pipe = progress(new PassThrough() as unknown as NodeJS.WriteStream);
    expect(pipe.fit("word ".repeat(60))).toBe("word ".repeat(60));
  });

  it("may become narrower while something runs", () => {
    const { stream, out, written } = narrow(100);
    stream.columns = 30;
    out.running("The Implementer writes the change that was planned · 12 calls");
    out.running(null);
    expect(
      written()
        .split("\r")
        .filter((line) => line.length >= 30),
    ).toEqual([]);
  });
});

describe("long texts", () => {
  it.each([
    ["one two three", 7, ["one two", "three"]],
    ["unbreakable a", 4, ["unbreakable", "a"]],
    ["", 10, [""]],
  ])("%j fit into %d columns", (text, width, lines) => {
    expect(wrapped(text, width)).toEqual(lines);
  });
});
