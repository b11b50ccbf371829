import { readFileSync } from "node:fs";
import { z } from "zod";
import { typeOfLabels } from "../../src/core/rules/routing/labels.ts";
import { SIGNAL_NAMES, type SignalName, signalsOf } from "../../src/core/rules/routing/signals.ts";
import { readTicket } from "../../src/core/rules/routing/text.ts";
import { guess, type PartName, probabilities, TEXT_TYPES, type TextType, type Weights } from "../../src/core/rules/routing/type.ts"; // prettier-ignore
import { knownWordsOf, stemOf, wordNames, wordsOf } from "../../src/core/rules/routing/words.ts";
import { learn, type Matrix, type Question, type Sample, sumsFor, tableOf } from "./fit.ts";

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
export type Known = KnownTicket & {
  readonly signals: readonly SignalName[];
  readonly words: readonly string[];
  readonly weight: number;
};
export type Held = { readonly ticket: Known; readonly type: TextType; readonly confidence: number };

const FOLDS = 5;
/** Neighbours in a file are often about the same thing; ten of them stay in one fold, so that no answer leaks. */
const NEIGHBOURS = 10;

/**
 * `held`, `unseen` and `later` taught nothing: they are there to be measured. `unseen` (2026-11-29), `later` and `labelled` (2026-11-30)
 * have as types what the labels of the public trackers said, also where a text alone says something else; a label "enhancement" on
 * work inside the code is a refactor.
 */
export function ticketsIn(
  name: "trackers" | "own" | "plain" | "wild" | "labelled" | "held" | "unseen" | "later",
): KnownTicket[] {
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
  return [
    ...ticketsIn("trackers"),
    ...ticketsIn("own"),
    ...ticketsIn("plain"),
    ...ticketsIn("wild"),
    ...ticketsIn("labelled"),
    ...curated(),
  ].map(withSignals);
}

const withSignals = (ticket: KnownTicket): Known => {
  const reading = readTicket(ticket.title, ticket.body);
  return { ...ticket, signals: signalsOf(reading), words: wordsOf(reading.title), weight: 1 };
};

/** Words of fewer titles say more about those titles than about their types. */
const TITLES_MIN = 3;

/** The words of these titles that a table is made for, each in the form that occurs most. */
function vocabularyOf(tickets: readonly Known[]): string[] {
  const forms = new Map<string, Map<string, number>>();
  for (const { words } of tickets)
    for (const word of new Set(words)) {
      const counts = forms.get(stemOf(word)) ?? new Map<string, number>();
      forms.set(stemOf(word), counts.set(word, (counts.get(word) ?? 0) + 1));
    }
  const most = (counts: Map<string, number>) => [...counts].sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1))[0]?.[0] ?? ""; // prettier-ignore
  return [...forms.values()]
    .filter((counts) => [...counts.values()].reduce((sum, one) => sum + one) >= TITLES_MIN)
    .map(most)
    .sort();
}

/** What tickets teach about types: of signals, and of the words that these tickets have. */
export function learnTypes(tickets: readonly Known[]): { matrix: Matrix; partsOf: (ticket: Known) => PartName[] } {
  const known = wordNames(vocabularyOf(tickets));
  const partsOf = ({ signals, title, body }: Known): PartName[] => [
    ...signals,
    ...knownWordsOf(readTicket(title, body).title, known),
  ];
  const question: Question = { types: TEXT_TYPES, names: [...SIGNAL_NAMES, ...known.values()] };
  const samples: Sample[] = tickets.map((ticket) => ({ ...ticket, signals: partsOf(ticket) }));
  return { matrix: learn(samples, question), partsOf };
}

/** Each ticket as a table says that never saw its fold. */
export function heldOut(tickets: readonly Known[]): { held: Held[]; temperature: number } {
  const folds = [...new Set(tickets.map(({ fold }) => fold))].sort();
  const learnt = new Map(folds.map((fold) => [fold, learnTypes(tickets.filter((one) => one.fold !== fold))]));
  const lesson = (ticket: Known) => learnt.get(ticket.fold) as ReturnType<typeof learnTypes>;
  const sums = tickets.map((one) => sumsFor(lesson(one).matrix, lesson(one).partsOf(one)));
  const temperature = calibrate(tickets, sums);
  const tables = new Map(
    [...learnt].map(([fold, { matrix }]) => [fold, tableOf(matrix, temperature) as unknown as Weights]),
  );
  const held = tickets.map((ticket) => {
    const tagged = typeOfLabels(readTicket(ticket.title, ticket.body).tags);
    if (tagged) return { ticket, type: tagged.type, confidence: 0.95 };
    const { type, confidence } = guess(lesson(ticket).partsOf(ticket), tables.get(ticket.fold) as Weights);
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
