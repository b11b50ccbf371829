import { chmodSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "@jest/globals";
import { engineEnvironment } from "../../machine.ts";
import { checkSandbox } from "./check.ts";

const folder = mkdtempSync(join(tmpdir(), "coop-engine-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** A container engine that says what it was started with, and makes no container. */
function engine(name: string, lines: readonly string[]): void {
  const path = join(folder, name);
  writeFileSync(path, ["#!/bin/sh", ...lines, "exit 125", ""].join("\n"));
  chmodSync(path, 0o755);
}

async function refusal(driver: "podman" | "docker", environment: Readonly<Record<string, string>>): Promise<string> {
  const check = await checkSandbox({
    ...{ searchPath: folder, nodePath: process.execPath, temporary: tmpdir(), toolchain: [], privatePaths: [] },
    ...{ driver, image: "tools:1", engineEnvironment: engineEnvironment({ ...environment, PATH: "/usr/bin:/bin" }) },
  });
  return check.state === "none" ? check.why : "available";
}

describe("a container engine", () => {
  test.each([
    ["docker", "DOCKER_HOST", "unix:///run/user/1000/docker.sock"],
    ["docker", "DOCKER_CONTEXT", "colima"],
    ["docker", "HOME", "/home/someone"],
    ["podman", "CONTAINER_HOST", "ssh://core@127.0.0.1:2222"],
    ["podman", "XDG_RUNTIME_DIR", "/run/user/1000"],
  ] as const)("%s is told %s, and nothing that is secret", async (driver, name, value) => {
    engine(driver, [`echo "asked at [$${name}] with [$OPENAI_API_KEY$PRIVATE_KEY$DATABASE_URL$HTTPS_PROXY]" >&2`]);
    const secret = { OPENAI_API_KEY: "key", PRIVATE_KEY: "key", DATABASE_URL: "key", HTTPS_PROXY: "key" };
    expect(await refusal(driver, { [name]: value, ...secret })).toContain(`asked at [${value}] with []`);
  });

  const asRoot = process.getuid?.() === 0;
  (asRoot ? test.skip : test)("of docker without root is refused with the reason", async () => {
    engine("docker", [`[ "$1" = info ] && echo '["name=seccomp,profile=default","name=rootless"]' && exit 0`]);
    expect(await refusal("docker", {})).toMatch(/daemon runs without root/);
  });
});
