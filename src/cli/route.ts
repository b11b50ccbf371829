import { type Command, Option } from "commander";
import { z } from "zod";
import { environment, loadModels } from "../config.ts";
import { DEFAULT_POLICY } from "../core/rules/policy.ts";
import { type PoolModel, rotate } from "../core/rules/rotate.ts";
import { routingLine } from "../messages/reasons/routing.ts";
import { route, TYPE_LABELS } from "../core/rules/routing/route.ts";
import { WORKFLOWS } from "../messages/opening.ts";
import { DEFAULT_POOLS, type PoolEntry, resolvePoolEntry } from "../models/catalogue.ts";
import { Ended, EXIT } from "./exit.ts";
import { plain, print } from "./terminal.ts";
import { linesOf, textOf } from "./text-file.ts";

/** `coop route`: what the rules make of a ticket. Starts nothing; needs no server, no key and no repository. */
type Options = {
  readonly title?: string;
  readonly bodyFile?: string;
  readonly label: readonly string[];
  readonly jsonl?: string;
  readonly json?: true;
};

const ticketSchema = z.object({
  id: z.union([z.string(), z.number()]),
  title: z.string().min(1),
  body: z.string().nullish(),
  labels: z.array(z.union([z.string(), z.object({ name: z.string() }).transform(({ name }) => name)])).default([]),
});
type Given = { readonly title: string; readonly body: string; readonly labels: readonly string[] };

/** Seats turn with the ticket's number. A text has none, so the first counts as the first, and lines by their place. */
const ticketAt = (number: number) => `local/text#${number}`;

export function routeCommand(program: Command): void {
  program
    .command("route")
    .description("show how the rules read a ticket: type, size, risk, and who would play which role")
    .option("--title <text>", "the issue's title")
    .option("--body-file <file>", "the issue's text; - reads standard input")
    .option(
      "--label <name>",
      "a label of the issue; can be given more than once",
      (one: string, all: string[]) => [...all, one],
      [],
    ) // prettier-ignore
    .addOption(
      new Option("--jsonl <file>", "many tickets, one JSON object a line; - reads standard input").conflicts([
        "title",
        "bodyFile",
      ]),
    ) // prettier-ignore
    .option("--json", "print one JSON object")
    .addHelpText(
      "after",
      '\nExamples:\n  coop route --title "The export drops the last row" --label bug\n  gh issue list --json number,title,body --jq \'.[] | {id: .number, title, body}\' | coop route --jsonl -\n\nLines of --jsonl: {"id", "title", "body", "labels"}. Exit code: 0 all answered, 1 a line could not be read.',
    ) // prettier-ignore
    .action(run);
}

async function run(options: Options): Promise<void> {
  const pool = poolHere();
  if (options.jsonl !== undefined) return await answerLines(options.jsonl, pool);
  if (!options.title) throw new Ended(EXIT.usage, "Give the ticket with --title, or many with --jsonl.");
  const body = options.bodyFile === undefined ? "" : await textOf(options.bodyFile);
  const answer = answerTo({ title: options.title, body, labels: options.label }, pool, 1);
  print(...(options.json ? [JSON.stringify(answer)] : inLines(answer)));
}

/** Each line is answered by itself: a bad one is told on the error stream and stops nothing. */
async function answerLines(file: string, pool: readonly PoolModel[]): Promise<void> {
  let number = 0;
  for await (const line of linesOf(file)) {
    number += 1;
    if (line.trim() === "") continue;
    const read = readLine(line);
    if (typeof read === "string") {
      process.stderr.write(`Line ${number}: ${read}\n`);
      process.exitCode = EXIT.different;
      continue;
    }
    const { id, title, body, labels } = read;
    print(JSON.stringify({ id, ...answerTo({ title, body: body ?? "", labels }, pool, number) }));
  }
}

function readLine(line: string): z.infer<typeof ticketSchema> | string {
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch {
    return "this is not JSON. Write one object on each line.";
  }
  const parsed = ticketSchema.safeParse(value);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  const at = issue?.path.join(".");
  return `${at ? `"${at}"` : "the line"} is wrong (${plain(issue?.message ?? "")}). Needed: id and title; body and labels may be left out.`;
}

type Answer = ReturnType<typeof answerTo>;

function answerTo(given: Given, pool: readonly PoolModel[], number: number) {
  const forcedType = given.labels.map((label) => TYPE_LABELS[label]).find(Boolean) ?? null;
  const routed = route({ ...given, forcedType, repositoryFiles: 0, namedPaths: [] }, DEFAULT_POLICY);
  const rotation = rotate(ticketAt(number), pool, {});
  return {
    type: routed.type,
    size: routed.size,
    risk: routed.risk,
    confidence: routed.confidence,
    unclear: routed.clarity === "unclear",
    workflow: WORKFLOWS[routed.type].split(", "),
    planGate: routed.planGate,
    assignment: rotation.outcome === "assigned" ? rotation.assignment : null,
    rationale: routed.reasons.map(routingLine),
  };
}

/** The pool that the settings and keys give; without keys, the one that a server with both would have. */
function poolHere(): readonly PoolModel[] {
  const loaded = loadModels(environment());
  if (loaded.outcome === "loaded") return loaded.pool.map((entry) => ({ ...resolvedName(entry), roles: entry.roles }));
  return DEFAULT_POOLS.both.map((entry) => ({ ...resolvedName(entry), roles: null }));
}

function resolvedName(entry: PoolEntry): { name: string; vendor: string } {
  const { name, vendor } = resolvePoolEntry(entry);
  return { name, vendor };
}

function inLines(answer: Answer): string[] {
  const seats = Object.entries(answer.assignment ?? {}).map(([role, { model }]) => `${role} ${model}`);
  return [
    `${answer.size} ${answer.type} with ${answer.risk} risk (confidence ${answer.confidence.toFixed(2)})${answer.unclear ? ", unclear" : ""}`,
    `Workflow: ${answer.workflow.join(", ")}; the plan is accepted by ${answer.planGate === "person" ? "a person" : "the policy"}.`,
    `Roles: ${seats.join(", ") || "no pool of models is configured"}`,
    ...answer.rationale,
  ].map(plain);
}
