import { canonicalJson, firstFault, isOfItsHash } from "../core/ledger/chain.ts";
import { type Entry, rawOf, SIGNED_FORMAT } from "../core/ledger/entry.ts";
import type { TicketKey } from "../core/ledger/ids.ts";
import { type LedgerKeys, type PublicKey, publicKeys } from "../core/ledger/ledger-keys.ts";
import { isGenuine, withKeysOf } from "../core/ledger/seals.ts";
import { isWholeMarker, openMarker, type OpenedMarker } from "../messages/marker.ts";

/**
 * A ledger verified from its thread alone, by whoever has the public key: no secret, no database, and no trust in who posted
 * a comment. Strangers may post whatever they like, also copies of genuine comments; only signatures count.
 */
export type ThreadWords = {
  readonly id: number | string;
  /** Null where the source does not say. */
  readonly author: string | null;
  /** The number of that account, which keeps it whatever its name; absent where the source does not say. */
  readonly authorId?: number | undefined;
  readonly body: string;
};

export type ThreadVerified =
  | {
      readonly outcome: "holds";
      readonly entries: readonly Entry[];
      /** The first of these that is signed; those before it are vouched for by it. */
      readonly signedFrom: number;
      /** Comments of before comments were signed: their entries are covered, their readable text is not. */
      readonly unsignedComments: number;
      /** What people posted that only looks like it; no App wrote it, so it changes nothing. */
      readonly strangers: readonly string[];
    }
  | { readonly outcome: "different"; readonly problems: readonly string[]; readonly entries: readonly Entry[] }
  /** Only entries of before they were signed: nobody but the server can say who wrote them. */
  | { readonly outcome: "unsigned"; readonly entries: number }
  | { readonly outcome: "no-ledger" };

type Carried = { readonly words: ThreadWords; readonly marker: OpenedMarker };

/** @param heads hashes that the ledger has to contain, such as the one in the merge commit */
export function verifyThread(
  key: TicketKey,
  comments: readonly ThreadWords[],
  trusted: readonly PublicKey[],
  heads: readonly string[],
): ThreadVerified {
  const told: Told[] = [];
  const carried: Carried[] = [];
  for (const words of comments) {
    const marker = openMarker(words.body);
    if (typeof marker !== "string") carried.push({ words, marker });
    else if (marker !== "none") told.push({ words, how: `is not believed: ${marker}` });
  }
  // A copy of a genuine entry with other words under the same hash and signature is no entry at all.
  const all = carried
    .flatMap(({ marker }) => marker.entries)
    .filter((entry) => entry.ticket === key && isOfItsHash(entry));
  if (all.length === 0) return NO_LEDGER;
  if (all.every((entry) => entry.v < SIGNED_FORMAT)) return { outcome: "unsigned", entries: countOf(all) };
  const chain = ledgerIn(key, all, trusted);
  const broken = inChain(key, chain, all, trusted);
  told.push(...inComments(carried, chain, trusted, broken.length > 0));
  const app = appIn(carried, chain, told);
  const ours = told.filter(({ words }) => isOfApp(words, app)).map(sentence);
  const problems = [...broken, ...missingHeads(chain, heads), ...ours];
  if (problems.length > 0) return { outcome: "different", problems, entries: chain };
  const unsignedComments = carried.filter(({ marker }) => marker.seal.v === 1).length;
  const strangers = told.filter(({ words }) => !isOfApp(words, app)).map(sentence);
  return { outcome: "holds", entries: chain, signedFrom: signedFrom(chain), unsignedComments, strangers };
}

const NO_LEDGER = { outcome: "no-ledger" } as const;

type Told = { readonly words: ThreadWords; readonly how: string };

function sentence({ words: { id, author }, how }: Told): string {
  return `The comment ${id}${author === null ? "" : ` by ${author}`} ${how}.`;
}

/**
 * The App by its works: whoever first published something genuine. A copy comes later and has a higher number; nobody but an App has
 * a name with brackets.
 */
function appIn(carried: readonly Carried[], chain: readonly Entry[], told: readonly Told[]): ReadonlySet<string> {
  const own = new Set(chain.map((entry) => entry.hash));
  const faulty = new Set(told.map(({ words }) => words));
  const first = new Map<string, ThreadWords>();
  for (const { words, marker } of carried) {
    const [hash] = marker.entries.map((entry) => entry.hash);
    if (hash === undefined || faulty.has(words) || !marker.entries.every((entry) => own.has(entry.hash))) continue;
    const before = first.get(hash);
    if (!before || Number(words.id) < Number(before.id)) first.set(hash, words);
  }
  return new Set([...first.values()].filter(({ author }) => author?.endsWith("[bot]")).map(accountOf));
}

function accountOf({ author, authorId }: ThreadWords): string {
  return authorId === undefined ? `@${author}` : `${authorId}`;
}

/** @param app empty where nothing genuine is left that says who it is: then any App may be */
function isOfApp(words: ThreadWords, app: ReadonlySet<string>): boolean {
  if (words.author === null) return true;
  return app.size === 0 ? words.author.endsWith("[bot]") : app.has(accountOf(words));
}

function countOf(entries: readonly Entry[]): number {
  return new Set(entries.map((entry) => entry.seq)).size;
}

function signedFrom(chain: readonly Entry[]): number {
  return chain.find((entry) => entry.v >= SIGNED_FORMAT)?.seq ?? 0;
}

/**
 * The longest chain that ends in a signature of a given key, followed backwards, because each entry names the one before; and from
 * there on. What others signed is not even tried: forgeries, however many, keep nobody from finding it.
 */
function ledgerIn(key: TicketKey, all: readonly Entry[], trusted: readonly PublicKey[]): readonly Entry[] {
  const byHash = new Map(all.map((entry) => [entry.hash, entry]));
  const keys = publicKeys(trusted);
  const heads = [...byHash.values()].filter((entry) => entry.v >= SIGNED_FORMAT && isGenuine(keys, entry));
  let best: readonly Entry[] = [];
  for (const head of heads.sort((a, b) => b.seq - a.seq)) {
    if (head.seq <= best.length) break;
    const chain = behind(head, byHash);
    const fault = firstFault(keys, key, chain, "last");
    const sound = fault ? chain.slice(0, fault.seq - 1) : chain;
    // What is not signed is believed only for the signature behind it.
    if (sound.length > best.length && (sound.at(-1)?.v ?? 0) >= SIGNED_FORMAT) best = sound;
  }
  return onward(key, best, all, keys);
}

/** Entries that go on from a sound chain, under a key that it was handed over to. */
function onward(key: TicketKey, chain: readonly Entry[], all: readonly Entry[], keys: LedgerKeys): readonly Entry[] {
  for (let whole = chain; ;) {
    const tip = whole.at(-1);
    const longer = all
      .filter((entry) => entry.prev === tip?.hash)
      .map((entry) => [...whole, entry])
      .find((one) => firstFault(keys, key, one, "last") === null);
    if (!tip || !longer) return whole;
    whole = longer;
  }
}

function behind(head: Entry, byHash: ReadonlyMap<string, Entry>): Entry[] {
  const chain: Entry[] = [];
  for (let entry: Entry | undefined = head; entry && chain.length < head.seq; entry = byHash.get(entry.prev))
    chain.unshift(entry);
  return chain;
}

function inChain(
  key: TicketKey,
  chain: readonly Entry[],
  all: readonly Entry[],
  trusted: readonly PublicKey[],
): string[] {
  const keys = withKeysOf(publicKeys(trusted), chain);
  const beyond = all.filter((entry) => entry.v >= SIGNED_FORMAT && isGenuine(keys, entry)).map((entry) => entry.seq);
  const last = Math.max(chain.length, ...beyond);
  if (chain.length === 0 && beyond.length === 0)
    return [`No entry is signed with the key that was given. This ledger names ${namedKeys(all)}.`];
  const fault = firstFault(keys, key, chain);
  if (fault) return [`Entry ${fault.seq} ${fault.problem}.`];
  if (last === chain.length) return [];
  const older = signedBefore(key, all, keys);
  if (older) return [older];
  return [
    `Entry ${chain.length + 1} is missing or changed, though entry ${last}, which is genuine, stands in the thread.`,
  ];
}

/** Nothing is missing, but the ledger begins under a key that nobody gave: one that the server had before, or somebody else's. */
function signedBefore(key: TicketKey, all: readonly Entry[], keys: LedgerKeys): string | null {
  const byHash = new Map(all.map((entry) => [entry.hash, entry]));
  const genuine = all.filter((entry) => entry.v >= SIGNED_FORMAT && isGenuine(keys, entry));
  const head = genuine.reduce((last, entry) => (entry.seq > last.seq ? entry : last));
  const whole = behind(head, byHash);
  const fault = whole.length === head.seq ? firstFault(keys, key, whole, "last") : null;
  if (!fault || !whole[fault.seq - 1]?.signed) return null;
  return `Entry ${fault.seq} ${fault.problem}. If the server had that key before, give it as well.`;
}

/** A thread has one key, and two after it was changed; whoever writes entries by hand could name any number. */
const KEYS_SHOWN_MAX = 3;

function namedKeys(all: readonly Entry[]): string {
  const named = new Set(all.flatMap(({ signed }) => (signed ? [`ed25519:${signed.key}`] : [])));
  return [...named].slice(0, KEYS_SHOWN_MAX).join(", ") || "none";
}

function missingHeads(chain: readonly Entry[], heads: readonly string[]): string[] {
  return heads
    .filter((head) => !chain.some((entry) => entry.hash === head))
    .map((head) => `No entry has the hash ${head}: entries were taken off the end, or this is another ledger.`);
}

/** @param isBroken then what follows the break is not of the chain that holds, and each comment of it need not be named */
function inComments(
  carried: readonly Carried[],
  chain: readonly Entry[],
  trusted: readonly PublicKey[],
  isBroken: boolean,
): Told[] {
  const keys = withKeysOf(publicKeys(trusted), chain);
  const own = new Map(chain.map((entry) => [entry.hash, canonicalJson(rawOf(entry))]));
  return carried.flatMap(({ words, marker }) => {
    const isOurs = marker.entries.every((entry) => own.get(entry.hash) === canonicalJson(rawOf(entry)));
    if (!isOurs && isBroken) return [];
    if (!isOurs) return [{ words, how: "carries entries that are not of this ledger" }];
    // A comment of before comments were signed carries no entry of after that: such a one was edited to look older.
    if (marker.seal.v === 1 && marker.entries.every((entry) => entry.v < SIGNED_FORMAT)) return [];
    if (marker.seal.v !== 1 && isWholeMarker(marker, keys)) return [];
    return [{ words, how: "was edited: its readable text is not what was published" }];
  });
}
