import { DANGER_PAIRS, type DangerPair } from "./route-danger-pairs.ts";
import { PLAIN_DANGERS } from "./route-dangers-plain.ts";
import { type Danger, DANGERS, FOREIGN_DANGERS } from "./route-dangers.ts";

/**
 * How much a mistake would cost. A word of who may do what, of money, of deleting, of moving data, of things at the same
 * time or of secrets weighs double in the title: what a ticket is about is more than what it mentions. A question of its
 * own: how sure the router is of the type says nothing about it.
 */
export type Risk = "low" | "medium" | "high";

const SENSITIVE_PATH = /(^|\/)(auth|security|migrations?|\.github|infra|deploy)(\/|$)/i;
/** Words that mean something harmless in other trades. */
const HARMLESS = /\b(author(s|ed|ing)?|dependency injection|design tokens?|access(es|ed)? (the )?(docs?|page)|css tokens?|tokeni[sz]\w+|token stream|race(?=s? (track|car))|lock ?files?|[\w-]+-lock|code signing docs|json schemas?|user roles? in (the )?docs?|block(s|ed|ing)?|state machine transactions?|git blame|stack overflow|roles? of the|drop ?downs?|drop(?:s|ped|ping)? support for (?:node|python|php|ruby|java|go|ie|internet explorer|windows|ubuntu|macos|safari)\b|aria roles?|(?:an?|is|are|be|was|from|the|with) empty)\b/gi; // prettier-ignore

/** What a ticket says that it leaves alone. */
const LEFT_ALONE =
  /\b(?:(?:do(?:es)?|will|must|should|shall) ?n(?:o|['’])t|without|never) (?:touch|chang|affect|alter|modify|concern)\w*[^.;\n]{0,60}|\bno (?:\w+ ){0,2}changes?\b(?: (?:to|of|in) [^.;\n]{0,40})?|\b(?:nothing to do with|unrelated to|not about|rather than) (?:the )?\w+/giu;

/** By their names: each is counted once, whatever language or words it is told in. */
const KINDS = kindsOf([...DANGERS, ...PLAIN_DANGERS, ...FOREIGN_DANGERS]);
type Kind = { readonly patterns: readonly RegExp[]; readonly pairs: readonly DangerPair[] };

function kindsOf(dangers: readonly Danger[]): ReadonlyMap<string, Kind> {
  const kinds = new Map<string, Kind>();
  for (const { name, pattern } of dangers) {
    const all = new RegExp(pattern.source, `${pattern.flags}g`);
    const pairs = DANGER_PAIRS.filter((pair) => pair.name === name);
    kinds.set(name, { patterns: [...(kinds.get(name)?.patterns ?? []), all], pairs });
  }
  return kinds;
}

/** Two words make a pair where a ticket says what it is about, not at the far ends of a long one. */
const OPENING_CHARS = 700;
/** Points. One is medium. */
const HIGH = 3;
const A_PATH = 2;
/** One word in the title that names the danger itself is enough. */
const IN_TITLE = 3;
/** Of a word that is quoted as the reason. */
const WORD_CHARS_MAX = 40;
/** A text about one danger repeats its words; a third one says nothing new. */
const IN_TEXT_MAX = 2;

/** What is read for words of danger. */
export type Told = {
  readonly title: string;
  readonly prose: string;
  readonly namedPaths: readonly string[];
  readonly isLarge: boolean;
  /** Nothing but documents changes: they may name every danger. */
  readonly isText: boolean;
};

/** @example riskOf({ title: "Add TOTP", prose: "", namedPaths: [], isLarge: false, isText: false }).risk // → "high" */
export function riskOf(told: Told): { readonly risk: Risk; readonly why: readonly string[] } {
  const why: string[] = [];
  let points = told.isLarge ? 1 : 0;
  if (told.isLarge) why.push("large +1");
  for (const { name, word, place, count } of told.isText ? [] : dangersIn(told)) {
    const more = place === "title" ? IN_TITLE : Math.min(count, IN_TEXT_MAX);
    points += more;
    why.push(`${name} +${more} ("${word.slice(0, WORD_CHARS_MAX)}" in the ${place})`);
  }
  const sensitive = told.namedPaths.filter((path) => SENSITIVE_PATH.test(path)).slice(0, 3);
  points += A_PATH * sensitive.length;
  why.push(...sensitive.map((path) => `${path} +${A_PATH}`));
  return { risk: points >= HIGH ? "high" : points >= 1 ? "medium" : "low", why };
}

type Found = { readonly name: string; readonly word: string; readonly place: "title" | "text"; readonly count: number };

function* dangersIn({ title, prose }: Pick<Told, "title" | "prose">): Generator<Found> {
  const [head, text] = [withoutHarmless(title), withoutHarmless(prose)];
  const opening = `${head}\n${text}`.slice(0, OPENING_CHARS);
  for (const [name, { patterns, pairs }] of KINDS) {
    const inTitle = [...wordsOf(head, patterns), ...pairsOf(head, pairs)];
    const inText = [...wordsOf(text, patterns), ...pairsOf(opening, pairs)];
    const [word] = [...inTitle, ...inText];
    if (word) yield { name, word, place: inTitle.length > 0 ? "title" : "text", count: inText.length };
  }
}

function withoutHarmless(text: string): string {
  return text.replace(HARMLESS, " ").replace(LEFT_ALONE, " ");
}

/** As the reason shows them, such as "notes … gone". */
function pairsOf(text: string, pairs: readonly DangerPair[]): string[] {
  return pairs.flatMap(({ what, befalls }) => {
    const [one, two] = [what.exec(text)?.[0], befalls.exec(text)?.[0]];
    return one && two ? [`${one} … ${two}`.toLowerCase()] : [];
  });
}

function wordsOf(text: string, patterns: readonly RegExp[]): string[] {
  const all = patterns.flatMap((pattern) => text.match(pattern) ?? []);
  return [...new Set(all.map((word) => word.toLowerCase()))];
}
