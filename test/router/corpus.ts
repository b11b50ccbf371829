import { readFileSync } from "node:fs";
import { z } from "zod";
import { typeOfLabels } from "../../src/core/rules/route-labels.ts";
import { SIGNAL_NAMES, type SignalName, signalsOf } from "../../src/core/rules/route-signals.ts";
import { readTicket } from "../../src/core/rules/route-text.ts";
import { guess, probabilities, TEXT_TYPES, type TextType, type Weights } from "../../src/core/rules/route-type.ts";
import { learn, type Matrix, sumsFor, tableOf } from "./fit.ts";

/** Tickets whose type is known, and what a table learnt from the others says of each. */
const ticketSchema = z.object({
  id: z.string(),
  type: z.enum(TEXT_TYPES),
  unclear: z.boolean(),
  risky: z.boolean(),
  title: z.string(),
  body: z.string(),
});
export type KnownTicket = z.infer<typeof ticketSchema> & { readonly fold: number };
export type Known = KnownTicket & { readonly signals: readonly SignalName[]; readonly weight: number };
export type Held = { readonly ticket: Known; readonly type: TextType; readonly confidence: number };

const FOLDS = 5;
/** Neighbours in a file are often about the same thing; ten of them stay in one fold, so that no answer leaks. */
const NEIGHBOURS = 10;

/** `held` taught nothing: it is there to be measured. */
export function ticketsIn(name: "trackers" | "own" | "plain" | "held"): KnownTicket[] {
  const lines = readFileSync(`test/data/tickets/${name}.jsonl`, "utf8").split("\n").filter(Boolean);
  const tickets = lines.map((line) => ticketSchema.parse(JSON.parse(line)));
  const sorted = name === "trackers" ? tickets.sort((a, b) => (a.id < b.id ? -1 : 1)) : tickets;
  return sorted.map((ticket, at) => ({
    ...ticket,
    fold: foldOf(name === "trackers" ? Number(ticket.id.slice(1)) : at),
  }));
}

function curated(): KnownTicket[] {
  const texts = z
    .array(ticketSchema.pick({ type: true, title: true, body: true }))
    .parse(JSON.parse(readFileSync("test/data/routes.json", "utf8")));
  return texts.map((text, at) => ({ ...text, id: `r${at}`, unclear: false, risky: false, fold: at % FOLDS }));
}

function foldOf(at: number): number {
  return Math.floor(at / NEIGHBOURS) % FOLDS;
}

export function knownTickets(): Known[] {
  return [...ticketsIn("trackers"), ...ticketsIn("own"), ...ticketsIn("plain"), ...curated()].map(withSignals);
}

const withSignals = (ticket: KnownTicket): Known => ({
  ...ticket,
  signals: signalsOf(readTicket(ticket.title, ticket.body)),
  weight: 1,
});

export const TYPE_QUESTION = { types: TEXT_TYPES, names: SIGNAL_NAMES };

/** Each ticket as a table says that never saw its fold. */
export function heldOut(tickets: readonly Known[]): { held: Held[]; temperature: number } {
  const folds = [...new Set(tickets.map(({ fold }) => fold))].sort();
  const matrices = new Map(
    folds.map((fold) => [
      fold,
      learn(
        tickets.filter((one) => one.fold !== fold),
        TYPE_QUESTION,
      ),
    ]),
  );
  const sums = tickets.map((one) => sumsFor(matrices.get(one.fold) as Matrix, one.signals));
  const temperature = calibrate(tickets, sums);
  const tables = new Map(
    [...matrices].map(([fold, matrix]) => [fold, tableOf(matrix, temperature) as unknown as Weights]),
  );
  const held = tickets.map((ticket) => {
    const tagged = typeOfLabels(readTicket(ticket.title, ticket.body).tags);
    if (tagged) return { ticket, type: tagged.type, confidence: 0.95 };
    const table = tables.get(ticket.fold);
    if (!table) throw new Error("every fold has a table");
    const { type, confidence } = guess(ticket.signals, table);
    return { ticket, type, confidence };
  });
  return { held, temperature };
}

/** The temperature under which held-out tickets are least surprising. */
function calibrate(tickets: readonly Known[], sums: readonly number[][]): number {
  const surprise = (temperature: number) =>
    tickets.reduce((sum, { type }, at) => {
      const parts = probabilities((sums[at] ?? []).map((one) => one / temperature));
      return sum - Math.log(parts[TEXT_TYPES.indexOf(type)] ?? 0);
    }, 0);
  const tries = Array.from({ length: 31 }, (_, at) => 0.5 + at * 0.05);
  return tries.reduce((best, one) => (surprise(one) < surprise(best) ? one : best), 1);
}
