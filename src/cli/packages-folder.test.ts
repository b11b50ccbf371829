import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "@jest/globals";
import { packagesFolder } from "./packages-folder.ts";

const before = { ...process.env };
let folder = "";
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "coop-packages-"));
});
afterEach(() => {
  process.env = { ...before };
  rmSync(folder, { recursive: true });
});

it("is one for all repositories: the data directory's, or the person's own cache", () => {
  process.env.COOP_DATA_DIR = join(folder, "data");
  expect(packagesFolder("/nowhere")).toBe(join(folder, "data"));
  delete process.env.COOP_DATA_DIR;
  expect(packagesFolder("/nowhere", folder)).toBe(join(folder, ".cache/cooperations"));
});

it("is the given one where the home cannot be written", () => {
  delete process.env.COOP_DATA_DIR;
  writeFileSync(join(folder, "no-folder"), "");
  expect(packagesFolder("/elsewhere", join(folder, "no-folder"))).toBe("/elsewhere");
});
