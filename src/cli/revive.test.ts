import { afterEach, beforeEach, describe, expect, it } from "@jest/globals";
import { Command } from "commander";
import { readdirSync } from "node:fs";
import { emptyFolder, standUp } from "../../test/support/desk.ts";
import { reviveCommand } from "./revive.ts";

let folder: string;
beforeEach(() => {
  folder = emptyFolder();
  process.env.COOP_DATA_DIR = folder;
});
afterEach(() => {
  delete process.env.COOP_DATA_DIR;
  return standUp();
});

describe("coop revive", () => {
  it.each([[["revive"]], [["revive", "acme/shop#7"]]])(
    "gives no all clear where no server keeps a database: %j",
    async (args) => {
      const program = new Command().exitOverride();
      reviveCommand(program);
      await expect(program.parseAsync(args, { from: "user" })).rejects.toMatchObject({
        exitCode: 69,
        message: expect.stringContaining(`no database of a server in ${folder}/database`),
      });
      expect(readdirSync(folder)).toEqual([]);
    },
  );
});
