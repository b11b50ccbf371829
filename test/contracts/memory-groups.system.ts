import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "@jest/globals";
import { confined } from "../../src/workspace/drivers/confined.ts";
import { prepareRuntime } from "../../src/workspace/drivers/prepare-runtime.ts";
import { triedGroups } from "../../src/workspace/drivers/tried-groups.ts";
import { findMemoryGroups } from "../../src/workspace/memory-groups.ts";
import { runProcess } from "../../src/workspace/process.ts";
import { driversHere, memoryStore, SANDBOX_OPTIONS } from "./sandbox-fixture.ts";

/** The kernel's own count beside ours, where this process may make control groups. */
const here = await triedGroups();
if (!here) console.warn("No control groups may be made here, so tests that need them are SKIPPED.");
const drivers = (await driversHere()).filter(([, sandbox]) => sandbox).map(([driver]) => driver);
const it = here ? test : test.skip;
const MB = 1024 ** 2;
const folder = mkdtempSync(join(tmpdir(), "coop-groups-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const run = (command: string, group: NonNullable<ReturnType<NonNullable<typeof here>["open"]>>) =>
  runProcess({
    ...{ file: "/bin/sh", args: ["-c", command], user: null, inputs: [], timeoutMs: 20_000, outputBytesMax: 1_000 },
    // So much that nobody who only looks would say a word.
    ...{ memoryBytesMax: Number.MAX_SAFE_INTEGER, group },
  });
/** Quicker than two looks: what has no line end is kept until there is one. */
const GREEDY = "sleep 0.05; head -c 200m /dev/zero | tail | wc -c";

describe("a group of a run's own", () => {
  it("ends what wants more, children included, and is gone afterwards", async () => {
    const group = here!.open(64 * MB)!;
    expect(await run(`${GREEDY}; sleep 60`, group)).toMatchObject({ outcome: "out-of-memory" });
    await group.close();
    const other = here!.open(64 * MB)!;
    expect(await run("echo well", other)).toMatchObject({ outcome: "exited", output: "well\n" });
    await other.close();
  });

  it.each(drivers)(
    "is what a run in %s is put into, beside the looks at its memory",
    async (driver) => {
      const runtime = await prepareRuntime({ ...SANDBOX_OPTIONS, memoryBytesMax: 200 * MB });
      if ("why" in runtime) throw new Error(runtime.why);
      const opened: number[] = [];
      const groups = { says: here!.says, open: (bytes: number) => (opened.push(bytes), here!.open(bytes)) };
      const sandbox = confined({ ...runtime, groups }, driver === "unshare" ? driver : "bubblewrap", "");
      const { tree, blobs } = memoryStore();
      const request = { tree: tree({}), blobs, timeoutMs: 30_000, outputBytesMax: 1_000 };
      expect((await sandbox.run({ ...request, command: "echo well" })).output).toBe("well\n");
      const command = "head -c 900m /dev/zero | tail; sleep 60";
      expect((await sandbox.run({ ...request, command })).outcome).toBe("killed");
      expect(opened).toEqual([250 * MB, 250 * MB]);
    },
    60_000,
  );
});

describe("where groups are not to be had", () => {
  const told = (name: string, groups: string, mounts: string) => {
    mkdirSync(join(folder, name));
    writeFileSync(join(folder, name, "cgroup"), groups);
    writeFileSync(join(folder, name, "mountinfo"), mounts);
    return findMemoryGroups(join(folder, name));
  };

  test("none are found, and nothing is left there", () => {
    const at = join(folder, "mounted");
    mkdirSync(join(at, "system.slice/a.service"), { recursive: true });
    writeFileSync(join(at, "system.slice/cgroup.subtree_control"), "cpu memory\n");
    const mount = `30 24 0:26 / ${at} rw - cgroup2 cgroup2 rw\n`;
    // A folder that is no control group has no limits.
    expect(told("two", "0::/system.slice/a.service\n", mount)).toBeNull();
    expect(readdirSync(join(at, "system.slice")).sort()).toEqual(["a.service", "cgroup.subtree_control"]);
    expect(told("one", "4:memory:/a\n", `30 24 0:26 / ${at} rw - cgroup cgroup rw,memory\n`)).toBeNull();
    expect(told("none", "", "")).toBeNull();
    expect(findMemoryGroups(join(folder, "missing"))).toBeNull();
  });

  test("and where they end nothing, they are not believed", async () => {
    const idle = { enter: () => undefined, ranOut: () => false, close: () => Promise.resolve() };
    expect(await triedGroups(() => ({ says: "cgroup v2", open: () => idle }))).toBeNull();
    expect(await triedGroups(() => ({ says: "cgroup v2", open: () => null }))).toBeNull();
    expect(await triedGroups(() => null)).toBeNull();
  });
});
