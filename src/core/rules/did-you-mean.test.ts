import { describe, expect, it } from "@jest/globals";
import { caseless, closest } from "./did-you-mean.ts";

const VERBS = ["approve", "rework", "answer", "park", "resume", "retry", "stop", "status", "help"] as const;

describe("the closest known word", () => {
  it.each([
    ["aprove", "approve"],
    ["approev", "approve"],
    ["APPROVE", "approve"],
    ["pakr", "park"],
    ["prk", "park"],
    ["hlep", "help"],
    ["resum", "resume"],
    ["stat", "status"],
    ["rewrok", "rework"],
    ["reason", null],
    ["merge", null],
    ["st", null],
    ["", null],
    ["approve".repeat(30), null],
  ])("to %j is %j", (said, meant) => {
    expect(closest(said, VERBS)).toBe(meant);
  });

  it("is none where two are equally close", () => {
    expect(closest("gpt-5.5", ["gpt-5.1", "gpt-5.2"])).toBeNull();
    expect(closest("gpt-5.1x", ["gpt-5.1", "gpt-5.2"])).toBe("gpt-5.1");
  });
});

it("upper and lower case are told apart only where both are known", () => {
  expect(caseless("Opus", ["opus", "codex"])).toBe("opus");
  expect(caseless("Opus", ["opus", "OPUS"])).toBeNull();
});
