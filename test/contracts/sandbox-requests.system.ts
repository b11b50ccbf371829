import { afterAll, describe, expect, test } from "@jest/globals";
import { chmodSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { RunRequest, RunResult, Sandbox } from "../../src/workspace/sandbox.ts";
import { driversHere, memoryStore } from "./sandbox-fixture.ts";

/** What a run can be given besides its files, and what it can bring back besides its output. */
const repository = memoryStore();

const place = mkdtempSync(join(tmpdir(), "sandbox-requests-"));
afterAll(() => rmSync(place, { recursive: true, force: true }));
/** Only its owner may enter it, like the data directory. */
chmodSync(place, 0o700);

type Run = (command: string, more?: Partial<RunRequest>, files?: Record<string, string>) => Promise<RunResult>;
const runIn =
  (sandbox: Sandbox | null): Run =>
  (command, more = {}, files = {}) => {
    const tree = repository.tree(files);
    const limits = { timeoutMs: 20_000, outputBytesMax: 20_000 };
    return sandbox!.run({ tree, blobs: repository.blobs, command, ...limits, ...more });
  };
const drivers = (await driversHere()).map(
  ([driver, sandbox]) => [driver, runIn(sandbox), sandbox ? test : test.skip] as const,
);

function folder(name: string, files: Record<string, string>): string {
  const path = join(place, name);
  mkdirSync(path);
  for (const [file, text] of Object.entries(files)) writeFileSync(join(path, file), text);
  return path;
}

describe.each(drivers)("%s: folders of the host", (driver, run, it) => {
  it("are read and cannot be written", async () => {
    const from = folder(`layer-${driver}`, { "index.js": "layer\n" });
    const mounts = [
      { from, at: "packages/a/node_modules", writes: "refused" as const },
      { from, at: "/opt/coop/cache/go", writes: "refused" as const },
    ];
    const command =
      "cat packages/a/node_modules/index.js /opt/coop/cache/go/index.js; echo x > packages/a/node_modules/y";
    const result = await run(
      `${command} || echo refused`,
      { mounts },
      { "packages/a/x": "", "packages/a/node_modules/index.js": "tree" },
    );
    expect(result.output).toMatch(/^layer\nlayer\n[^]*Read-only[^]*refused\n$/);
    expect(readdirSync(from)).toEqual(["index.js"]);
  });

  it("take writes that only the run sees", async () => {
    const from = folder(`discarded-${driver}`, { "a.txt": "old\n" });
    const mounts = [{ from, at: "cache", writes: "discarded" as const }];
    expect((await run("cat cache/a.txt; echo new > cache/a.txt; cat cache/*", { mounts })).output).toBe("old\nnew\n");
    expect(readFileSync(join(from, "a.txt"), "utf8")).toBe("old\n");
    const elsewhere = [{ from, at: "/opt/coop/cache", writes: "discarded" as const }];
    expect((await run("echo new > /opt/coop/cache/a.txt; cat /opt/coop/cache/*", { mounts: elsewhere })).output).toBe(
      "new\n",
    );
  });

  it("keep what is written where that was asked for", async () => {
    const from = folder(`kept-${driver}`, {});
    const mounts = [{ from, at: "/opt/coop/layer", writes: "kept" as const }];
    expect(await run("echo made > /opt/coop/layer/file", { mounts })).toMatchObject({ exitCode: 0, output: "" });
    expect(readFileSync(join(from, "file"), "utf8")).toBe("made\n");
    const later = [{ from, at: "node_modules", writes: "discarded" as const }];
    const command = "echo more >> node_modules/file; mkdir node_modules/.cache; cat node_modules/file";
    expect((await run(command, { mounts: later })).output).toBe("made\nmore\n");
    expect(readdirSync(from)).toEqual(["file"]);
  });

  it.each(["../up", "/etc", "/opt/coop/bin", "/opt/coop/../../etc", "a/../b"])(
    "are never mounted at %s",
    async (at) => {
      await expect(run("true", { mounts: [{ from: place, at, writes: "refused" }] })).rejects.toThrow(
        "Nothing can be mounted",
      );
    },
  );
});

describe.each(drivers)("%s: the environment", (driver, run, it) => {
  it("is added to, and a value with a colon is appended", async () => {
    const environment = { GREETING: "it's $HOME", PATH: ":/opt/coop/layer/bin", EMPTY: ":a" };
    const { output } = await run('echo "$GREETING|$PATH|$EMPTY"', { environment });
    expect(output).toMatch(/^it's \$HOME\|\/opt\/coop\/bin:.*\/bin:\/opt\/coop\/layer\/bin\|a\n$/);
  });
});

describe.each(drivers)("%s: the way out", (driver, run, it) => {
  it("is the proxy at the socket and nothing else", async () => {
    const asked: string[] = [];
    const proxy = createServer((request, response) => {
      asked.push(request.url ?? "");
      response.end("from the proxy\n");
    });
    const proxySocket = join(place, `${driver}.sock`);
    await new Promise<void>((resolve) => proxy.listen(proxySocket, resolve));
    const program = `require("node:http").get({ ...new URL(process.env.HTTP_PROXY), path: "http://packages.test/x",
      host: "127.0.0.1", port: new URL(process.env.HTTP_PROXY).port }, (answer) => answer.pipe(process.stdout))`;
    const result = await run(`node -e '${program}'; exit 3`, { proxySocket });
    proxy.close();
    expect(result).toMatchObject({ outcome: "exited", exitCode: 3, output: "from the proxy\n" });
    expect(asked).toEqual(["http://packages.test/x"]);
  });

  it("is not there for an ordinary run", async () => {
    const { output } = await run("ls /opt/coop/run; env | grep -i proxy; exit 0");
    expect(output).not.toMatch(/proxy/i);
  });

  it("reaches no server of the host's own loopback", async () => {
    const server = createServer((_, response) => response.end("host"));
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const { port } = server.address() as AddressInfo;
    const socket = createServer();
    const proxySocket = join(place, `${driver}-deaf.sock`);
    await new Promise<void>((resolve) => socket.listen(proxySocket, resolve));
    const { output } = await run(
      `node -e 'fetch("http://127.0.0.1:${port}").then(() => console.log("reached"), () => console.log("no"))'`,
      { proxySocket },
    );
    server.close();
    socket.close();
    expect(output).toBe("no\n");
  });
});

describe.each(drivers)("%s: reports", (driver, run, it) => {
  const texts = ({ reports }: RunResult) =>
    Object.fromEntries([...(reports ?? [])].map(([path, content]) => [path, content.toString("utf8")]));

  it("come back by name, also by a pattern, and absent ones are missing", async () => {
    const command = `mkdir -p target/r; echo one > target/r/a.xml; echo two > "target/r/b c.xml"; echo x > target/r/c.txt
      echo three > /tmp/coop-reports/junit.xml; echo seen; exit 4`;
    const reports = ["target/r/*.xml", "/tmp/coop-reports/junit.xml", "gone.xml", "*/r/c.txt"];
    const result = await run(command, { reports });
    expect(result).toMatchObject({ exitCode: 4, output: "seen\n" });
    expect(texts(result)).toEqual({
      "target/r/a.xml": "one\n",
      "target/r/b c.xml": "two\n",
      "target/r/c.txt": "x\n",
      "/tmp/coop-reports/junit.xml": "three\n",
    });
  });

  it("are what the file holds, whatever the output says", async () => {
    const content = Buffer.from(Array.from({ length: 70_000 }, (_, index) => index % 256));
    const command = `printf 'coop: the command starts\\ncoop: the command starts\\n' | tee /dev/stderr; ls -l /proc/self/fd | grep -c ' 9 -'
      node -e 'require("fs").writeFileSync("r.bin", Buffer.from(Array.from({ length: 70000 }, (_, i) => i % 256)))'`;
    const result = await run(command, { reports: ["r.bin"] });
    expect([...(result.reports ?? [])]).toEqual([["r.bin", content]]);
    expect(result.output).toMatch(/starts\n0\n$/);
  });

  it("have a limit in bytes and files, and lead nowhere outside", async () => {
    const command = `head -c 17000000 /dev/zero > big; ln -s /etc/shadow shadow; mkfifo pipe; mkdir many
      for i in $(seq 2100); do echo > many/$i; done; echo fine > small`;
    const result = await run(command, {
      reports: ["big", "shadow", "pipe", "../../etc/passwd", "/etc/passwd", "small", "many/*"],
    });
    expect(result).toMatchObject({ exitCode: 0 });
    const names = [...(result.reports?.keys() ?? [])];
    expect(names.slice(0, 2)).toEqual(["small", "many/1"]);
    expect(names.length).toBeLessThanOrEqual(2000);
  }, 30_000);
});

describe.each(drivers)("%s: the output", (driver, run, it) => {
  it("is told as it comes, uncut", async () => {
    const chunks: Buffer[] = [];
    const onOutput = (chunk: Buffer) => void chunks.push(chunk);
    const result = await run("printf '\\033[1mx'; head -c 100000 /dev/zero", { outputBytesMax: 100, onOutput });
    expect(Buffer.concat(chunks)).toHaveLength(100_005);
    expect(result.output.length).toBeLessThan(200);
  });

  it.each(["/dev/stdout", "/dev/stderr", "/dev/fd/1", "/proc/self/fd/2"])("is %s too", async (name) => {
    expect(await run(`echo a; echo b > ${name}; echo c`)).toMatchObject({ exitCode: 0, output: "a\nb\nc\n" });
  });

  it("of a command that says nothing and fails is no broken start", async () => {
    expect(await run("exit 3")).toMatchObject({ outcome: "exited", exitCode: 3, output: "" });
    expect(await run("kill -9 $$")).toMatchObject({ outcome: "exited", exitCode: 137, output: "" });
  });
});

describe.each(drivers)("%s: a run nobody wants any more", (driver, run, it) => {
  it("ends at once", async () => {
    const stop = new AbortController();
    const mark = `400${process.pid}`;
    const onOutput = () => stop.abort();
    const result = await run(`echo up; sleep ${mark}`, { signal: stop.signal, onOutput });
    expect(result).toMatchObject({ outcome: "killed", exitCode: null, output: "up\n" });
    expect(result.durationMs).toBeLessThan(60_000);
    expect(await run("echo up", { signal: AbortSignal.abort() })).toMatchObject({ outcome: "killed" });
  });
});
