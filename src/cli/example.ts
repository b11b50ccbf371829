import { readdir, readFile } from "node:fs/promises";
import { join, relative, sep } from "node:path";
import { fileURLToPath } from "node:url";
import { parse } from "yaml";
import { z } from "zod";
import { closest } from "../core/rules/did-you-mean.ts";
import { findingId, remarkSchema } from "../core/ticket/finding.ts";
import { taskTypeSchema } from "../core/ledger/ids.ts";
import { type Script, scriptSchema } from "../models/script.ts";
import { TITLE_CHARS_MAX } from "../desk/ticket-file.ts";

/** One line of the list of examples. */
const SUMMARY_CHARS_MAX = 120;

/**
 * An example: a ticket, the repository it is about, and what each role says, so that the whole loop can be seen without
 * GitHub and without keys. `examples/README.md` tells how to write one.
 *
 * Ids of findings are computed, and nobody can write a hash by hand: a finding is given a `ref`, and `@<ref>` stands
 * wherever its id is due.
 */
const count = z.number().int().min(0);
const outcomeSchema = z.enum(["passed", "failed", "nothing"]);
export type TaskOutcome = z.infer<typeof outcomeSchema>;

/** What a benchmark needs besides: who reads the example as a task never sees any of it. */
const benchSchema = z.strictObject({
  language: z.enum(["go", "typescript", "python", "javascript"]),
  /** What a careless worker would let through. */
  trap: z.enum(["stub", "weakened-test", "injection", "unclear", "claim-of-green"]).optional(),
  /** Passes only where the ticket was really done. Its files lie in the folder `acceptance`, which no role sees. */
  acceptance: z.string().min(1),
  /** What the person says, in this order, where the ticket waits for more than a yes. */
  says: z.array(z.string().min(1)).default([]),
  /** What becomes of it: `nothing` is delivered where it is rightly left to a person. */
  expect: z.strictObject({ team: outcomeSchema, solo: outcomeSchema }),
  /** What one model alone says in place of the entries below; where nothing is said here, those count. */
  solo: scriptSchema.default([]),
});

const exampleSchema = z.strictObject({
  name: z.string().regex(/^[a-z0-9]+(-[a-z0-9]+)*$/),
  /** One line, for the list. */
  summary: z.string().min(1).max(SUMMARY_CHARS_MAX),
  /** `demo`: one of those that the demo lists and the tests hold line by line. */
  stage: z.enum(["demo", "bench"]).default("bench"),
  ticket: z.strictObject({
    title: z.string().min(1).max(TITLE_CHARS_MAX),
    body: z.string(),
    labels: z.array(z.string().min(1)).min(1),
  }),
  /** What the maintainer does besides labelling, in this order, each as soon as the ticket waits for it. */
  people: z.array(z.enum(["approve-plan", "split", "approve-merge"])),
  expect: z.strictObject({
    /** What the router takes it for. */
    type: taskTypeSchema.exclude(["review"]),
    status: z.enum(["merged", "question", "blocked"]),
    /** Fix rounds after the first implementation. */
    rounds: count,
    blockersFound: count,
    blockersFixed: count,
    /** Tests that pass on the last head. */
    tests: count.min(1).optional(),
    /** Paths that the merged change touches, sorted. */
    files: z.array(z.string().min(1)),
  }),
  bench: benchSchema,
  script: scriptSchema.min(1),
});

type Description = z.infer<typeof exampleSchema>;
export type Example = Omit<Description, "script" | "bench"> & {
  readonly script: Script;
  readonly bench: Omit<Description["bench"], "solo"> & { readonly solo: Script };
  /** Path to content, as the default branch has it before the ticket. */
  readonly repository: ReadonlyMap<string, Buffer>;
  /** The files of the acceptance test, which go over those of the finished change. */
  readonly acceptance: ReadonlyMap<string, Buffer>;
};

/** What is wrong with a name or an example's files; the message is a sentence for the one who asked. */
export class ExampleError extends Error {}

const EXAMPLES = fileURLToPath(new URL("../../examples", import.meta.url));

/** @param root the folder with one folder an example @returns sorted by name @throws ExampleError */
export async function listExamples(
  stage: "demo" | "all",
  root = EXAMPLES,
): Promise<{ name: string; summary: string }[]> {
  const found = await Promise.all((await namesIn(root)).map((name) => readDescription(root, name)));
  return found.filter((one) => stage === "all" || one.stage === stage).map(({ name, summary }) => ({ name, summary }));
}

/** @throws ExampleError when there is no such example, or its files are wrong */
export async function loadExample(name: string, root = EXAMPLES): Promise<Example> {
  const known = await namesIn(root);
  // Compared with what is there and never joined as it came, so that no name leads out of the folder.
  if (!known.includes(name)) {
    const meant = closest(name, known);
    const hint = meant ? ` Did you mean ${meant}?` : "";
    throw new ExampleError(
      `There is no example ${JSON.stringify(name)}; there are ${known.join(", ") || "none"}.${hint}`,
    );
  }
  const description = await readDescription(root, name);
  const repository = await filesUnder(join(root, name, "repository"));
  if (repository.size === 0) throw new ExampleError(`The example ${name} has no files in its folder "repository".`);
  const acceptance = await filesUnder(join(root, name, "acceptance"));
  if (acceptance.size === 0) throw new ExampleError(`The example ${name} has no files in its folder "acceptance".`);
  // Both casts speak of the same findings, so that a ref stands for one id in both.
  const { script, bench } = description;
  const { solo, ...rest } = bench;
  const [together, alone] = withFindingIds([script, solo], name);
  return { ...description, bench: { ...rest, solo: alone }, script: together, repository, acceptance };
}

async function namesIn(root: string): Promise<string[]> {
  const entries = await readdir(root, { withFileTypes: true });
  return entries
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name)
    .sort();
}

async function readDescription(root: string, name: string): Promise<Description> {
  const file = `${name}/example.yml`;
  const text = await readFile(join(root, name, "example.yml"), "utf8").catch((error: NodeJS.ErrnoException) => {
    throw new ExampleError(`${file} cannot be read (${error.code ?? "error"}).`);
  });
  const parsed = exampleSchema.safeParse(parseYaml(text, file));
  if (!parsed.success) {
    const issue = parsed.error.issues[0];
    throw new ExampleError(`${file}: ${issue?.path.map(String).join(".") || "the file"}: ${issue?.message}.`);
  }
  if (parsed.data.name !== name) throw new ExampleError(`${file}: name is ${parsed.data.name}, its folder ${name}.`);
  return parsed.data;
}

function parseYaml(text: string, file: string): unknown {
  try {
    return parse(text);
  } catch (error) {
    throw new ExampleError(`${file} is not YAML: ${(error as Error).message.split("\n")[0]}`);
  }
}

async function filesUnder(folder: string): Promise<Map<string, Buffer>> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => []);
  const paths = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  const read = async (path: string) => [relative(folder, path).split(sep).join("/"), await readFile(path)] as const;
  return new Map(await Promise.all(paths.sort().map(read)));
}

type Scripts = [team: Script, solo: Script];

function withFindingIds(scripts: Scripts, name: string): Scripts {
  const ids = new Map<string, string>();
  collect(scripts, name, ids);
  return replaced(scripts, name, ids) as Scripts;
}

function collect(value: unknown, name: string, ids: Map<string, string>): void {
  if (typeof value !== "object" || value === null) return;
  if ("ref" in value) {
    const ref = String(value.ref);
    const remark = remarkSchema.safeParse(value);
    if (!remark.success) throw new ExampleError(`${name}: the finding ${ref}: ${z.prettifyError(remark.error)}`);
    if (ids.has(ref)) throw new ExampleError(`${name}: two findings have the ref ${ref}.`);
    ids.set(ref, findingId(remark.data));
  }
  for (const one of Object.values(value)) collect(one, name, ids);
}

/** A copy without `ref`, in which every `findingId: "@<ref>"` is the id itself. */
function replaced(value: unknown, name: string, ids: ReadonlyMap<string, string>): unknown {
  if (Array.isArray(value)) return value.map((one) => replaced(one, name, ids));
  if (typeof value !== "object" || value === null) return value;
  const entries = Object.entries(value).filter(([key]) => key !== "ref");
  return Object.fromEntries(
    entries.map(([key, one]) => [key, key === "findingId" ? idOf(one, name, ids) : replaced(one, name, ids)]),
  );
}

function idOf(written: unknown, name: string, ids: ReadonlyMap<string, string>): unknown {
  if (typeof written !== "string" || !written.startsWith("@")) return written;
  const id = ids.get(written.slice(1));
  if (id === undefined) throw new ExampleError(`${name}: no finding has the ref ${written.slice(1)}.`);
  return id;
}
