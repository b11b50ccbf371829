import { setImmediate as turn } from "node:timers/promises";

/**
 * Whether JSON may be parsed at once. The parser takes up to two seconds for the brackets and names that fit into 25 MB, and nobody
 * is answered meanwhile. GitHub's largest payloads are long texts and lists of files, a dozen levels deep; but whoever knows the
 * webhook secret can sign anything.
 */
const DEPTH_MAX = 64;
/** Of a push of 2,048 commits some 30,000; so many different ones take 40 ms. */
const FIELDS_MAX = 100_000;
/** Of these, 15 ms. */
const LISTS_MAX = 200_000;
/** Names of files in a push; 15 ms. */
const COMMAS_MAX = 1_000_000;
/** Of less, no shape takes long. */
const ANY_SHAPE_BYTES_MAX = 512 * 1024;
/** Looking through one takes a few milliseconds. */
const SLICE_BYTES = 1024 * 1024;

const [QUOTE, BACKSLASH, COMMA, COLON, LIST, LIST_END, RECORD, RECORD_END] = [0x22, 0x5c, 0x2c, 0x3a, 0x5b, 0x5d, 0x7b, 0x7d]; // prettier-ignore

/** Lets others in between two slices of a long one. */
export async function isParseable(json: Buffer): Promise<boolean> {
  if (json.length <= ANY_SHAPE_BYTES_MAX) return true;
  const counted = { at: 0, isText: false, depth: 0, lists: 0, fields: 0, commas: 0 };
  while (counted.at < json.length) {
    if (!look(json, counted, Math.min(json.length, counted.at + SLICE_BYTES))) return false;
    await turn();
  }
  return true;
}

type Counted = { at: number; isText: boolean; depth: number; lists: number; fields: number; commas: number };

/** @returns false when there is too much of something */
function look(json: Buffer, counted: Counted, end: number): boolean {
  let { at, isText, depth, lists, fields, commas } = counted;
  for (; at < end; at += 1) {
    const byte = json[at];
    if (isText) {
      if (byte === BACKSLASH) at += 1;
      else if (byte === QUOTE) isText = false;
    } else if (byte === QUOTE) isText = true;
    else if (byte === COMMA) commas += 1;
    else if (byte === COLON) fields += 1;
    else if (byte === LIST || byte === RECORD) {
      depth += 1;
      lists += 1;
      if (depth > DEPTH_MAX) return false;
    } else if (byte === LIST_END || byte === RECORD_END) depth -= 1;
  }
  Object.assign(counted, { at, isText, depth, lists, fields, commas });
  return lists <= LISTS_MAX && fields <= FIELDS_MAX && commas <= COMMAS_MAX;
}
