import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "@jest/globals";
import { engineEnvironment } from "../../src/machine.ts";
import { checkSandbox } from "../../src/workspace/drivers/check.ts";
import { find } from "../../src/workspace/drivers/prepare-runtime.ts";
import type { RunRequest } from "../../src/workspace/sandbox.ts";
import { DEFAULT_POLICY } from "../../src/core/rules/policy.ts";
import { readiness } from "../../src/core/ticket/proof-items.ts";
import { testCommand } from "../../src/proof/runners/commands.ts";
import { HONEST, PLAN, prove } from "./sandbox-proof-fixture.ts";
import { IMAGE, makeImage } from "./image-fixture.ts";
import { memoryStore, SANDBOX_OPTIONS } from "./sandbox-fixture.ts";

/** The driver for containers, held to the same promises by each engine, with an image made of this machine's own files. */
const ENGINES = ["podman", "docker"] as const;
const OPTIONS = { ...SANDBOX_OPTIONS, engineEnvironment: engineEnvironment(process.env) };

async function sandboxOf(engine: (typeof ENGINES)[number], program: string | null) {
  const why = program ? makeImage(program) : `${engine} is not installed on this machine.`;
  const check = why === null ? await checkSandbox({ ...OPTIONS, driver: engine, image: IMAGE }) : null;
  if (check?.state === "available") return check;
  const reason = check?.state === "none" ? check.why : (why ?? "");
  if (process.env["COOP_REQUIRE_CONTAINERS"]?.split(",").includes(engine))
    throw new Error(`${engine} is required here: ${reason}`);
  console.warn(`No containers by ${engine} on this machine, so tests that need them are SKIPPED: ${reason}`);
  return null;
}

const repository = memoryStore();
const place = mkdtempSync(join(tmpdir(), "coop-container-"));
afterAll(() => rmSync(place, { recursive: true, force: true }));

const engines = await Promise.all(
  ENGINES.map(async (engine) => {
    const program = find(engine, SANDBOX_OPTIONS.searchPath);
    return { engine, program, here: await sandboxOf(engine, program) };
  }),
);

describe.each(engines)("a sandbox of containers by $engine", ({ engine, program, here }) => {
  const it = here ? test : test.skip;
  const run = (command: string, more: Partial<RunRequest> = {}, files: Record<string, string> = {}) => {
    const limits = { timeoutMs: 20_000, outputBytesMax: 20_000 };
    return here!.sandbox.run({ tree: repository.tree(files), blobs: repository.blobs, command, ...limits, ...more });
  };

  it("is believed only after every probe, and says what it is", () => {
    const version = expect.stringMatching(new RegExp(`${engine}.*coop-contract`, "i"));
    expect(here!.sandbox).toMatchObject({ driver: engine, version });
  });

  it("proves an honest change whole, and sees a wrong one", async () => {
    const policy = {
      ...DEFAULT_POLICY,
      verify: [testCommand("node --test")],
      proof: { ...DEFAULT_POLICY.proof, mutationsMax: 8 },
    };
    const plan = {
      ...PLAN,
      verification: ["node --test"],
      definitionOfDone: PLAN.definitionOfDone.filter(({ evidence }) => evidence.kind !== "command"),
    };
    const proof = await prove(here!, HONEST, { policy, plan });
    expect(readiness(Object.values(proof))).toEqual({ outcome: "ready" });
    expect(proof.verification.evidence).toMatch(/`node --test` passes: 6 tests ran\./);
    const wrong = { ...HONEST, "src/clock.js": "export const clock = () => '00:00';\n" };
    expect(readiness(Object.values(await prove(here!, wrong, { policy, plan }))).outcome).toBe("not-ready");
  }, 240_000);

  it("runs a command on the files it was given, whatever their names, and tells status and both streams in order", async () => {
    const long = `${"folder/".repeat(20)}${"n".repeat(120)}.txt`;
    const files = { "a/b.txt": "content\n", [long]: "long\n", "ümläut – ✓": "odd\n" };
    const tree = new Map([
      ...repository.tree(files),
      ["run", { ...repository.tree({ r: "#!/bin/sh\necho ran\n" }).get("r")!, mode: "100755" as const }],
    ]);
    const result = await run(`cat a/b.txt ${long} 'ümläut – ✓'; ./run; echo to-error >&2; pwd; exit 7`, { tree });
    expect(result).toMatchObject({
      outcome: "exited",
      exitCode: 7,
      output: "content\nlong\nodd\nran\nto-error\n/workspace\n",
    });
  });

  it("throws away what was written, and holds nothing of the host's environment", async () => {
    await run("echo evil > a.txt; touch /tmp/left");
    expect((await run("ls -A . /tmp/home; env; echo x > /usr/evil", {}, { "a.txt": "" })).output).not.toMatch(
      /evil$|left|SECRET/m,
    );
  });

  it("ends everything when time is up, and leaves no container", async () => {
    const result = await run("setsid sleep 300 & nohup sleep 300 & sleep 300", { timeoutMs: 1500 });
    expect(result).toMatchObject({ outcome: "timed-out", exitCode: null });
    expect(
      execFileSync(program!, ["ps", "--all", "--quiet", "--filter", `name=coop-run-${process.pid}-`]).toString(),
    ).toBe("");
  }, 60_000);

  it("tells a command that ends with the status of a timeout from one that ran out of time", async () => {
    expect(await run("exit 124")).toMatchObject({ outcome: "exited", exitCode: 124 });
    expect(await run("exit 137")).toMatchObject({ outcome: "exited", exitCode: 137 });
  });

  it("brings reports back, and shows folders of the host as it was told", async () => {
    for (const name of ["ro", "scratch", "kept"]) {
      mkdirSync(join(place, engine, name), { recursive: true });
      writeFileSync(join(place, engine, name, "f"), `${name}\n`);
    }
    const mounts = [
      { from: join(place, engine, "ro"), at: "node_modules", writes: "refused" as const },
      { from: join(place, engine, "scratch"), at: "/opt/coop/cache", writes: "discarded" as const },
      { from: join(place, engine, "kept"), at: "/opt/coop/layer", writes: "kept" as const },
    ];
    const command =
      "cat node_modules/f /opt/coop/cache/f; echo new > /opt/coop/cache/f; cat /opt/coop/cache/f; echo x > node_modules/y; echo written > /opt/coop/layer/g; echo '<r/>' > out.xml; true";
    const result = await run(command, { mounts, reports: ["out.xml", "/tmp/coop-reports/*"] });
    expect(result.output).toMatch(/^ro\nscratch\nnew\n[^]*Read-only/);
    expect(result.reports?.get("out.xml")?.toString()).toBe("<r/>\n");
    expect(readFileSync(join(place, engine, "scratch/f"), "utf8")).toBe("scratch\n");
    expect(readFileSync(join(place, engine, "kept/g"), "utf8")).toBe("written\n");
  });

  it("refuses a tree whose content cannot be found, and says so", async () => {
    const tree = new Map([["a", { mode: "100644" as const, sha: "0".repeat(40), sizeBytes: 1 }]]);
    expect(await run("true", { tree })).toMatchObject({
      outcome: "failed-to-start",
      output: expect.stringMatching(/could not be found/),
    });
  });

  it("survives a fork bomb, and counts the memory of all processes, shared memory included", async () => {
    expect(["timed-out", "exited", "killed"]).toContain(
      (await run("bomb() { bomb | bomb & }; bomb; sleep 60", { timeoutMs: 3000 })).outcome,
    );
    const part =
      "const a = []; for (let i = 0; i < 20; i++) a.push(Buffer.alloc(50e6, 1)); setTimeout(() => {}, 60000)";
    const many = await run(`for i in 1 2 3 4; do node -e '${part}' & done; wait; exit 1`, { timeoutMs: 15_000 });
    expect(many.outcome).toBe("killed");
  }, 90_000);
});
