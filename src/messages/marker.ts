import { deflateRawSync, inflateRawSync } from "node:zlib";
import { canonicalJson, macOf, sameMac, sha256 } from "../core/ledger/chain.ts";
import { type Entry, entryOf, rawOf } from "../core/ledger/entry.ts";
import { type TicketKey, ticketKeySchema } from "../core/ledger/ids.ts";
import { fitted } from "./fit.ts";

/**
 * The published copy of the ledger: entries hidden at the end of the comment in which people read them.
 *
 *     <!-- coop:ledger v1 <base64url(deflateRaw(JSON of the entries))> <mac of the payload>.<mac of text and payload> -->
 *
 * Two MACs, so that a changed readable part can be told from a payload that we never wrote: the first is still
 * believed and put right, the second is not. Whether the entries continue *this* ticket's chain is for the chain to say
 * (a marker copied from another ticket is genuine here and fails there).
 */
export type MarkerReading =
  | { readonly state: "none" }
  | { readonly state: "forged"; readonly why: string }
  | { readonly state: "edited"; readonly entries: Entry[]; readonly why: string }
  | { readonly state: "genuine"; readonly entries: Entry[] };

/** A ledger's largest entry is 40 kB; several of them share a marker. A bomb inflates to more and is refused. */
const INFLATED_BYTES_MAX = 1_000_000;

const ANY_MARKER = /<!--\s*coop:ledger/gi;
const WHOLE_MARKER = /^<!-- coop:ledger v1 ([A-Za-z0-9_-]{1,60000}) ([0-9a-f]{64})\.([0-9a-f]{64}) -->$/;

/** The text with its entries hidden behind it, inside GitHub's limits: the text is cut when it has to be, never the marker. */
export function withMarker(visible: string, entries: readonly Entry[], key: Buffer): string {
  const payload = packed(entries);
  const text = fitted(normalised(visible), markerLength(payload) + 2);
  return `${text}\n\n<!-- coop:ledger v1 ${payload} ${payloadMac(key, payload)}.${bodyMac(key, text, payload)} -->`;
}

/** Characters that the marker of these entries takes. */
export function markerCharacters(entries: readonly Entry[]): number {
  return markerLength(packed(entries));
}

export function readMarker(body: string, key: Buffer): MarkerReading {
  const text = normalised(body);
  const found = text.match(ANY_MARKER)?.length ?? 0;
  if (found === 0) return { state: "none" };
  if (found > 1) return { state: "forged", why: "it carries more than one ledger marker" };
  const at = text.lastIndexOf("\n") + 1;
  const [, payload, first, second] = WHOLE_MARKER.exec(text.slice(at)) ?? [];
  const visible = text.slice(0, at).trimEnd();
  if (!payload || !first || !second || insideFence(visible))
    return { state: "forged", why: "its ledger marker is not the last line, as this server writes it" };
  if (!sameMac(first, payloadMac(key, payload)))
    return { state: "forged", why: "its ledger marker was not written by this server" };
  const entries = unpacked(payload);
  if (!entries) return { state: "forged", why: "its ledger marker holds no entries" };
  if (!sameMac(second, bodyMac(key, visible, payload)))
    return { state: "edited", entries, why: "its readable text was changed after it was published" };
  return { state: "genuine", entries };
}

/** What a reader sees of a comment: the text before the marker. */
export function visiblePart(body: string): string {
  const text = normalised(body);
  const at = text.search(ANY_MARKER);
  return at < 0 ? text : text.slice(0, at).trimEnd();
}

function packed(entries: readonly Entry[]): string {
  return deflateRawSync(canonicalJson(entries.map(rawOf)), { level: 9 }).toString("base64url");
}

function unpacked(payload: string): Entry[] | null {
  try {
    const json = inflateRawSync(Buffer.from(payload, "base64url"), { maxOutputLength: INFLATED_BYTES_MAX });
    const raw: unknown = JSON.parse(json.toString("utf8"));
    const entries = Array.isArray(raw) ? raw.map(entryOf) : [];
    return entries.length > 0 && entries.every((entry) => entry !== null) ? entries : null;
  } catch {
    return null;
  }
}

function markerLength(payload: string): number {
  return "<!-- coop:ledger v1   -->".length + payload.length + 64 + 1 + 64;
}

/** GitHub's web editor sends CRLF, and trailing blanks get lost on the way: neither is an edit. */
function normalised(text: string): string {
  return text
    .replace(/\r\n?/g, "\n")
    .replace(/[ \t]+$/gm, "")
    .trimEnd();
}

function payloadMac(key: Buffer, payload: string): string {
  return macOf(key, `ledger-marker:${payload}`);
}

function bodyMac(key: Buffer, visible: string, payload: string): string {
  return macOf(key, `${sha256(visible)}:${payload}`);
}

/** A marker that people can see, because a fence is open around it, is an exhibit and not ours. */
function insideFence(text: string): boolean {
  let open = "";
  for (const line of text.split("\n")) {
    const ticks = /^\s{0,3}(`{3,}|~{3,})/.exec(line)?.[1];
    if (!ticks) continue;
    if (!open) open = ticks;
    else if (ticks[0] === open[0] && ticks.length >= open.length && line.trim() === ticks) open = "";
  }
  return open !== "";
}

/**
 * Names by which the bot finds again what it has already written, so that a step that runs twice does not write twice.
 * They carry no trust: who reads them also asks whether this App is the author.
 */
function idMarker(kind: "status" | "ticket" | "reply", id: string): string {
  // A source may hold a label's name, and that may hold anything.
  const name = /^[A-Za-z0-9._:/#-]{1,200}$/.test(id) ? id : `sha256:${sha256(id)}`;
  return `<!-- coop:${kind} ${name} -->`;
}

/** `<!-- coop:status owner/repo#12 -->` */
export function statusMarker(key: TicketKey): string {
  return idMarker("status", key);
}

/** `<!-- coop:ticket owner/repo#12 -->` */
export function ticketMarker(key: TicketKey): string {
  return idMarker("ticket", key);
}

/** `<!-- coop:reply comment:123 -->` */
export function replyMarker(source: string): string {
  return idMarker("reply", source);
}

export function isStatusOf(body: string, key: TicketKey): boolean {
  return hasLine(body, statusMarker(key));
}

export function isReplyTo(body: string, source: string): boolean {
  return hasLine(body, replyMarker(source));
}

/** The ticket that a pull request's body says it belongs to; null when it names none or several. */
export function ticketOfBody(body: string): TicketKey | null {
  const found = [...normalised(body).matchAll(/^<!-- coop:ticket (\S{1,160}) -->$/gm)].map((match) => match[1]);
  return found.length === 1 ? (ticketKeySchema.safeParse(found[0]).data ?? null) : null;
}

/** Quoted and indented markers do not count. */
function hasLine(body: string, line: string): boolean {
  return normalised(body).split("\n").includes(line);
}
