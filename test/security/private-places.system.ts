import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { accessSync, chmodSync, constants, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { privatePlaces } from "../../src/private-places.ts";
import { checkSandbox } from "../../src/workspace/drivers/check.ts";
import { DRIVERS, memoryStore, SANDBOX_OPTIONS } from "../contracts/sandbox-fixture.ts";

/** Keys beside tools that are shown: what a server would have below `/usr` or `/opt`. */
const CANARY = "canary-of-this-server";
const KEYS = ["app.pem", "webhook", "model", "coop.yml", "repository/.env", "repository/a/b"];
/** Folders that are no sandbox's own and not the host's alone. */
const PLACES = ["/opt", "/srv", "/usr/local"];
let tools = "";

beforeAll(() => {
  const place = PLACES.find(isWritable);
  if (place === undefined) return;
  tools = mkdtempSync(join(place, "private-"));
  chmodSync(tools, 0o755);
  for (const folder of ["bin", "repository/a", "repository/.git"]) mkdirSync(join(tools, folder), { recursive: true });
  for (const key of KEYS) writeFileSync(join(tools, key), CANARY);
  writeFileSync(join(tools, "ca.pem"), "certificate");
  symlinkSync(tools, `${tools}-link`);
});
afterAll(() => {
  if (tools === "") return;
  rmSync(tools, { recursive: true });
  rmSync(`${tools}-link`);
});

function skipped(why: string): undefined {
  if (process.env["COOP_REQUIRE_SANDBOX"] === "1") throw new Error(`A sandbox is required here: ${why}`);
  console.warn(`SKIPPED: ${why}`);
  return undefined;
}

function isWritable(folder: string): boolean {
  try {
    accessSync(folder, constants.W_OK);
    return true;
  } catch {
    return false;
  }
}

describe.each(DRIVERS)("private places with %s", (driver) => {
  const seenWith = async (privatePaths: readonly string[]) => {
    if (tools === "") return skipped(`nobody here may write to ${PLACES.join(", ")}`);
    const toolchain = [tools, `${tools}-link`];
    const check = await checkSandbox({ ...SANDBOX_OPTIONS, driver, toolchain, privatePaths });
    if (check.state === "none") return skipped(check.why);
    const { blobs, tree } = memoryStore();
    const command = `find -L ${tools}/ ${tools}-link/ -type f | sort | while read f; do echo "$f $(cat $f)"; done`;
    const limits = { timeoutMs: 20_000, outputBytesMax: 20_000 };
    return (await check.sandbox.run({ tree: tree({}), blobs, command, ...limits })).output;
  };

  it("shows no key of the server wherever it lies, and what programs need", async () => {
    const env = {
      PRIVATE_KEY_PATH: `${tools}/app.pem`,
      WEBHOOK_SECRET_FILE: `${tools}-link/webhook`,
      MINE_API_KEY_FILE: `${tools}/model`,
      COOP_CONFIG: `${tools}/coop.yml`,
      SSL_CERT_FILE: `${tools}/ca.pem`,
    };
    const at = { folder: join(tools, "repository/a"), home: "/nonexistent", program: process.cwd() };
    const output = await seenWith(privatePlaces({ ...at, env }));
    if (output === undefined) return;
    expect(output).not.toContain(CANARY);
    expect(output).toContain(`${tools}/ca.pem certificate`);
    expect(output).toContain(`${tools}-link/ca.pem certificate`);
  });

  it("would show them all otherwise", async () => {
    const output = await seenWith([]);
    if (output === undefined) return;
    expect(output.split(CANARY)).toHaveLength(2 * KEYS.length + 1);
  });
});
