import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { spawnSync } from "node:child_process";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "@jest/globals";
import { BYTE_ORDER_MARK, unmarked } from "./byte-order-mark.ts";
import { threadInFile } from "./cli/public-thread.ts";
import { withoutMark } from "./config-given.ts";

const folder = mkdtempSync(join(tmpdir(), "coop-mark-"));
afterAll(() => rmSync(folder, { recursive: true }));

const file = (name: string, text: string) => {
  const path = join(folder, name);
  writeFileSync(path, BYTE_ORDER_MARK + text);
  return path;
};

describe("a byte order mark", () => {
  it.each([
    [`${BYTE_ORDER_MARK}[]`, "[]"],
    ["[]", "[]"],
    [`[${BYTE_ORDER_MARK}]`, `[${BYTE_ORDER_MARK}]`],
    [BYTE_ORDER_MARK, ""],
  ])("is taken from the beginning of %j only", (text, bare) => expect(unmarked(text)).toBe(bare));

  it("of a .env is no part of its first name", () => {
    const program = "process.stdout.write(JSON.stringify(process.env))";
    const env = { PATH: process.env["PATH"] };
    const args = [`--env-file=${file(".env", "OPENAI_API_KEY=first\nAPP_ID=7\n")}`, "-e", program];
    const read = JSON.parse(spawnSync(process.execPath, args, { env, encoding: "utf8" }).stdout) as typeof env;
    expect(read).not.toHaveProperty("OPENAI_API_KEY");
    expect(withoutMark(read)).toMatchObject({ OPENAI_API_KEY: "first", APP_ID: "7" });
  });

  it("gives way to a variable that is set without it", () => {
    expect(withoutMark({ [`${BYTE_ORDER_MARK}APP_ID`]: "7", APP_ID: "8" })).toMatchObject({ APP_ID: "8" });
    const env = { APP_ID: "8" };
    expect(withoutMark(env)).toBe(env);
  });

  it("before a thread's comments, as PowerShell saves them, is none of them", async () => {
    const path = file("thread.json", JSON.stringify([{ id: 1, body: "Hello", user: { login: "mona", id: 3 } }]));
    expect((await threadInFile(path)).comments).toMatchObject([{ id: 1, body: "Hello", author: "mona" }]);
  });
});
