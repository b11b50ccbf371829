import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { environment } from "../config.ts";
import { DEFAULT_POLICY } from "../core/rules/policy.ts";
import { preparerHere, sandboxHere } from "../machine.ts";
import { DEFAULT_SERVER } from "../server-file.ts";
import { inWords } from "../messages/proof/in-words.ts";
import { collectProof } from "../proof/collect.ts";
import { memoryTree } from "../trees/memory-tree.ts";
import type { Snapshot } from "../trees/tree.ts";
import { findProgram } from "../workspace/prepare/host.ts";
import type { Preparer } from "../workspace/preparer.ts";
import { runProcess } from "../workspace/process.ts";
import { materialise } from "../workspace/materialise.ts";
import type { Sandbox, SandboxCheck } from "../workspace/sandbox.ts";
import { BENCH_REPOSITORIES, type BenchRepository } from "./bench-repositories.ts";
import { npmCommand } from "./npm-command.ts";
import { print } from "./terminal.ts";

/**
 * What the proof costs, beside one plain run of the same tests on this machine: without mutation, for the first ticket on
 * a commit and for the ones after it. Then what it takes to find prepared packages again, and to start in a tree of ten
 * thousand files. `npm run bench:proof`; the last line is one JSON object.
 *
 * A later proof counts everything between the two commits and the items: the whole suite on the head, on the head without
 * `CI`, and the old tests on the new code; of the changed test files alone, three more looks and two on the old code. What
 * ran on the base is kept from the first. Each begins in a fresh sandbox, two at a time; how many they were is told.
 */
const RUNS = 3;
const FILES = 10_000;
const PACKAGE_FILES = 20_000;
const TIMEOUT_MS = 120_000;

type Counted = Sandbox & { readonly runs: () => number };

function counted(sandbox: Sandbox): Counted {
  let count = 0;
  const run: Sandbox["run"] = (request) => {
    count += 1;
    return sandbox.run(request);
  };
  return { ...sandbox, run, runs: () => count };
}

type Bench = {
  readonly sandbox: SandboxCheck;
  readonly driver: Counted;
  readonly folder: string;
  readonly preparer: Preparer;
};

async function main(): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), "coop-bench-"));
  const settings = DEFAULT_SERVER.sandbox;
  const sandbox = await sandboxHere(settings, { searchPath: environment().PATH ?? "", privatePaths: [] });
  if (sandbox.state === "none") {
    print(`No sandbox on this machine: ${sandbox.why}`);
    process.exitCode = 1;
    return;
  }
  const preparer = preparerHere(sandbox, folder, settings);
  const driver = counted(sandbox.sandbox);
  const bench = { sandbox: { ...sandbox, sandbox: driver }, driver, folder, preparer };
  try {
    const languages = await measureLanguages(bench);
    const packages = await measurePackages(bench);
    const files = await measureFiles(bench);
    print(JSON.stringify({ driver: bench.driver.driver, languages, ...packages, ...files }));
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function measureLanguages(bench: Bench): Promise<object> {
  const found: Record<string, object> = {};
  for (const repository of BENCH_REPOSITORIES) {
    const program = findProgram(hostOf(), repository.needs);
    if (program === null) {
      print(`${repository.name}: SKIPPED, ${repository.needs} is not installed here`);
      continue;
    }
    const { plainMs, firstMs, laterMs, runs } = await measure(bench, repository);
    const ratio = round(laterMs / plainMs);
    const first = round(firstMs / plainMs);
    print(
      `${repository.name}: plain run ${ms(plainMs)}, proof ${ms(firstMs)} for the first ticket (${first}×), ${ms(laterMs)} later (${ratio}×; at most ${repository.ratioMax}×): ${runs} runs`,
    );
    found[repository.name] = {
      plainMs: Math.round(plainMs),
      firstMs: Math.round(firstMs),
      laterMs: Math.round(laterMs),
      firstRatio: first,
      ratio,
      runs,
    };
  }
  return found;
}

/** Each plain run beside a proof, so that a busy machine disturbs both alike; the packages and caches are there before. */
async function measure(bench: Bench, repository: BenchRepository) {
  await bench.preparer.prepare(memoryTree(entries(repository.base)));
  await plainRun(bench, repository);
  const firstMs = await timed(() => proof(bench, repository, 1));
  const plain: number[] = [];
  const later: number[] = [];
  const runsBefore = bench.driver.runs();
  for (let run = 0; run < RUNS; run++) {
    plain.push(await plainRun(bench, repository));
    later.push(await timed(() => proof(bench, repository, run + 2)));
  }
  const runs = (bench.driver.runs() - runsBefore) / RUNS;
  return { plainMs: median(plain), firstMs, laterMs: median(later), runs };
}

/** As a person runs it: in a folder, with the caches of their own. */
async function plainRun({ folder }: Bench, { base, command }: BenchRepository): Promise<number> {
  const { tree, blobs } = memoryTree(entries(base));
  const made = await materialise(tree, blobs, { parent: folder, owner: null });
  if (made.outcome === "refused") throw new Error(made.why);
  const path = environment().PATH ?? "";
  const words = [
    `PATH=${path}`,
    `HOME=${folder}`,
    `GOCACHE=${join(folder, "plain-go-cache")}`,
    "GOFLAGS=-count=1",
    "CI=true",
  ];
  const result = await runProcess({
    file: "/bin/sh",
    args: ["-c", `cd "$0" && exec env -i "$@" 2>&1`, made.directory, ...words, "/bin/sh", "-c", command],
    ...{
      user: null,
      inputs: [],
      timeoutMs: TIMEOUT_MS,
      outputBytesMax: 10_000,
      memoryBytesMax: Number.MAX_SAFE_INTEGER,
    },
  });
  await made.remove();
  if (result.exitCode !== 0) throw new Error(`${command} ended with ${result.exitCode}: ${result.output}`);
  return result.durationMs;
}

async function proof({ sandbox, preparer }: Bench, repository: BenchRepository, mark: number): Promise<void> {
  const before = memoryTree(entries(repository.base));
  const after = memoryTree(entries({ ...repository.base, ...repository.change(mark) }));
  const snapshot = (name: string, { tree }: typeof before): Snapshot => ({
    commitSha: name.repeat(40),
    treeSha: name,
    tree,
  });
  const get = async (sha: string) => (await before.blobs.get(sha)) ?? (await after.blobs.get(sha));
  const items = await collectProof(
    {
      ...{ type: "bug", plan: null, base: snapshot("a", before), head: snapshot("b", after) },
      policy: { ...DEFAULT_POLICY, proof: { ...DEFAULT_POLICY.proof, mutationsMax: 0 } },
      ...{ commands: "to-be-found", checks: [], unplanned: [], protectedAccepted: [], reviews: [] },
    },
    { sandbox, preparer, blobs: { ...before.blobs, get } },
  );
  const open = items.filter(({ id, state }) => /verification|to-pass/.test(id) && state !== "proven");
  if (open.length > 0)
    throw new Error(`${repository.name}: ${open.map((one) => `${one.id}: ${inWords(one).evidence}`).join("; ")}`);
}

/** A layer as large as a large application's `node_modules`, made and then found by the next ticket. */
async function measurePackages({ preparer }: Bench): Promise<object> {
  const make = `mkdir -p node_modules && node -e 'const fs = require("fs"); for (let n = 0; n < ${PACKAGE_FILES}; n++) { const at = "node_modules/p" + (n % 400); fs.mkdirSync(at, { recursive: true }); fs.writeFileSync(at + "/" + n + ".js", "x".repeat(500)) }'`;
  const setup = [{ name: "packages", run: make, timeoutSeconds: 120 }];
  const request = { ...memoryTree(entries({ "package.json": "{}" })), setup };
  const madeMs = await timed(() => preparer.prepare(request));
  const again: number[] = [];
  for (let run = 0; run < RUNS; run++) again.push(await timed(() => preparer.prepare(request)));
  print(`packages: ${PACKAGE_FILES} files made in ${ms(madeMs)}, found again in ${ms(median(again))} (at most 1 s)`);
  return { layerMadeMs: Math.round(madeMs), layerFoundMs: Math.round(median(again)) };
}

async function measureFiles({ driver }: Bench): Promise<object> {
  const files = Array.from({ length: FILES }, (_, n) => [`d${n % 100}/f${n}.txt`, Buffer.from(`file ${n}\n`)] as const);
  const { tree, blobs } = memoryTree(files);
  const run = () => driver.run({ tree, blobs, command: "true", timeoutMs: TIMEOUT_MS, outputBytesMax: 1000 });
  const firstMs = await timed(run);
  const again: number[] = [];
  for (let count = 0; count < RUNS; count++) again.push(await timed(run));
  print(`files: ${FILES} written and run in ${ms(firstMs)} (at most 2 s), run again in ${ms(median(again))}`);
  return { filesFirstMs: Math.round(firstMs), filesAgainMs: Math.round(median(again)) };
}

function entries(files: Readonly<Record<string, string>>): [string, Buffer][] {
  return Object.entries(files).map(([path, text]) => [path, Buffer.from(text)]);
}

function hostOf() {
  return { searchPath: environment().PATH ?? "", home: tmpdir(), environment: {} };
}

async function timed(act: () => Promise<unknown>): Promise<number> {
  const began = performance.now();
  await act();
  return performance.now() - began;
}

function median(all: readonly number[]): number {
  return [...all].sort((a, b) => a - b)[Math.floor(all.length / 2)] ?? 0;
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}

function ms(value: number): string {
  return value < 1000 ? `${Math.round(value)} ms` : `${(value / 1000).toFixed(1)} s`;
}

npmCommand(
  "bench:proof",
  "What the proof costs, beside one plain run of the same tests on this machine. The last line is one JSON object.",
).parse();
await main();
