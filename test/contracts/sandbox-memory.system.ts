import { describe, expect, test } from "@jest/globals";
import { confined } from "../../src/workspace/drivers/confined.ts";
import { prepareRuntime } from "../../src/workspace/drivers/prepare-runtime.ts";
import type { RunResult, Sandbox } from "../../src/workspace/sandbox.ts";
import { type DriverChoice } from "../../src/workspace/drivers/check.ts";
import { driversHere, FILE_MEMORY, KERNEL_MEMORY, memoryStore, SANDBOX_OPTIONS } from "./sandbox-fixture.ts";

/** All of a run's memory is one sum: what is in no process too. */
const repository = memoryStore();
const MB = 1024 * 1024;

function runIn(sandbox: Sandbox | null, command: string, files: Record<string, string>): Promise<RunResult> {
  if (!sandbox) throw new Error("No sandbox");
  const limits = { timeoutMs: 90_000, outputBytesMax: 20_000 };
  return sandbox.run({ tree: repository.tree(files), blobs: repository.blobs, command, ...limits });
}

async function flood(driver: DriverChoice, script: string): Promise<RunResult> {
  const runtime = await prepareRuntime({ ...SANDBOX_OPTIONS, memoryBytesMax: 200 * MB });
  if ("why" in runtime) throw new Error(runtime.why);
  const small = confined(runtime, driver === "unshare" ? driver : "bubblewrap", "");
  return runIn(small, "python3 flood.py", { "flood.py": script });
}

describe.each(await driversHere())("memory that is no process's in %s", (driver, sandbox) => {
  const it = sandbox ? test : test.skip;
  it.each(KERNEL_MEMORY)(
    "is counted: %s",
    async (_what, script) => {
      expect((await flood(driver, script)).outcome).toBe("killed");
    },
    120_000,
  );

  it.each(FILE_MEMORY)(
    "%s is %s",
    async (_what, expected, script) => {
      const result = await flood(driver, script);
      expect([result.outcome, result.output]).toEqual([
        expected,
        expected === "exited" ? "well\n" : expect.any(String),
      ]);
    },
    120_000,
  );

  it("is no larger for a socket that asks for more, and its other options work", async () => {
    const ask = [
      "import socket",
      "a, b = socket.socketpair()",
      "sizes = [a.getsockopt(1, one) for one in (7, 8)]",
      "for one in (7, 8, 32, 33): a.setsockopt(1, one, 4 << 20)",
      "print(sizes == [a.getsockopt(1, one) for one in (7, 8)])",
      "t = socket.socket(); t.setsockopt(1, 2, 1); t.setsockopt(6, 1, 1); print(t.getsockopt(1, 2), t.getsockopt(6, 1))",
    ].join("\n");
    expect((await runIn(sandbox, "python3 ask.py", { "ask.py": ask })).output).toBe("True\n1 1\n");
    const node =
      "const s = require('dgram').createSocket('udp4'); s.bind(0, '127.0.0.1', () => { s.setSendBufferSize(4e6); s.setRecvBufferSize(4e6); console.log(s.getSendBufferSize() < 1e6); s.close(); })";
    expect((await runIn(sandbox, `node -e "${node}"`, {})).output).toBe("true\n");
  });
});
