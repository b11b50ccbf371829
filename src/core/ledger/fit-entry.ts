import { canonicalJson, ENTRY_BYTES_MAX } from "./chain.ts";
import { type EntryDraft, entryBodySchema } from "./entries.ts";

/**
 * Makes a draft small enough to be linked. Schemas cap texts in characters, but a ledger, a comment and a marker hold
 * bytes: eight thousand control characters are 48 kB of JSON. Whatever people and models say must be recordable, so what
 * is too long is cut here, longest first, and the entry says what was cut.
 */
export function fitted(draft: EntryDraft): EntryDraft {
  const cut: string[] = [];
  const body = structuredClone(draft);
  obeySchema(body, cut);
  for (let room = roomIn(body); room < 0; room = roomIn(body)) {
    if (!shortenTexts(body.data, -room, cut) && !dropLast(body.data, cut))
      throw new Error(`A draft of kind ${body.kind} has nothing left to cut`);
  }
  if (cut.length === 0) return draft;
  return { ...body, cut: summed(cut) };
}

/** What envelope and the list of cuts take, with much to spare. */
const RESERVED_BYTES = 2_000;
/** Texts are cut no shorter than this: below, a list gives up its last items instead. */
const TEXT_BYTES_KEPT = 400;
const MARK = " […]";
/** Names of things: half a path names another file. They are kept whole or left out with their item. */
const NAMES: ReadonlySet<string> = new Set(["path", "paths", "affectedFiles", "branch", "baseBranch", "defaultBranch", "source", "reference", "quote", "replacement", "model", "vendor"]); // prettier-ignore

function bytes(value: unknown): number {
  return Buffer.byteLength(canonicalJson(value));
}

function roomIn(body: EntryDraft): number {
  return ENTRY_BYTES_MAX - RESERVED_BYTES - bytes(body);
}

type Bag = Record<string, unknown> | unknown[];
type Slot = { readonly bag: Bag; readonly key: string; readonly name: string; readonly size: number };

/** Every text or list inside, with the name of the field that it stands in. */
function slots(bag: Bag, name: string, wanted: (value: unknown) => boolean): Slot[] {
  return Object.entries(bag).flatMap(([key, value]) => {
    const named = Array.isArray(bag) ? name : key;
    const own = wanted(value) ? [{ bag, key, name: named, size: bytes(value) }] : [];
    return typeof value === "object" && value !== null ? [...own, ...slots(value as Bag, named, wanted)] : own;
  });
}

function valueOf({ bag, key }: Slot): unknown {
  return (bag as Record<string, unknown>)[key];
}

function put({ bag, key }: Slot, value: unknown): void {
  (bag as Record<string, unknown>)[key] = value;
}

/** Cuts the longest texts down to one common length at which the excess is gone. */
function shortenTexts(data: Bag, excess: number, cut: string[]): boolean {
  const long = slots(data, "", (value) => typeof value === "string").filter(
    ({ name, size }) => !NAMES.has(name) && size > TEXT_BYTES_KEPT,
  );
  if (long.length === 0) return false;
  const kept = commonLength(
    long.map(({ size }) => size),
    excess,
  );
  for (const slot of long.filter(({ size }) => size > kept)) {
    put(slot, shortened(valueOf(slot) as string, kept));
    cut.push(`${slot.name} shortened`);
  }
  return true;
}

function commonLength(sizes: readonly number[], excess: number): number {
  let [low, high] = [TEXT_BYTES_KEPT, Math.max(...sizes)];
  const saved = (limit: number) => sizes.reduce((sum, size) => sum + Math.max(0, size - limit), 0);
  while (low < high - 1) {
    const middle = Math.floor((low + high) / 2);
    if (saved(middle) >= excess) low = middle;
    else high = middle;
  }
  return low;
}

/** Whole characters only, by what they take in JSON. */
function shortened(text: string, bytesMax: number): string {
  let room = bytesMax - bytes(MARK);
  let kept = "";
  for (const character of text) {
    room -= bytes(character) - 2;
    if (room < 0) break;
    kept += character;
  }
  return kept + MARK;
}

function dropLast(data: Bag, cut: string[]): boolean {
  const lists = slots(data, "", (value) => Array.isArray(value) && value.length > 1);
  const largest = lists.reduce<Slot | null>((most, one) => (one.size > (most?.size ?? 0) ? one : most), null);
  if (!largest) return false;
  (valueOf(largest) as unknown[]).pop();
  cut.push(`item of ${largest.name} left out`);
  return true;
}

/** Taking secrets out may have made a text longer than its schema lets it be. A list is checked before what is in it. */
function obeySchema(body: EntryDraft, cut: string[]): void {
  for (let depth = 0; depth < SCHEMA_DEPTH_MAX; depth++) {
    const parsed = entryBodySchema.safeParse(body);
    const tooBig = parsed.success ? [] : parsed.error.issues.filter((issue) => issue.code === "too_big");
    if (tooBig.length === 0) return;
    for (const { path, maximum } of tooBig) cutTo(body, path.map(String), Number(maximum), cut);
  }
}

/** Lists in lists: deeper than any entry goes. */
const SCHEMA_DEPTH_MAX = 8;

function cutTo(body: EntryDraft, path: readonly string[], most: number, cut: string[]): void {
  const bag = path.slice(0, -1).reduce<unknown>((at, key) => (at as Record<string, unknown>)[key], body) as Bag;
  const slot = { bag, key: path.at(-1) ?? "", name: path.findLast((key) => !/^\d+$/.test(key)) ?? "", size: 0 };
  const value = valueOf(slot);
  if (typeof value === "string") put(slot, value.slice(0, most).replace(/[\ud800-\udbff]$/, ""));
  else if (Array.isArray(value)) put(slot, value.slice(0, most));
  else return;
  cut.push(`${slot.name} shortened`);
}

/** `3 × text shortened, 2 × item of files left out` */
function summed(cut: readonly string[]): string[] {
  const counts = new Map<string, number>();
  for (const one of cut) counts.set(one, (counts.get(one) ?? 0) + 1);
  return [...counts].slice(0, CUTS_NAMED_MAX).map(([what, times]) => `${times} × ${what}`);
}

/** More kinds of cuts in one entry say nothing that people could use. */
const CUTS_NAMED_MAX = 10;
