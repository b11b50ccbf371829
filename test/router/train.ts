import { writeFileSync } from "node:fs";
import { format } from "prettier";
import { TEXT_TYPES } from "../../src/core/rules/routing/type.ts";
import { npmCommand } from "../../src/cli/npm-command.ts";
import { heldOut, knownTickets, learnTypes } from "./corpus.ts";
import { tableOf } from "./fit.ts";
import { CLARITY, doubtTable, RISK } from "./doubts.ts";

const { missed, dry } = npmCommand(
  "train:router",
  "Learns the router's weights from the tickets of test/data, writes them, and says how good they are on tickets held out.",
  (command) =>
    command
      .option("--missed", "list the tickets whose type was missed")
      .option("--dry", "say how good they are, and write nothing"),
)
  .parse()
  .opts<{ missed?: true; dry?: true }>();
const TABLE = "src/core/rules/routing/weights.ts";
const tickets = knownTickets();
const { held, temperature } = heldOut(tickets);
const say = (line: string) => process.stdout.write(`${line}\n`);
const share = (all: readonly boolean[]) =>
  `${((100 * all.filter(Boolean).length) / all.length).toFixed(1)} % of ${all.length}`;
const right = (one: (typeof held)[number]) => one.type === one.ticket.type;

if (missed)
  for (const one of held.filter((each) => !right(each)))
    say(`${one.ticket.id} ${one.ticket.type} taken for ${one.type} ${one.confidence.toFixed(2)}: ${one.ticket.title}\n      ${one.ticket.signals.join(" ")}`); // prettier-ignore
say(`Held out: ${share(held.map(right))} right, temperature ${temperature.toFixed(2)}`);
for (const [name, first] of [
  ["public trackers", "w"],
  ["own", "o"],
  ["plain words", "p"],
  ["as in trackers", "s"],
  ["labelled in trackers", "l"],
  ["curated", "r"],
] as const)
  say(`  ${name}: ${share(held.filter(({ ticket }) => ticket.id.startsWith(first)).map(right))}`);
const sure = held.filter(({ confidence }) => confidence >= 0.8);
say(`  said with 0.8 or more: ${share(sure.map(right))}`);
for (const type of TEXT_TYPES) {
  const taken = TEXT_TYPES.map(
    (as) => `${as} ${held.filter((one) => one.ticket.type === type && one.type === as).length}`,
  );
  say(`  ${type}: ${share(held.filter(({ ticket }) => ticket.type === type).map(right))} (${taken.join(", ")})`);
}
const all = Object.entries(tableOf(learnTypes(tickets).matrix, temperature));
const isWord = ([name]: (typeof all)[number]) => name.startsWith("word:");
const table = Object.fromEntries(all.filter((one) => !isWord(one)));
const text = `import type { Weights } from "./type.ts";

/**
 * What each signal adds to ${TEXT_TYPES.join(", ")}, in this order. Learnt by \`npm run train:router\`; a change by hand is
 * found by the test that trains again.
 */
export const WEIGHTS: Weights = ${JSON.stringify(table)};
`;
if (!dry) writeFileSync(TABLE, await format(text, { parser: "typescript", printWidth: 120 }));

const entries = all.filter(isWord).map(([name, parts]) => `${name.slice("word:".length)} ${parts.map((one) => Math.round(one * 100)).join(" ")}`); // prettier-ignore
const LINE_CHARS = 118;
const lines = entries.reduce<string[]>((done, entry) => {
  const last = done.at(-1);
  return last !== undefined && last.length + entry.length + 1 <= LINE_CHARS ? [...done.slice(0, -1), `${last}|${entry}`] : [...done, entry]; // prettier-ignore
}, []);
const words = `/**
 * What each word of a title adds to ${TEXT_TYPES.join(", ")}, in hundredths and in this order. Learnt by
 * \`npm run train:router\`; a change by hand is found by the test that trains again.
 */
export const WORD_TABLE = \`
${lines.join("\n")}
\`;
`;
if (!dry) writeFileSync("src/core/rules/routing/word-weights.ts", words);

const surelyText = new Set(held.filter(({ type, confidence }) => type === "docs" && confidence >= 0.8).map(({ ticket }) => ticket.id)); // prettier-ignore
const flagged = tickets.filter(({ id }) => !id.startsWith("r"));
const TABLES = [
  { name: "risk", Name: "RISK_WEIGHTS", doubt: RISK, isAsked: ({ id }: { id: string }) => !surelyText.has(id), zero: "a person sees the plan", type: "RiskSignalName", of: "a ticket's risk" }, // prettier-ignore
  { name: "clarity", Name: "CLARITY_WEIGHTS", doubt: CLARITY, isAsked: () => true, zero: "the router asks what is meant", type: "ClaritySignalName", of: "the doubt whether a ticket is clear" }, // prettier-ignore
];
for (const { name, Name, doubt, isAsked, zero, type, of } of TABLES) {
  const result = doubtTable(flagged, doubt, isAsked);
  for (const [source, first] of [
    ["public trackers", "w"],
    ["own", "o"],
    ["plain words", "p"],
    ["as in trackers", "s"],
  ] as const) {
    const from = result.held.filter(({ ticket }) => ticket.id.startsWith(first));
    const asked = (isYes: boolean) =>
      share(from.filter(({ ticket }) => doubt.isYes(ticket) === isYes && (isYes || !ticket.unclear)).map(({ sum }) => sum >= 0)); // prettier-ignore
    say(`Held out, ${name}, ${source}: found ${asked(true)}, asked in vain ${asked(false)}`);
  }
  if (missed)
    for (const { ticket, sum } of result.held.filter((one) => one.sum >= 0 !== doubt.isYes(one.ticket)))
      say(`${ticket.id} ${doubt.isYes(ticket) ? "missed" : "in vain"} ${sum.toFixed(2)}: ${ticket.title}\n      ${doubt.signals(ticket).join(" ")}`); // prettier-ignore
  const file = `import type { ${type} } from "./${name}-signals.ts";

/**
 * What each signal adds to ${of}; from zero on, ${zero}. Learnt by
 * \`npm run train:router\`; a change by hand is found by the test that trains again.
 */
export const ${Name}: Readonly<Record<${type} | "start", number>> = ${JSON.stringify(result.table)};
`;
  if (!dry)
    writeFileSync(`src/core/rules/routing/${name}-weights.ts`, await format(file, { parser: "typescript", printWidth: 120 })); // prettier-ignore
}
