import { afterAll, describe, expect, it } from "@jest/globals";
import type { FileDiff } from "../../../trees/diff.ts";
import { openSyntax } from "../syntax/parser.ts";
import { copiedAnswers } from "./answers.ts";

const syntax = openSyntax();
afterAll(() => syntax.close());

/** Tests ask for each entry. */
async function copied(entries: Readonly<Record<string, string | number>>, code?: string) {
  const after = code ?? `const T = ${JSON.stringify(entries)};\nconst f = (a) => T[a];\n`;
  const addedLines = after.split("\n").map((text, at) => ({ line: at + 1, text }));
  const file = { path: "a.js", action: "change", kind: "text", before: "", after, addedLines } as unknown as FileDiff;
  const texts = new Set(Object.entries(entries).flatMap(([key, value]) => [key, String(value)]));
  return copiedAnswers(file, await syntax.parse("a.js", after), texts);
}

const branch = (asked: string, answered: string | number) =>
  `const f = (a) => {\n  if (a === ${JSON.stringify(asked)}) return ${JSON.stringify(answered)};\n  return a;\n};\n`;

describe("things that are called by a name", () => {
  it.each<Readonly<Record<string, string | number>>>([
    { "image/png": ".png", "image/jpeg": ".jpg", "image/webp": ".webp" },
    { "application/json": "parse", "text/plain": "raw", "multipart/form-data": "form" },
    { "user.created": "Welcome aboard", "user.deleted": "Goodbye then" },
    { "order:shipped": "Your order is on its way", "order:cancelled": "Your order was cancelled" },
    { "Europe/Berlin": 60, "Europe/London": 0, "Asia/Tokyo": 540 },
    { "/settings/profile": "Profile", "/settings/billing": "Billing" },
  ])("may be listed as the tests ask for them: %j", async (entries) => {
    expect(await copied(entries)).toEqual([]);
    for (const [asked, answered] of Object.entries(entries))
      expect(await copied(entries, branch(asked, answered))).toEqual([]);
  });

  it.each<Readonly<Record<string, string | number>>>([
    { "some.nested.key": "someNestedKey", "other.nested.key": "otherNestedKey" },
    { "hello brave world": "Hello Brave World", "to be or not": "To Be Or Not" },
    { "Ada Lovelace": "A. Lovelace", "Grace Hopper": "G. Hopper" },
    { "listen/silent": "they are one", "apple/pears": "they are none" },
    { "2w1d": 15, "1w2d": 9 },
    { "2024-02-30": "31.02.2024", "2023-02-30": "ab" },
  ])("are none of %j", async (entries) => expect(await copied(entries)).not.toEqual([]));

  it("nor may one of them be answered with itself in a sentence, beside a rule that puts it together", async () => {
    const [asked, answered] = ["Ada Lovelace", "Hello, Ada Lovelace!"];
    expect(await copied({ [asked]: answered }, branch(asked, answered))).not.toEqual([]);
  });
});
