import { deflateRawSync, inflateRawSync } from "node:zlib";
import { canonicalJson, sha256 } from "../core/ledger/chain.ts";
import { type Entry, entryOf, rawOf } from "../core/ledger/entry.ts";
import { type TicketKey, ticketKeySchema } from "../core/ledger/ids.ts";
import type { LedgerKeys } from "../core/ledger/ledger-keys.ts";
import { isGenuine, isOfKey, isOfMac } from "../core/ledger/seals.ts";
import { fitted } from "./cut-comment.ts";

/**
 * The published copy of the ledger: entries hidden at the end of the comment in which people read them.
 *
 *     <!-- coop:ledger v2 <base64url(deflateRaw(JSON of the entries))> <signature of text and payload> -->
 *
 * Each entry is signed by itself, so that a changed readable part can be told from entries that we never wrote: the first are
 * still believed, the second are not. Whether the entries continue *this* ticket's chain is for the chain to say
 * (a marker copied from another ticket is genuine here and fails there). Before entries were signed (v1), two HMACs stood in
 * place of the signature, one over the payload and one over text and payload.
 */
export type MarkerReading =
  | { readonly state: "none" }
  | { readonly state: "forged"; readonly why: string }
  | { readonly state: "edited"; readonly entries: Entry[]; readonly why: string }
  | { readonly state: "genuine"; readonly entries: Entry[] };

/** A marker taken apart, with nothing verified. */
export type OpenedMarker = {
  readonly visible: string;
  readonly payload: string;
  readonly entries: Entry[];
  readonly seal:
    { readonly v: 1; readonly first: string; readonly second: string } | { readonly v: 2; readonly signature: string };
};

/** A ledger's largest entry is 40 kB; several of them share a marker. A bomb inflates to more and is refused. */
const INFLATED_BYTES_MAX = 1_000_000;

const ANY_MARKER = /<!--\s*coop:ledger/gi;
const V1 = /^<!-- coop:ledger v1 ([A-Za-z0-9_-]{1,60000}) ([0-9a-f]{64})\.([0-9a-f]{64}) -->$/;
const V2 = /^<!-- coop:ledger v2 ([A-Za-z0-9_-]{1,60000}) ([A-Za-z0-9_-]{86}) -->$/;

/** The text with its entries hidden behind it, inside GitHub's limits: the text is cut when it has to be, never the marker. */
export function withMarker(visible: string, entries: readonly Entry[], keys: LedgerKeys): string {
  const payload = packed(entries);
  const text = fitted(normalised(visible), markerLength(payload) + 2);
  const signature = keys.signers[0]?.sign(markerText(text, payload)) ?? "";
  return `${text}\n\n<!-- coop:ledger v2 ${payload} ${signature} -->`;
}

/** Characters that the marker of these entries takes. */
export function markerCharacters(entries: readonly Entry[]): number {
  return markerLength(packed(entries));
}

export function readMarker(body: string, keys: LedgerKeys): MarkerReading {
  const opened = openMarker(body);
  if (opened === "none") return { state: "none" };
  if (typeof opened === "string") return { state: "forged", why: opened };
  const { entries, payload, seal } = opened;
  if (isWholeMarker(opened, keys)) return { state: "genuine", entries };
  const written =
    seal.v === 1 ? isOfMac(keys, `ledger-marker:${payload}`, seal.first) : entries.every((one) => isGenuine(keys, one));
  if (!written) return { state: "forged", why: "its ledger marker was not written by this server" };
  return { state: "edited", entries, why: "its readable text was changed after it was published" };
}

/** @returns `none`, or the sentence that says why what looks like a marker is none of ours */
export function openMarker(body: string): OpenedMarker | string {
  const text = normalised(body);
  const found = text.match(ANY_MARKER)?.length ?? 0;
  if (found === 0) return "none";
  if (found > 1) return "it carries more than one ledger marker";
  const at = text.lastIndexOf("\n") + 1;
  const line = text.slice(at);
  const visible = text.slice(0, at).trimEnd();
  const [, payload = "", one = "", two = ""] = V2.exec(line) ?? V1.exec(line) ?? [];
  if (!payload || insideFence(visible)) return "its ledger marker is not the last line, as this server writes it";
  const entries = unpacked(payload);
  if (!entries) return "its ledger marker holds no entries";
  return { visible, payload, entries, seal: two ? { v: 1, first: one, second: two } : { v: 2, signature: one } };
}

/** Whether text and payload stand together as they were published. */
export function isWholeMarker({ visible, payload, seal }: OpenedMarker, keys: LedgerKeys): boolean {
  return seal.v === 1
    ? isOfMac(keys, `${sha256(visible)}:${payload}`, seal.second)
    : isOfKey(keys.trusted, markerText(visible, payload), seal.signature);
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
  return "<!-- coop:ledger v2   -->".length + payload.length + SIGNATURE_CHARS;
}

/** GitHub's web editor sends CRLF, and trailing blanks get lost on the way: neither is an edit. */
function normalised(text: string): string {
  return text
    .replace(/\r\n?/g, "\n")
    .replace(/(?<![ \t])[ \t]+$/gm, "")
    .trimEnd();
}

/** 64 bytes in base64url. */
const SIGNATURE_CHARS = 86;

function markerText(visible: string, payload: string): string {
  return `cooperations ledger v2 comment\n${sha256(visible)}\n${payload}`;
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
