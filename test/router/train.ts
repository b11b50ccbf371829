import { writeFileSync } from "node:fs";
import { format } from "prettier";
import { TEXT_TYPES } from "../../src/core/rules/route-type.ts";
import { heldOut, knownTickets } from "./corpus.ts";
import { learn, tableOf } from "./fit.ts";

/** `npm run train:router`: learns the router's weights from the tickets of `test/data` and says how good they are. */
const TABLE = "src/core/rules/route-weights.ts";
const tickets = knownTickets();
const { held, temperature } = heldOut(tickets);
const say = (line: string) => process.stdout.write(`${line}\n`);
const share = (all: readonly boolean[]) =>
  `${((100 * all.filter(Boolean).length) / all.length).toFixed(1)} % of ${all.length}`;
const right = (one: (typeof held)[number]) => one.type === one.ticket.type;

if (process.argv.includes("--missed"))
  for (const one of held.filter((each) => !right(each)))
    say(`${one.ticket.id} ${one.ticket.type} taken for ${one.type} ${one.confidence.toFixed(2)}: ${one.ticket.title}\n      ${one.ticket.signals.join(" ")}`); // prettier-ignore
say(`Held out: ${share(held.map(right))} right, temperature ${temperature.toFixed(2)}`);
for (const [name, first] of [
  ["public trackers", "w"],
  ["own", "o"],
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
const table = tableOf(learn(tickets), temperature);
const text = `import type { Weights } from "./route-type.ts";

/**
 * What each signal adds to ${TEXT_TYPES.join(", ")}, in this order. Learnt by \`npm run train:router\`; a change by hand is
 * found by the test that trains again.
 */
export const WEIGHTS: Weights = ${JSON.stringify(table)};
`;
if (!process.argv.includes("--dry"))
  writeFileSync(TABLE, await format(text, { parser: "typescript", printWidth: 120 }));
