import { afterAll, expect, it } from "@jest/globals";
import { builtPlaces } from "./built-places.ts";
import { openSyntax } from "../syntax/parser.ts";
import { processorTime } from "../../../../test/support/processor-time.ts";

const syntax = openSyntax();
afterAll(() => syntax.close());

/** The shortest of three looks at a function of so many names, and at what it was built to. */
async function millisFor(names: number): Promise<number> {
  const text = `function f(a) { ${Array.from({ length: names }, (_, at) => `g${at % 50}(a.b${at});`).join("\n")} }`;
  const [source, built] = [await syntax.parse("src/a.js", text), await syntax.parse("dist/a.js", text)];
  const files = [
    { file: { path: "src/a.js" }, parsed: source },
    { file: { path: "dist/a.js" }, parsed: built },
  ];
  const looks = [1, 2, 3].map(() => {
    const taken = processorTime();
    expect(builtPlaces(files).size).toBe(1);
    return taken.ms();
  });
  return Math.min(...looks);
}

it("looks at each name of a large function once, not once for each other name", async () => {
  await millisFor(500);
  const few = await millisFor(2_000);
  // Four times as many names take about four times as long. Looked for one in all others, they took sixteen times.
  expect((await millisFor(8_000)) / few).toBeLessThan(10);
});
