import { PassThrough } from "node:stream";
import { expect, it } from "@jest/globals";
import { ask, inLines } from "./terminal.ts";

/** A person at a terminal, by the keys that they press. */
async function asked(keys: string | null): Promise<string | null> {
  const input = new PassThrough();
  const output = Object.assign(new PassThrough().resume(), { isTTY: true, columns: 80 });
  const answer = ask("Open a pull request? [Y/n] ", { input, output });
  if (keys === null) input.end();
  else input.write(keys);
  return answer;
}

it.each([
  ["a line", " no \r", "no"],
  ["an empty line", "\r", ""],
  ["Ctrl-D", "\u0004", null],
  ["an input that just ends", null, null],
])("hears %s", async (_what, keys, answer) => {
  expect(await asked(keys)).toBe(answer);
});

it("hands Ctrl-C on as the signal that it stands for", async () => {
  const heard = new Promise((resolve) => process.once("SIGINT", () => resolve("SIGINT")));
  expect(await asked("\u0003")).toBeNull();
  expect(await heard).toBe("SIGINT");
});

it("gives no answer to a second question either, once the input has ended", async () => {
  const [input, output] = [new PassThrough(), new PassThrough()];
  input.end();
  expect(await ask("One? ", { input, output })).toBeNull();
  expect(await ask("Two? ", { input, output })).toBeNull();
});

it.each([
  [80, ["[a]pprove  [r]ework  [e]dit the plan  [s]how again  [p]ark  or a /coop command"]],
  [40, ["[a]pprove  [r]ework  [e]dit the plan", "[s]how again  [p]ark  or a /coop command"]],
  [5, ["[a]pprove", "[r]ework", "[e]dit the plan", "[s]how again", "[p]ark", "or a /coop command"]],
])("puts what can be chosen into lines of %d columns, and breaks none of it", (width, lines) => {
  const offers = ["[a]pprove", "[r]ework", "[e]dit the plan", "[s]how again", "[p]ark", "or a /coop command"];
  expect(inLines(offers, width)).toEqual(lines);
});

it("leaves a question unanswered once what it is for has ended, and asks no other one", async () => {
  const ending = new AbortController();
  const [input, output] = [new PassThrough(), new PassThrough().resume()];
  const one = ask("One? ", { input, output, signal: ending.signal });
  ending.abort();
  expect(await one).toBeNull();
  expect(await ask("Two? ", { input, output, signal: ending.signal })).toBeNull();
});
