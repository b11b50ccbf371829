import { execFileSync } from "node:child_process";
import { existsSync, globSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { parse } from "yaml";
import { z } from "zod";
import { FINISH, toolsFor } from "../src/agent/tools.ts";
import { ledgerKeys, shownKey } from "../src/core/ledger/ledger-keys.ts";
import { loadModels } from "../src/config.ts";
import { COMMANDS } from "../src/core/rules/command.ts";
import { ENTRY_DATA, handoffSchema, spendSchema, stepNameSchema } from "../src/core/ledger/entries.ts";
import { ANY_ITEM, PROOF_CODES } from "../src/core/ticket/proof-codes.ts";
import { policySchema } from "../src/core/rules/policy.ts";
import { COMMAND_MEANINGS } from "../src/messages/commands.ts";
import { renderEntries } from "../src/messages/entry.ts";
import { withMarker } from "../src/messages/marker.ts";
import { attackTask } from "../src/roles/adversary.ts";
import { planTask } from "../src/roles/architect.ts";
import { fixTask, implementTask } from "../src/roles/implementer.ts";
import { askTask } from "../src/roles/navigator.ts";
import { diagnoseTask, reviewTask, verifyTask } from "../src/roles/reviewer.ts";
import { settleTask } from "../src/roles/settle.ts";
import { Measures, metricsText } from "../src/web/metrics.ts";
import { entriesOf, storyDrafts, TEST_TICKET } from "./support/builders.ts";

/** The documents are held against the code: a list that a person has to keep up by hand is wrong sooner or later. */
const read = (path: string) => readFileSync(path, "utf8");
const api = read("docs/API.md");
const readme = read("README.md");
const documents = globSync("{*,docs/**/*}.md").sort();
const lacking = (text: string, wanted: readonly string[]) => wanted.filter((one) => !text.includes(one));

/** Code blocks of a language below the heading that contains `title`. */
function blockUnder(text: string, title: string, language: string): string {
  const section = text.slice(text.search(new RegExp(`^#+ .*${title}`, "m")));
  return new RegExp(`\`\`\`${language}\\n([\\s\\S]*?)\n\`\`\``).exec(section)?.[1] ?? "";
}

/** Rows of the table whose first column is `first`, as cells. */
function tableRows(text: string, first: string): string[][] {
  const [, rows = ""] = new RegExp(`^\\| ${first} \\|.*\\n\\|[-|]+\\n((?:\\|.*\\n)+)`, "m").exec(text) ?? [];
  return rows
    .trimEnd()
    .split("\n")
    .map((row) =>
      row
        .split(/(?<!\\)\|/)
        .slice(1, -1)
        .map((cell) => cell.trim()),
    );
}
const quoted = (cell = "") => [...cell.matchAll(/`([^`]+)`/g)].map((match) => match[1] ?? "");

/** Dotted names of a schema's fields, through defaults and options. */
function fieldsOf(schema: unknown, at = ""): string[] {
  let inner = schema;
  while (inner instanceof z.ZodDefault || inner instanceof z.ZodPrefault || inner instanceof z.ZodOptional)
    inner = inner.unwrap();
  if (!(inner instanceof z.ZodObject)) return [at];
  return Object.entries(inner.shape).flatMap(([name, field]) => fieldsOf(field, at ? `${at}.${name}` : name));
}

function valueAt(value: unknown, path: string): unknown {
  return path.split(".").reduce((from, name) => (from as Record<string, unknown> | undefined)?.[name], value);
}

describe("docs/API.md", () => {
  it("has every entry with exactly its fields", () => {
    const shown = tableRows(api, "kind").map(([kind, data]) => [...quoted(kind), ...quoted(data)]);
    const real = Object.entries(ENTRY_DATA).map(([kind, { shape }]) => [kind, ...Object.keys(shape)]);
    expect(shown).toEqual(real);
  });

  it("has every command with who may say it", () => {
    const shown = tableRows(api, "command").filter(([command]) => command?.startsWith("`/coop"));
    expect(shown.map(([command, who, meaning]) => [...quoted(command), who, meaning])).toEqual(
      COMMANDS.map(({ usage, needs, verb }) => [
        usage,
        needs === "write" ? "write" : "anybody",
        COMMAND_MEANINGS[verb],
      ]),
    );
  });

  it("has every code of the proof with its state", () => {
    const states = ["proven", "refuted", "unknown", "not-applicable"] as const;
    const shown = tableRows(api, "item").map(([item = "", ...cells]) => [
      item.replaceAll("`", ""),
      Object.fromEntries(cells.flatMap((cell, at) => quoted(cell).map((code) => [code, states[at]]))),
    ]);
    expect(Object.fromEntries(shown)).toEqual({ ...PROOF_CODES, any: ANY_ITEM });
  });

  it("has steps, handoffs and spends", () => {
    expect(
      lacking(
        api,
        stepNameSchema.options.map((step) => `\`${step}\``),
      ),
    ).toEqual([]);
    expect(lacking(api, [...Object.keys(spendSchema.shape), ...Object.keys(handoffSchema.shape)])).toEqual([]);
  });

  it("has every column of the journal", () => {
    const columns = [...read("migrations/0004_journal.sql").matchAll(/^ {2}([a-z_]+) +[a-z]+/gm)].map(
      ([, name]) => name,
    );
    expect(columns.length).toBeGreaterThan(10);
    expect(
      lacking(
        api,
        columns.map((name) => `\`${name}\``),
      ),
    ).toEqual([]);
  });

  it("has every task with the fields of its answer", () => {
    const rows = tableRows(api, "task");
    const tasks = [
      askTask,
      diagnoseTask,
      planTask,
      implementTask,
      fixTask,
      reviewTask,
      verifyTask,
      settleTask("architect"),
    ];
    const wrong = [...tasks, attackTask].filter(({ task, answer, tools }) => {
      const row = rows.find(([names]) => quoted(names).includes(task));
      const fields = Object.keys((answer as unknown as z.ZodObject).shape);
      return row?.[2] !== tools || (task !== "attack" && quoted(row[3]).join() !== fields.join());
    });
    expect(wrong.map(({ task }) => task)).toEqual([]);
    expect(lacking(api, [FINISH, ...toolsFor("write", "available").map(({ spec }) => spec.name)])).toEqual([]);
  });

  it("has every command and option of the command line", () => {
    const source = globSync("src/cli/*.ts").map(read).join("\n");
    const named = (pattern: RegExp) => [...source.matchAll(pattern)].map((match) => match[1] ?? "");
    const commands = named(/\.command\("([a-z]+)"\)/g).map((name) => `\`coop ${name}`);
    const options = named(/\.option\("(--[a-z]+)/g);
    expect([commands.length > 5, options.length > 8]).toEqual([true, true]);
    expect(lacking(api, [...commands, ...options])).toEqual([]);
  });

  it("has every metric", async () => {
    const totals = { queueDepth: 1, queueDead: 0, modelCalls: 1, costMicroUsd: 1, githubRequests: 1, githubContentCreating: 1 }; // prettier-ignore
    const text = await metricsText(new Map(), totals, new Measures());
    const names = [...text.matchAll(/^# TYPE (\w+)/gm)].map((match) => match[1] ?? "");
    expect(names.length).toBeGreaterThan(12);
    expect(lacking(api, names)).toEqual([]);
  });
});

describe("checking a thread by hand", () => {
  const secret = "a secret of sixteen and more";
  let folder = "";
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), "coop-docs-"));
    writeFileSync(join(folder, "check.mjs"), blockUnder(api, "by hand", "js"));
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  const key = ledgerKeys(secret);
  const shown = shownKey(key.trusted[0] ?? "");
  const entries = entriesOf(storyDrafts(), { key });
  const thread = entries.map((entry, id) => ({ id, body: withMarker(renderEntries(entries, [entry]), [entry], key) }));
  const check = (comments: readonly { id: number; body: string }[]) => {
    writeFileSync(join(folder, "thread.json"), JSON.stringify(comments));
    const program = [join(folder, "check.mjs"), join(folder, "thread.json"), shown, TEST_TICKET];
    return execFileSync(process.execPath, program, { encoding: "utf8" }).trimEnd().split("\n");
  };
  const with2nd = (change: (body: string) => string) =>
    thread.map((one) => (one.id === 1 ? { ...one, body: change(one.body) } : one));

  it("believes a whole thread", () => {
    expect(check([...thread, { id: 99, body: "Thank you!" }]).at(-1)).toBe(`${entries.length} entries hold`);
  });

  it("notices what was deleted, edited and forged", () => {
    expect(check(thread.filter(({ id }) => id !== 3)).at(-1)).toBe("3 entries hold");
    expect(check(with2nd((body) => `So: ${body}`))).toContain("comment 1: edited");
    expect(check(with2nd((body) => body.replace("v2 ", "v3 ")))).toContain("comment 1: not signed");
    const other = entriesOf(storyDrafts(), { key, ticket: "acme/other#1" });
    const copied = other.slice(0, 1).map((entry) => ({ id: 0, body: withMarker("", [entry], key) }));
    expect(check([...thread.slice(1), ...copied])).toEqual(["entry 1 does not hold"]);
    const forged = entriesOf(storyDrafts(), { key: ledgerKeys("whoever only has the public key") });
    expect(check(forged.map((entry, id) => ({ id, body: withMarker("", [entry], key) }))).at(-1)).toBe(
      "entry 1 does not hold",
    );
  });

  it("follows a ledger from one key to the next", () => {
    const turned = ledgerKeys("the secret that came after it", [secret]);
    const more = entriesOf(storyDrafts(), { key: turned, after: entries.slice(0, 4) });
    const handed = more.map((entry, id) => ({ id, body: withMarker("", [entry], turned) }));
    expect(check(handed).at(-1)).toBe(`${more.length} entries hold`);
    const taken = entriesOf(storyDrafts(), { key: ledgerKeys("somebody else's secret"), after: entries.slice(0, 4) });
    expect(check(taken.map((entry, id) => ({ id, body: withMarker("", [entry], key) }))).at(-1)).toBe(
      "entry 5 does not hold",
    );
  });
});

describe("README.md", () => {
  it("has every command with its meaning", () => {
    const told = tableRows(readme, "command").map(([command, meaning]) => [...quoted(command), meaning]);
    expect(told).toEqual(COMMANDS.map(({ usage, verb }) => [usage, COMMAND_MEANINGS[verb]]));
  });

  it("has every variable of the environment", () => {
    const source = ["src/config.ts", "src/environment-schema.ts", "src/process-role.ts"].map(read).join("\n");
    const patterns = [/^ {2}([A-Z][A-Z_]+):/gm, /\b(?:given|env)\.([A-Z][A-Z_]+)/g, /"([A-Z]+_[A-Z_]+)"/g];
    const names = new Set(patterns.flatMap((pattern) => [...source.matchAll(pattern)].map((match) => match[1] ?? "")));
    expect(names.size).toBeGreaterThan(15);
    expect([...names].filter((name) => !tableRows(readme, "variable").flat().join().includes(`\`${name}\``))).toEqual(
      [],
    );
  });

  it("shows a policy with every field, and it is valid", () => {
    const shown: unknown = parse(blockUnder(readme, "Repository policy", "yaml"));
    expect(policySchema.safeParse(shown).error?.issues).toBeUndefined();
    const fields = fieldsOf(policySchema);
    expect(fields).toContain("limits.usdPerDay");
    expect(fields.filter((path) => valueAt(shown, path) === undefined)).toEqual([]);
  });

  it("shows a server file that is valid", () => {
    const folder = mkdtempSync(join(tmpdir(), "coop-docs-"));
    const path = join(folder, "server.yml");
    writeFileSync(path, blockUnder(readme, "Server file", "yaml"));
    const loaded = loadModels({ COOP_CONFIG: path, ANTHROPIC_API_KEY: "a key" });
    rmSync(folder, { recursive: true });
    expect(loaded).toMatchObject({ outcome: "loaded", pool: [{ name: "opus" }, { name: "local" }] });
  });
});

describe("docs/SECURITY.md", () => {
  const security = read("docs/SECURITY.md");

  it("names for each attack a test that there is", () => {
    const tests = tableRows(security, "attack").map(([attack, , , named = ""]) => [attack, quoted(named)] as const);
    expect(tests.length).toBeGreaterThan(30);
    const isTest = (path: string) => /\.(?:test|system|fuzz|gate)\.ts$/.test(path) && existsSync(path);
    expect(tests.filter(([, paths]) => paths.length === 0 || !paths.every(isTest))).toEqual([]);
  });

  it("takes five minutes to its table of attacks, at 200 words a minute", () => {
    expect(security.split("## Attacks and defences")[0]?.split(/\s+/).length).toBeLessThan(1_000);
  });

  it("says of each boundary in its picture what holds there", () => {
    const picture = [...read("docs/images/boundaries.svg").matchAll(/class="no"[^>]*>(\d)</g)].map(([, no]) => no);
    expect(picture.length).toBeGreaterThan(5);
    expect(tableRows(security, "no\\.")).toHaveLength(picture.length);
  });
});

describe("all documents", () => {
  it("name files that exist", () => {
    const gone = documents.flatMap((document) =>
      [...read(document).matchAll(/`((?:src|test|docs|migrations|examples)\/[\w./-]+)`/g)]
        .map((match) => match[1] ?? "")
        .filter((path) => !existsSync(path))
        .map((path) => `${document} → ${path}`),
    );
    expect(gone).toEqual([]);
  });

  it("have every decision that the code cites", () => {
    const numberOf = (path: string) => /\d{4}/.exec(path)?.[0];
    const decisions = globSync("docs/decisions/*.md").map(numberOf);
    expect(decisions.length).toBeGreaterThan(7);
    expect(new Set(decisions).size).toBe(decisions.length);
    const sources = globSync("{src,migrations}/**/*.{ts,sql,mjs}").map(read);
    const cited = sources.flatMap((text) => text.match(/docs\/decisions\/\d{4}/g) ?? []);
    expect(cited.length).toBeGreaterThan(2);
    expect(cited.filter((one) => !decisions.includes(numberOf(one)))).toEqual([]);
  });

  it("give a reason for every package that the program runs with", () => {
    const { dependencies } = JSON.parse(read("package.json")) as { dependencies: Record<string, string> };
    const reasons = quoted(
      tableRows(read("docs/decisions/0007-dependencies.md"), "package")
        .map(([name]) => name)
        .join(),
    );
    expect(Object.keys(dependencies).filter((name) => !reasons.includes(name))).toEqual([]);
  });

  it("have every room in the table of ARCHITECTURE.md", () => {
    const rooms = globSync("src/*/").map((path) => path.replace(/\/$/, ""));
    expect(rooms.length).toBeGreaterThan(10);
    const shown = tableRows(read("ARCHITECTURE.md"), "folder").flatMap(([folder]) => quoted(folder));
    expect(rooms.filter((room) => !shown.includes(room))).toEqual([]);
  });
});
