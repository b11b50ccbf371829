import { execFile } from "node:child_process";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { schemaText } from "./schema.ts";

let folder = "";
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "coop-config-"));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/** In an empty folder, with nothing set. */
function coop(...args: readonly string[]): Promise<{ code: number; out: string; err: string }> {
  const program = join(process.cwd(), "src/cli/coop.ts");
  return new Promise((resolve) => {
    execFile(process.execPath, [program, ...args], { env: {}, cwd: folder }, (error, out, err) => {
      resolve({ code: error ? Number(error.code) : 0, out, err });
    });
  });
}

describe("coop check-config", () => {
  it("names every mistake with its line and column, and is content when all is right", async () => {
    await writeFile(join(folder, "coop.yml"), "limits:\n  usdPerTicket: much\nplanGates: never\n");
    expect(await coop("check-config", "coop.yml")).toEqual({
      code: 1,
      out:
        "coop.yml:2:17: `limits.usdPerTicket`: Invalid input: expected number, received string\n" +
        "coop.yml:3:12: `planGates` is no setting. Did you mean `planGate`?\n",
      err: "",
    });
    await writeFile(join(folder, "coop.yml"), "planGate: never\n");
    expect(await coop("check-config", "coop.yml")).toMatchObject({ code: 0, out: "coop.yml is right.\n" });
  });

  it("says that a policy is too large, as the App does", async () => {
    await writeFile(join(folder, "large.yml"), `# ${"x".repeat(64_000)}\n`);
    expect(await coop("check-config", "large.yml")).toEqual({
      code: 1,
      out: "large.yml:1:1: it has 64,003 bytes, and a policy may have at most 64,000\n",
      err: "",
    });
  });

  it("reads a server file as one", async () => {
    await writeFile(join(folder, "server.yml"), "limits: { ticketsAtOnce: 0 }\n");
    expect(await coop("check-config", "--server", "server.yml")).toMatchObject({
      code: 1,
      out: "server.yml:1:26: `limits.ticketsAtOnce`: Too small: expected number to be >=1\n",
    });
  });

  it("says what to do where there is no file", async () => {
    const { code, err } = await coop("check-config");
    expect([code, err]).toEqual([
      2,
      "There is no .github/coop.yml here, so the defaults apply. Name another file to check it.\n",
    ]);
  });
});

describe("the kept schemas", () => {
  it.each(["policy", "server"] as const)("are what the program reads: %s", async (name) => {
    const kept = await readFile(`docs/schemas/${name}.schema.json`, "utf8");
    // After a change of the settings: npm run --silent coop -- schema <name> > docs/schemas/<name>.schema.json
    expect(JSON.parse(kept)).toEqual(JSON.parse(schemaText(name)));
  });
});
