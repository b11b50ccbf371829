import { describe, expect, test } from "@jest/globals";
import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { EXIT } from "../src/cli/exit.ts";

/** What contributors call by name: whoever asks one of them what it does must not start minutes of work, nor write anything. */
const { scripts } = JSON.parse(readFileSync("package.json", "utf8")) as { scripts: Record<string, string> };
const programs = Object.entries(scripts).flatMap(([name, script]) => {
  const path = /^node ((?:src|test)\/\S+\.ts)$/.exec(script)?.[1];
  return path === undefined || name.startsWith("pre") ? [] : [{ name, path }];
});

function called(path: string, option: string) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [path, option], { encoding: "utf8" });
  return { status, said: stdout + stderr };
}

test("the commands are found", () => {
  expect(programs.map(({ name }) => name)).toEqual(
    expect.arrayContaining(["demo", "simulate", "bench:proof", "limits"]),
  );
});

describe.each(programs)("npm run $name", ({ name, path }) => {
  test("says what it takes", () => {
    const { status, said } = called(path, "--help");
    expect(said).toContain("Usage:");
    expect(said).toContain(`npm run ${name} --`);
    expect(status).toBe(EXIT.ok);
  });

  test("does nothing for an option that it does not have", () => {
    const { status, said } = called(path, "--colour-of-money");
    expect(said).toContain("unknown option '--colour-of-money'");
    expect(status).toBe(EXIT.usage);
  });
});
