import { CLARITY_SIGNAL_NAMES, claritySignalsOf } from "../../src/core/rules/routing/clarity-signals.ts";
import { RISK_SIGNAL_NAMES, riskSignalsOf } from "../../src/core/rules/routing/risk-signals.ts";
import { readTicket, titleOf } from "../../src/core/rules/routing/text.ts";
import type { KnownTicket } from "./corpus.ts";
import { learn, type Matrix, sumsFor, tableOf } from "./fit.ts";

/** The same regression as for types, for questions with yes and no: is it risky, is it unclear. */
export type Doubt = {
  readonly names: readonly string[];
  readonly signals: (ticket: KnownTicket) => readonly string[];
  readonly isYes: (ticket: KnownTicket) => boolean;
  /** A yes that is missed costs so many times as much as a no. */
  readonly yesWeight: number;
  /** Of the tickets whose answer is no and that are clear, so many are asked about: sums are shifted until no more are. */
  readonly askedMax: number;
};
export type Answer = { readonly ticket: KnownTicket; readonly sum: number };

export const RISK: Doubt = {
  names: RISK_SIGNAL_NAMES,
  signals: ({ title, body }) => {
    const reading = readTicket(title, body);
    const raw = `${title}\n${body}`;
    return riskSignalsOf({ title: titleOf(reading), prose: reading.prose, raw }).map(({ name }) => name);
  },
  isYes: ({ risky }) => risky,
  yesWeight: 3,
  askedMax: 0.105,
};

export const CLARITY: Doubt = {
  names: CLARITY_SIGNAL_NAMES,
  signals: ({ title, body }) => claritySignalsOf(readTicket(title, body)).signals,
  isYes: ({ unclear }) => unclear,
  yesWeight: 8,
  askedMax: 0.035,
};

/** Tickets in plain words are rarer in the files than in trackers. */
const PLAIN_WEIGHT = 3;

/** Yes against no. */
function oddsOf(matrix: Matrix, signals: readonly string[]): number {
  const [no = 0, yes = 0] = sumsFor(matrix, signals);
  return yes - no;
}

/**
 * @param isAsked tickets that the question is put about
 * @returns the table that is checked in, and each ticket as a table says that never saw its fold
 */
export function doubtTable(tickets: readonly KnownTicket[], doubt: Doubt, isAsked: (ticket: KnownTicket) => boolean) {
  const question = { types: ["no", "yes"], names: doubt.names };
  const samples = tickets.map((ticket) => ({
    ticket,
    signals: doubt.signals(ticket),
    type: doubt.isYes(ticket) ? "yes" : "no",
    weight: (doubt.isYes(ticket) ? doubt.yesWeight : 1) * (ticket.id.startsWith("p") ? PLAIN_WEIGHT : 1),
  }));
  const folds = [...new Set(tickets.map(({ fold }) => fold))].sort();
  const matrices = new Map(folds.map((fold) => [fold, learn(samples.filter((one) => one.ticket.fold !== fold), question)])); // prettier-ignore
  const odds = samples.map(({ ticket, signals }) =>
    !isAsked(ticket) || signals.length === 0 ? -Infinity : oddsOf(matrices.get(ticket.fold) as Matrix, signals),
  );
  const no = odds.filter((_, at) => !doubt.isYes(tickets[at] as KnownTicket) && !tickets[at]?.unclear).sort((a, b) => b - a); // prettier-ignore
  const shift = -Math.round((no[Math.floor(no.length * doubt.askedMax)] ?? 0) * 100) / 100;
  const table = Object.fromEntries(
    Object.entries(tableOf(learn(samples, question), 1)).map(([name, [not = 0, is = 0]]) => [
      name,
      Math.round((is - not + (name === "start" ? shift : 0)) * 100) / 100 + 0,
    ]),
  );
  return { table, held: tickets.map((ticket, at): Answer => ({ ticket, sum: (odds[at] ?? 0) + shift })) };
}
