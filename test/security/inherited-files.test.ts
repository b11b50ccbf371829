import { spawn } from "node:child_process";
import { resolve } from "node:path";
import { expect, it } from "@jest/globals";

/** A server may be started with files left open; what it starts must not get them. */
const STARTER = `
const { runProcess } = await import(${JSON.stringify(resolve("src/workspace/process.ts"))});
const { covers } = await import(${JSON.stringify(resolve("src/workspace/inherited.ts"))});
const limits = { user: null, timeoutMs: 60000, outputBytesMax: 10000, memoryBytesMax: 1e9, inputs: [Buffer.from("input")] };
const open = 'for fd in /proc/self/fd/*; do echo "\${fd##*/} $(readlink $fd)"; done; cat <&3';
const { output } = await runProcess({ file: "/bin/sh", args: ["-c", open], ...limits });
console.log(JSON.stringify({ covered: covers(3).length, output }));
`;

const onLinux = process.platform === "linux" ? it : it.skip;

onLinux(
  "hands on nothing that this program was started with",
  async () => {
    // Three streams and a pipe that nobody asked for, behind a gap, at 90.
    const stdio = ["ignore", "pipe", "inherit", ...Array.from({ length: 87 }, () => "ignore" as const), "pipe"];
    const child = spawn(process.execPath, ["--input-type=module", "-e", STARTER], { stdio: stdio as never });
    let said = "";
    child.stdout?.on("data", (chunk: Buffer) => (said += chunk.toString()));
    expect(await new Promise((ended) => child.once("close", ended))).toBe(0);
    const { covered, output } = JSON.parse(said) as { covered: number; output: string };
    // Up to the one at 90.
    expect(covered).toBeGreaterThan(80);
    const open = output.split("\n").filter((line) => /^\d+ (?:pipe|socket|\/(?!dev\/null|proc\/))/.test(line));
    // Its own output and errors, and the one input that it was given.
    expect(open.map((line) => Number.parseInt(line, 10)).filter((fd) => fd > 3)).toEqual([]);
    expect(output).toContain("input");
  },
  60_000,
);
