import { PHASES, type Phase } from "../core/ticket/phase.ts";
import type { TicketSummary } from "./summary.ts";

/** What somebody looks for in the list: words that all have to stand in title or name, and a phase. */
export type Filter = {
  readonly words: string;
  readonly phase: Phase | null;
  /** Of the tickets, from 1; absent means 1. Looked for is on this page alone. */
  readonly page?: number;
};

/** A million tickets and more. */
const PAGE_MAX = 10_000;

/** A page's address is anybody's to write: what is longer is no search. */
const WORDS_CHARS_MAX = 200;

export function filterIn(query: URLSearchParams): Filter {
  const phase = query.get("phase") ?? "";
  const page = query.get("page") ?? "";
  return {
    words: (query.get("q") ?? "").trim().slice(0, WORDS_CHARS_MAX),
    phase: Object.hasOwn(PHASES, phase) ? (phase as Phase) : null,
    page: Math.min(PAGE_MAX, /^[1-9]\d{0,5}$/.test(page) ? Number(page) : 1),
  };
}

/** Letters count alike, whatever their case and however they are put together. */
export function filtered(tickets: readonly TicketSummary[], { words, phase }: Filter): TicketSummary[] {
  const wanted = folded(words).split(/\s+/).filter(Boolean);
  return tickets.filter((one) => {
    const text = folded(`${one.key} ${one.title} ${one.type}`);
    return (phase === null || one.phase === phase) && wanted.every((word) => text.includes(word));
  });
}

function folded(text: string): string {
  return text.normalize("NFKC").toLowerCase();
}

/** The same filter as the end of an address; empty where nothing is filtered. */
export function queryOf({ words, phase, page = 1 }: Filter): string {
  const which = page > 1 ? { page: String(page) } : {};
  const query = new URLSearchParams({
    ...(words ? { q: words } : {}),
    ...(phase ? { phase } : {}),
    ...which,
  }).toString();
  return query ? `?${query}` : "";
}
