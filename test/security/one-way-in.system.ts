import { globSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "@jest/globals";
import { makersOf } from "../support/brand.ts";

const ROOT = join(import.meta.dirname, "../..");
const HOME = join(ROOT, "src/hygiene/seen.ts");
const FILES = globSync("src/**/*.ts", { cwd: ROOT })
  .filter((path) => !/\.(?:test|fixture)\.ts$/.test(path))
  .sort()
  .map((path) => join(ROOT, path));

/** What a foreign text would become a part of a question by, if nobody looked. */
const WAYS_PAST = [
  `export const a = (text: string) => text as Seen;`,
  `export const a = (text: string) => <Seen>text;`,
  `export const a = (text: unknown) => text as unknown as Seen;`,
  `type Mine = Seen; export const a = (text: string) => text as Mine;`,
  `export const a = (text: string) => text as TakenIn["text"];`,
  `export const a = (text: string) => text as never as Seen;`,
  `export const a = (text: string): Seen => JSON.parse(text);`,
  `export function a(text: string): Seen { return JSON.parse(text); }`,
  `export const a = (text: string): Seen[] => [JSON.parse(text)];`,
  `export const a = (text: string) => { const one: Seen = JSON.parse(text); return one; };`,
  `export const a = (text: string): Turn => ({ from: "user", text: JSON.parse(text) });`,
  `export const a = (text: string) => JSON.parse(text) as Question;`,
  `export const a = (text: string) => ({ from: "user", text }) as Turn;`,
  `export const a = (text: string) => [text] as unknown as readonly Seen[];`,
  `export const a = (turns: unknown) => turns as readonly Turn[];`,
  `export const a = (text: string) => { let made = seen("", "line"); made = JSON.parse(text); return made; };`,
  `export const is = (text: string): text is Seen => text !== "";`,
  `export function is(text: unknown): asserts text is Question {}`,
  `export declare const made: Seen;`,
  `export declare function made(text: string): Seen;`,
  `export function a(text: string): Seen; export function a(text: string): string { return text; }`,
  `const cast = <T>(one: unknown): T => one as T; export const a = (text: string) => cast<Seen>(text);`,
  `const cast = <T>(one: unknown): T => one as T; export const a = (text: string): Turn => ({ from: "user", text: cast(text) });`,
  `export const a = z.custom<Seen>();`,
  `export const a = (text: string): Seen =>\n  // @ts-expect-error\n  text;`,
  `export const a = (text: string) => Object.assign(seen("", "line"), text) as Seen & string as Question["context"][number];\nexport const b = (one: any) => one as Seen;`,
];

const HONEST = [
  `export const a = (text: string): Seen => seen(text, "page");`,
  `export const a = (one: Seen): string => one;`,
  `export const a = (one: Seen): Turn => ({ from: "user", text: one });`,
  `export const a = (text: string): Turn => ({ from: "user", text: takeIn(text, "code").text });`,
  `export const a = (texts: readonly string[]): Seen[] => texts.map((one) => seen(one, "line"));`,
  `export const a = (one: Turn): Turn => ({ ...one });`,
  `export const known = new Map<string, Seen>();`,
  `export const a = (text: string) => JSON.parse(text) as { readonly name: string };`,
  `export const a = (text: string): unknown => JSON.parse(text);`,
  `export const ONE = { text: seen("x", "line") } as const;`,
];

const IMPORTS = `import { z } from "zod";\nimport { type Seen, type TakenIn, seen, takeIn } from "../hygiene/seen.ts";\nimport type { Question, Turn } from "../models/model.ts";\n`;
const placeOf = (kind: string, index: number) => join(ROOT, `src/flow/made-${kind}-${index}.ts`);

describe("a text that models may read", () => {
  const made = new Map([
    ...WAYS_PAST.map((code, index) => [placeOf("past", index), IMPORTS + code] as const),
    ...HONEST.map((code, index) => [placeOf("honest", index), IMPORTS + code] as const),
  ]);
  const makers = makersOf({ root: ROOT, files: FILES, home: HOME, type: "Seen", made });
  const madeAt = (file: string) => makers.filter((one) => one.file === file).map(({ why, code }) => `${why}: ${code}`);

  it("is made by one function, and by no other way that the compiler lets through", () => {
    expect(FILES.length).toBeGreaterThan(900);
    expect(makers.filter(({ file }) => !made.has(file))).toEqual([]);
  });

  it.each(WAYS_PAST)("would be found if it were made so: %s", (code) => {
    expect(madeAt(placeOf("past", WAYS_PAST.indexOf(code)))).not.toEqual([]);
  });

  it.each(HONEST)("may be handed on and held: %s", (code) => {
    expect(madeAt(placeOf("honest", HONEST.indexOf(code)))).toEqual([]);
  });
});
