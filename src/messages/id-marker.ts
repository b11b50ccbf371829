import { ticketKeySchema, type TicketKey } from "../core/ids.ts";

/**
 * Names by which the bot finds again what it has already written, so that a step that runs twice does not write twice.
 * They carry no trust: who reads them also asks whether this App is the author.
 */
export type IdMarkerKind = "status" | "ticket" | "reply";

/** `<!-- coop:status owner/repo#12 -->`, `<!-- coop:reply comment:123 -->` @throws on an id that could leave the comment */
export function idMarker(kind: IdMarkerKind, id: string): string {
  if (!/^[A-Za-z0-9._:/#-]{1,200}$/.test(id)) throw new Error(`Not fit for a marker: ${id}`);
  return `<!-- coop:${kind} ${id} -->`;
}

/** Does the body carry this marker on a line of its own? Quoted and indented ones do not count. */
export function hasIdMarker(body: string, kind: IdMarkerKind, id: string): boolean {
  return body.split(/\r?\n/).some((line) => line.trimEnd() === idMarker(kind, id));
}

/** The ticket that a pull request's body says it belongs to; null when it names none or several. */
export function ticketOfBody(body: string): TicketKey | null {
  const found = [...body.matchAll(/^<!-- coop:ticket (\S{1,160}) -->[ \t]*\r?$/gm)].map((match) => match[1] ?? "");
  if (found.length !== 1) return null;
  return ticketKeySchema.safeParse(found[0]).data ?? null;
}
