import { describe, expect, it } from "@jest/globals";
import { inWords } from "./errors-in-words.ts";

const circle: Record<string, unknown> = {};
circle["self"] = circle;

describe("what was thrown, in words", () => {
  it.each([
    ["an error", new TypeError("no"), "TypeError: no"],
    ["one without a message", new Error(""), "Error: without a message"],
    ["one with a cause", new Error("no", { cause: new Error("away") }), "Error: no (Error: away)"],
    ["a list, as a refused connection is", new AggregateError([new Error("::1 refused"), new Error("127.0.0.1 refused")]), "Error: ::1 refused; Error: 127.0.0.1 refused"], // prettier-ignore
    ["an object with a message", { message: "database is away", queue: "work" }, "database is away"],
    ["an object", { code: "57P01" }, '{"code":"57P01"}'],
    ["a text", "away", "away"],
    ["nothing", undefined, "undefined"],
    ["a circle", circle, "an object that cannot be shown"],
  ])("%s", (_what, thrown, words) => expect(inWords(thrown)).toBe(words));
});
