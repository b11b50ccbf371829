import { PassThrough } from "node:stream";
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

describe("long texts", () => {
  it.each([
    ["one two three", 7, ["one two", "three"]],
    ["unbreakable a", 4, ["unbreakable", "a"]],
    ["", 10, [""]],
  ])("%j fit into %d columns", (text, width, lines) => {
    expect(wrapped(text, width)).toEqual(lines);
  });
});
