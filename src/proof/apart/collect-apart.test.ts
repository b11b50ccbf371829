import { describe, expect, it } from "@jest/globals";
import { DEFAULT_POLICY } from "../../core/rules/policy.ts";
import { blobSha } from "../../trees/blob-sha.ts";
import type { Blobs, Tree } from "../../trees/tree.ts";
import type { RunRequest, Sandbox } from "../../workspace/sandbox.ts";
import { collectProof } from "../collect.ts";
import type { ProofInput } from "../evidence.ts";
import { collectApart, type PortsApart } from "./collect-apart.ts";
import { limitOf } from "./messages.ts";
import { inWords } from "../../messages/proof/in-words.ts";

/** A proof read in a thread of its own is the same proof, and ends whatever foreign code does to it. */
const store = new Map<string, Buffer>();
const blobs: Blobs = { get: (sha) => Promise.resolve(store.get(sha) ?? null), put: () => Promise.reject(new Error()) };

function tree(files: Readonly<Record<string, string>>): Tree {
  return new Map(
    Object.entries(files).map(([path, text]) => {
      const content = Buffer.from(text);
      const sha = blobSha(content);
      store.set(sha, content);
      return [path, { mode: "100644" as const, sha, sizeBytes: content.length }];
    }),
  );
}

const TEST =
  'import { test } from "node:test";\nimport { f } from "./x.js";\ntest("t", () => { if (f(2) !== 4) throw new Error(); });\n';

function input(files: Readonly<Record<string, string>>): ProofInput {
  const rest = { "package.json": '{"scripts":{"test":"node --test"}}' };
  return {
    ...{ type: "review", plan: null, policy: DEFAULT_POLICY, checks: [], unplanned: [], protectedAccepted: [] },
    ...{
      reviews: [],
      asks: "nobody",
      commands: [{ name: "t", run: "node --test", timeoutSeconds: 60, proves: "tests" }],
    },
    base: { commitSha: "a".repeat(40), treeSha: "c".repeat(40), tree: tree(rest) },
    head: { commitSha: "b".repeat(40), treeSha: "d".repeat(40), tree: tree({ ...rest, ...files }) },
  };
}

const NONE = { state: "none", why: "None here." } as const;

/** Reads every file that it is given, as a real one does: also the changed versions, which stand nowhere else. */
function readingSandbox(seen: string[]): Sandbox {
  return {
    driver: "direct",
    version: "direct 1",
    run: async ({ tree: files, blobs: from, onOutput }: RunRequest) => {
      const texts = await Promise.all([...files.values()].map(async ({ sha }) => String(await from.get(sha))));
      seen.push(texts.join("\n"));
      const fails = texts.some((text) => text.includes("export function f") && !text.includes("a * a"));
      onOutput?.(
        Buffer.from(
          `1..1\n${fails ? "not ok" : "ok"} 1 - t\n# tests 1\n# pass ${fails ? 0 : 1}\n# fail ${fails ? 1 : 0}\n`,
        ),
      );
      return { outcome: "exited", exitCode: fails ? 1 : 0, output: "", durationMs: 5, reports: new Map() };
    },
  };
}

function thrown(work: () => unknown): unknown {
  try {
    return work();
  } catch (error) {
    return error;
  }
}
const thrownDeep = (): number => 1 + thrownDeep();

const SQUARE = { "src/x.js": "export function f(a) {\n  return a * a;\n}\n", "src/x.test.js": TEST };

describe("a proof that is read apart", () => {
  it("is the same, with runs, changed versions and what the runner says", async () => {
    const [here, there]: [string[], string[]] = [[], []];
    const ports = (seen: string[]): PortsApart => ({
      sandbox: { state: "available", sandbox: readingSandbox(seen) },
      blobs,
      preparer: null,
    });
    const apart = await collectApart(input(SQUARE), ports(there));
    expect(apart).toEqual(await collectProof(input(SQUARE), ports(here)));
    expect(apart.find(({ id }) => id === "verification")?.code).toBe("passes");
    expect(there.some((text) => text.includes("a / a"))).toBe(true);
    expect(new Set(there)).toEqual(new Set(here));
  });

  it.each([
    ["is run again by the next proof where it failed, which may have been chance", 1, [2, 3]],
    ["is not run again where it passed", 0, [1, 1]],
  ])("the base %s", async (_, failing, runs) => {
    let onBase = 0;
    const reading = readingSandbox([]);
    const run: Sandbox["run"] = async (request) => {
      if (request.tree.size > 1) return reading.run(request);
      const fails = ++onBase <= failing;
      request.onOutput?.(Buffer.from(`1..1\n${fails ? "not ok" : "ok"} 1 - t\n# tests 1\n# pass ${fails ? 0 : 1}\n`));
      return { outcome: "exited", exitCode: fails ? 1 : 0, output: "", durationMs: 5, reports: new Map() };
    };
    const ports: PortsApart = {
      ...{ sandbox: { state: "available", sandbox: { ...reading, run } }, blobs, preparer: null },
    };
    await collectApart(input(SQUARE), ports);
    const first = onBase;
    await collectApart(input(SQUARE), ports);
    expect([first, onBase]).toEqual(runs);
  });

  it("fails with the very error of a port", async () => {
    const broken = new Error("The database is away");
    const ports: PortsApart = { sandbox: NONE, blobs: { ...blobs, get: () => Promise.reject(broken) }, preparer: null };
    await expect(collectApart(input(SQUARE), ports)).rejects.toBe(broken);
  });

  it("is not asked for what the one before it, which failed, still wanted", async () => {
    const broken = new Error("The sandbox is away");
    let goOn: () => void = () => undefined;
    const held = new Promise<void>((resolve) => (goOn = resolve));
    let changed = 0;
    const reading = readingSandbox([]);
    const failing: Sandbox = {
      ...reading,
      run: async (request) => {
        const text = String(await request.blobs.get(request.tree.get("src/x.js")?.sha ?? ""));
        if (!text.startsWith("export") || text === SQUARE["src/x.js"]) return reading.run(request);
        if (++changed > 1) throw broken;
        await held;
        return reading.run(request);
      },
    };
    const available = (sandbox: Sandbox): PortsApart => ({
      sandbox: { state: "available", sandbox },
      blobs,
      preparer: null,
    });
    await expect(collectApart(input(SQUARE), available(failing))).rejects.toBe(broken);
    const seen: string[] = [];
    const next = collectApart(input({}), available(readingSandbox(seen)));
    goOn();
    await next;
    expect(seen.filter((text) => text.includes("export function f"))).toEqual([]);
  });

  it("fails with our own error, and does not call it a trait of the change", async () => {
    const ours = { ...input(SQUARE), checks: null as never };
    await expect(collectApart(ours, { sandbox: NONE, blobs, preparer: null })).rejects.toThrow(/TypeError/);
    const next = await collectApart(input(SQUARE), { sandbox: NONE, blobs, preparer: null });
    expect(next.find(({ id }) => id === "completeness")?.state).toBe("proven");
  });

  it.each([
    ["stack", thrown(() => thrownDeep())],
    ["size", thrown(() => "x".repeat(2 ** 29).concat("x".repeat(2 ** 29)))],
    ["size", thrown(() => new Array(2 ** 32))],
    ["memory", Object.assign(new Error("Worker terminated"), { code: "ERR_WORKER_OUT_OF_MEMORY" })],
    [null, thrown(() => "x".repeat(-1))],
    [null, thrown(() => (1).toFixed(101))],
    [null, new TypeError("Maximum call stack size exceeded")],
    [null, "Maximum call stack size exceeded"],
  ])("is told to reach %s only where it does: %s", (limit, error) => expect(limitOf(error)).toBe(limit));

  it("is unknown and never proven where it is nested too deeply or too long for its rules", async () => {
    const deep = `export const f = () => ${"(".repeat(90_000)}a${")".repeat(90_000)};\n`;
    const found = await collectApart(input({ "src/x.js": deep }), { sandbox: NONE, blobs, preparer: null }, 5_000);
    const items = found.map(inWords);
    expect(items.filter(({ state }) => state === "proven")).toEqual([]);
    expect(items.find(({ id }) => id === "completeness")).toMatchObject({
      ...{ code: "unread", state: "unknown", required: true },
      evidence: expect.stringMatching(
        /^This change could not be read \((it is nested too deeply|reading it took more than 5 seconds)\)/,
      ),
    });
  });

  it("is unknown where the thread works without a word, and says so", async () => {
    const long = `export const f = () => [${"[1],".repeat(60_000)}];\n`;
    const found = await collectApart(input({ "src/x.js": long }), { sandbox: NONE, blobs, preparer: null }, 10);
    const items = found.map(inWords);
    expect(items.filter(({ state }) => state === "proven")).toEqual([]);
    expect(items.map(({ evidence }) => evidence)).toContainEqual(expect.stringMatching(/took more than|too busy/));
  });

  it("ends where a thread says nothing, and the next proof is read again", async () => {
    const never: Sandbox = { ...readingSandbox([]), run: () => new Promise(() => undefined) };
    const hung = await collectApart(
      input(SQUARE),
      { sandbox: { state: "available", sandbox: never }, blobs, preparer: null },
      0,
    );
    expect(hung.every(({ state }) => state === "unknown")).toBe(true);
    const next = await collectApart(input(SQUARE), { sandbox: NONE, blobs, preparer: null });
    expect(next.find(({ id }) => id === "completeness")?.state).toBe("proven");
  });
});
