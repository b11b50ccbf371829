import { readFileSync } from "node:fs";
import { release } from "node:os";
import { describe, expect, test } from "@jest/globals";
import { driversHere, memoryStore } from "../contracts/sandbox-fixture.ts";

/**
 * Every way out of a sandbox that has a name: `inside.py` asks the kernel for each, and the kernel has to say no. One call is
 * allowed: a process may clear the marks by which the kernel tells which pages of another one of the same user were used lately.
 */
const HARMLESS = ["outside: clear_refs OPEN"];
const ROWS_MIN = 280;
/** Before Linux 6.12 nothing keeps processes of one user apart (docs/SECURITY.md says so). */
const [major = 0, minor = 0] = release().split(".").map(Number);
const isApart = major > 6 || (major === 6 && minor >= 12);
const repository = memoryStore();

describe.each(await driversHere())("from inside of %s", (_, sandbox) => {
  const it = sandbox ? test : test.skip;
  it("nothing that leads out is allowed", async () => {
    const tree = repository.tree({ "inside.py": readFileSync("test/security/inside.py", "utf8") });
    const limits = { timeoutMs: 60_000, outputBytesMax: 100_000 };
    const { output, exitCode } = await sandbox!.run({
      tree,
      blobs: repository.blobs,
      command: "python3 inside.py",
      ...limits,
    });
    const lines = output.trim().split("\n");
    expect(exitCode).toBe(0);
    expect(lines.length).toBeGreaterThan(ROWS_MIN);
    expect(lines[0]).toBe(`${lines.length - 1} tried`);
    const open = lines.slice(1).filter((line) => !/ E[A-Z0-9]+$| 0$/.test(line));
    const looked = isApart ? open : open.filter((line) => !line.startsWith("outside: "));
    expect(looked.filter((line) => !HARMLESS.includes(line))).toEqual([]);
  }, 90_000);

  it("nobody takes all the watches that the machine has for a user", async () => {
    const count = "import ctypes; make = ctypes.CDLL(None).inotify_init; n = 0\nwhile make() >= 0: n += 1\nprint(n)";
    const ask = { tree: repository.tree({ "count.py": count }), blobs: repository.blobs, command: "python3 count.py" };
    const { output } = await sandbox!.run({ ...ask, timeoutMs: 30_000, outputBytesMax: 1000 });
    expect(Number(output)).toBeGreaterThan(0);
    expect(Number(output)).toBeLessThanOrEqual(64);
  }, 90_000);
});
