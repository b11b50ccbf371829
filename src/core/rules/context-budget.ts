/**
 * How much of a model's window a question may fill, and with what. Tokens are estimated, not counted: every vendor
 * counts differently and none lets us count offline. The estimate is on the high side for prose and code, because a
 * question that is too long is refused, while one that is a little short costs nothing.
 */

/** Measured on English and code, tokenizers give 3.6 to 4.2 bytes a token; other scripts use more bytes a character. */
export const BYTES_PER_TOKEN = 3.5;

/** Tokens, rounded up. */
export function estimateTokens(text: string): number {
  return Math.ceil(Buffer.byteLength(text) / BYTES_PER_TOKEN);
}

export type Share = "persistent" | "working" | "recent";

/** 25 % for what stays (ticket, plan), 50 % for files, 25 % for what happened last. */
const SHARES: Readonly<Record<Share, number>> = { persistent: 0.25, working: 0.5, recent: 0.25 };

/**
 * So much of the window a share keeps for what is not vital, however much is: else a long plan with many findings would hide
 * the ticket's own text and the change that is judged.
 */
const FLOORS: Readonly<Record<Share, number>> = { persistent: 0.05, working: 0.1, recent: 0 };

/** One part of a question. The smallest `rank` of a share gets its room first. */
export type Part = {
  readonly share: Share;
  readonly rank: number;
  readonly tokens: number;
  /** `whole`: shown entirely or not at all. `head`: may be cut to its beginning. */
  readonly cut: "whole" | "head";
  /** Not bound to its share: what no answer may be given without. Only a window too small for all of these cuts them. */
  readonly isVital?: boolean;
};

/** Below this a cut text says too little to be worth its frame (about twelve lines). */
const CUT_TOKENS_MIN = 150;

/**
 * Hands out `tokensMax` tokens. The working set also gets what the other shares leave over, since more code in view
 * saves the model a call.
 * @returns for each part, in the order given, the tokens it may use; 0 means "not shown".
 */
export function allot(parts: readonly Part[], tokensMax: number): number[] {
  const allotted = parts.map(() => 0);
  const all = Math.max(0, Math.floor(tokensMax));
  const isOwn = (share: Share) => (part: Part) => part.share === share && part.isVital !== true;
  const floorOf = (share: Share) => Math.min(Math.floor(all * FLOORS[share]), tokensOf(parts.filter(isOwn(share))));
  const kept = { persistent: floorOf("persistent"), working: floorOf("working"), recent: floorOf("recent") };
  let left = all - fillVital(parts, all - kept.persistent - kept.working - kept.recent, allotted);
  for (const share of ["persistent", "recent", "working"] as const) {
    const taken = parts.reduce((sum, part, at) => sum + (part.share === share ? (allotted[at] ?? 0) : 0), 0);
    const own = Math.max(kept[share], Math.floor(all * SHARES[share]) - taken);
    const room = share === "working" ? left : Math.min(left - kept.working, own);
    left -= fill(parts, isOwn(share), room, allotted);
  }
  return allotted;
}

function tokensOf(parts: readonly Part[]): number {
  return parts.reduce((sum, { tokens }) => sum + tokens, 0);
}

/** Where the window is too small for all of them, short ones stay whole and long ones are cut alike: none makes way for another. */
function fillVital(parts: readonly Part[], room: number, allotted: number[]): number {
  const vital = parts.map((part, index) => ({ part, index })).filter(({ part }) => part.isVital === true);
  vital.sort((a, b) => a.part.tokens - b.part.tokens);
  let left = room;
  for (const [at, { part, index }] of vital.entries()) {
    const fair = Math.floor(left / (vital.length - at));
    const given = part.tokens <= fair ? part.tokens : part.cut === "head" ? fair : 0;
    allotted[index] = given;
    left -= given;
  }
  return room - left;
}

function fill(parts: readonly Part[], which: (part: Part) => boolean, room: number, allotted: number[]): number {
  let left = room;
  const order = parts.map((part, index) => ({ part, index })).filter(({ part }) => which(part));
  order.sort((a, b) => a.part.rank - b.part.rank || a.index - b.index);
  for (const { part, index } of order) {
    const cut = part.cut === "head" && left >= CUT_TOKENS_MIN ? left : 0;
    const given = part.tokens <= left ? part.tokens : cut;
    allotted[index] = given;
    left -= given;
  }
  return room - left;
}

/** The beginning of a text that fits so many tokens, never ending inside a character, best at a line's end. */
export function headWithin(text: string, tokens: number): string {
  const bytesMax = Math.floor(tokens * BYTES_PER_TOKEN);
  const bytes = Buffer.from(text);
  if (bytes.length <= bytesMax) return text;
  const head = new TextDecoder().decode(bytes.subarray(0, bytesMax), { stream: true });
  const lineEnd = head.lastIndexOf("\n");
  return lineEnd > head.length / 2 ? head.slice(0, lineEnd + 1) : head;
}
