import { spawn, spawnSync } from "node:child_process";
import { generateKeyPairSync, randomBytes } from "node:crypto";
import { mkdirSync, mkdtempSync, readdirSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { afterEach, describe, expect, it } from "@jest/globals";

/** As the image runs (`docker run --read-only`), built of what this machine has: nothing but the data directory can be written. */
const canBuild = spawnSync("bwrap", ["--ro-bind", "/usr", "/usr", "--symlink", "usr/lib64", "/lib64", "--symlink", "usr/lib", "/lib", "/usr/bin/true"]).status === 0; // prettier-ignore
if (!canBuild) console.warn("Left out: bubblewrap builds no root file system on this machine.");
const NOBODY = 65_534;
const close: (() => unknown)[] = [];
afterEach(() => {
  for (const one of close.splice(0).reverse()) one();
});

(canBuild ? describe : describe.skip)("the program on a root that nobody can write", () => {
  it("starts as an ordinary user with its secrets in files, and answers", async () => {
    const folder = mkdtempSync(join(tmpdir(), "coop-read-only-"));
    close.push(() => rmSync(folder, { recursive: true, force: true }));
    const [data, secrets] = [join(folder, "data"), join(folder, "secrets")];
    for (const one of [data, secrets]) mkdirSync(one);
    const { privateKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
    const files = {
      key: privateKey.export({ type: "pkcs1", format: "pem" }).toString(),
      webhook: randomBytes(20).toString("hex"),
      openai: `sk-${randomBytes(20).toString("hex")}`,
    };
    for (const [name, text] of Object.entries(files)) writeFileSync(join(secrets, name), text);
    const settings = {
      APP_ID: "1",
      PORT: "0",
      COOP_DATA_DIR: "/data",
      HOME: "/",
      GITHUB_API_URL: "http://127.0.0.1:1",
    };
    const inFiles = { PRIVATE_KEY_FILE: "key", WEBHOOK_SECRET_FILE: "webhook", OPENAI_API_KEY_FILE: "openai" };
    const environment = [
      ...Object.entries(settings),
      ...Object.entries(inFiles).map(([name, file]) => [name, `/run/secrets/${file}`]),
    ].flatMap(([name = "", value = ""]) => ["--setenv", name, value]);
    const parts = ["src", "migrations", "package.json", "app.yml"];
    const binds = [...parts.flatMap((name) => ["--ro-bind", realpathSync(name), `/app/${name}`]), "--ro-bind", realpathSync("node_modules"), "/app/node_modules"]; // prettier-ignore
    const links = ["bin", "lib", "lib64"].flatMap((name) => ["--symlink", `usr/${name}`, `/${name}`]);
    const system = ["--ro-bind", "/usr", "/usr", ...links, "--proc", "/proc", "--dev", "/dev", "--tmpfs", "/tmp"];
    const own = [...binds, "--bind", data, "/data", "--ro-bind", secrets, "/run/secrets", "--remount-ro", "/"];
    const node = ["--ro-bind", realpathSync(process.execPath), "/opt/node"];
    const as = ["--unshare-user", "--uid", String(NOBODY), "--gid", String(NOBODY), "--die-with-parent"];
    const command = ["/opt/node", "--max-semi-space-size=2", "--heap-growing-percent=50", "src/main.ts"];
    const all = [
      ...system,
      ...node,
      ...own,
      "--clearenv",
      ...environment,
      "--setenv",
      "PATH",
      "/usr/bin",
      "--chdir",
      "/app",
    ];
    const child = spawn("bwrap", [...all, "--die-with-parent", ...command], {
      ...as,
      stdio: ["ignore", "pipe", "pipe"],
    });
    const exited = new Promise((resolve) => child.once("exit", resolve));
    close.push(() => child.kill("SIGKILL"));
    const url = await new Promise<string>((resolve, reject) => {
      let errors = "";
      child.stderr.on("data", (chunk: Buffer) => (errors += chunk.toString()));
      child.once("exit", (code) => reject(new Error(`It ended with ${code}: ${errors}`)));
      createInterface({ input: child.stdout }).on("line", (line) => {
        const told = JSON.parse(line) as { msg: string; url?: string };
        if (told.msg === "ready") resolve(told.url ?? "");
      });
    });
    expect((await fetch(`${url}/ready`)).status).toBe(200);
    expect(readdirSync(data)).toContain("database");
    child.kill("SIGTERM");
    await exited;
  });
});
