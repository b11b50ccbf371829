import { once } from "node:events";
import { mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, describe, expect, it } from "@jest/globals";
import { type GrowthLimits, watchGrowth } from "./growth.ts";

const open: (() => void)[] = [];
afterEach(() => {
  for (const close of open.splice(0)) close();
});
async function watching(limits: GrowthLimits) {
  const folder = mkdtempSync(join(tmpdir(), "coop-growth-"));
  const growth = await watchGrowth(folder, limits);
  open.push(
    () => growth.stop(),
    () => rmSync(folder, { recursive: true }),
  );
  return { folder, growth };
}

describe("a layer that grows", () => {
  it("is ended when it is too large, and the sentence says how large it may be", async () => {
    const { folder, growth } = await watching({ layerBytesMax: 4_194_304 });
    for (let n = 0; n < 8; n++) writeFileSync(join(folder, `${n}`), Buffer.alloc(4_194_304, 1), { flush: true });
    await once(growth.signal, "abort");
    expect(growth.verdict()).toMatch(/^what came in grew to more than .*\(4 MB unpacked\)\. Ask for less/);
  });

  it("is ended when it is too many links", async () => {
    const { folder, growth } = await watching({ layerFilesMax: 500 });
    for (let n = 0; n < 3_000; n++) symlinkSync(n % 2 === 0 ? "/" : "..", join(folder, `${n}`));
    await once(growth.signal, "abort");
    expect(growth.verdict()).toMatch(/^what came in grew to more files and links .*\(500\)/);
  });
});
