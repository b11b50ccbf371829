import { DANGER_PAIRS, type DangerPair } from "./danger-pairs.ts";
import { PLAIN_DANGERS } from "./dangers-plain.ts";
import { DANGERS, FOREIGN_DANGERS } from "./dangers.ts";
import { FRAME_NAMES, type FrameName, FRAMES } from "./risk-frames.ts";
import { type Shown, SHOWN, SHOWN_NAMES } from "./risk-shown.ts";

/**
 * What the router looks at to tell how much a mistake would cost. A signal is there or is not; each comes with the words by
 * which it was seen, so that a person can check it against the ticket. What a signal is worth stands in `route-risk-weights.ts`.
 */
const DANGER_NAMES = ["auth", "payment", "deletion", "migration", "concurrency", "secret"] as const;
type DangerName = (typeof DANGER_NAMES)[number];
const MORE_NAMES = [
  "tells-two",
  "tells-three",
  "danger-as-place",
  "danger-in-looks",
  "frames-two",
  "frames-three",
] as const;
export type RiskSignalName =
  | `${DangerName | FrameName}-${"title" | "text"}`
  | `${DangerName}-${"again" | "pair"}`
  | Shown
  | (typeof MORE_NAMES)[number];

export const RISK_SIGNAL_NAMES: readonly RiskSignalName[] = [
  ...DANGER_NAMES.flatMap((name) => [`${name}-title`, `${name}-text`, `${name}-again`, `${name}-pair`] as const),
  ...FRAME_NAMES.flatMap((name) => [`${name}-title`, `${name}-text`] as const),
  ...SHOWN_NAMES,
  ...MORE_NAMES,
];
/** @property word as the ticket has it, in small letters; empty for what several signals say together */
export type RiskSignal = { readonly name: RiskSignalName; readonly word: string };

/** What a reason calls it: a danger by its name, a frame by what it sees. */
export function inWords(name: RiskSignalName): string {
  const kind = name.replace(/-(?:title|text|again|pair)$/, "");
  return kind in FRAMES ? FRAMES[kind as FrameName].says : kind.replaceAll("-", " ");
}

/** Where a danger's own word stands; null for every other signal. */
export function dangerPlace(name: RiskSignalName): "title" | "text" | "again" | null {
  const place = name.slice(name.lastIndexOf("-") + 1);
  const isOwn = place === "title" || place === "text" || place === "again";
  return isOwn && (DANGER_NAMES as readonly string[]).includes(kindOf(name)) ? place : null;
}

/** Whether it says that a danger is only near: how something looks, words on a page, a place that has a danger's name. */
export function isCalm(name: RiskSignalName): boolean {
  return CALM.has(kindOf(name)) || name.startsWith("danger-");
}

/** What is read for risk. */
export type Read = {
  readonly title: string;
  readonly prose: string;
  /** Title and text as they came, with code and paths, which are no prose. */
  readonly raw: string;
};

/** Words that mean something harmless in other trades. */
const HARMLESS = /\b(author(s|ed|ing)?|dependency injection|design tokens?|access(es|ed)? (the )?(docs?|page)|css tokens?|tokeni[sz]\w+|token stream|race(?=s? (track|car))|lock ?files?|[\w-]+-lock|code signing docs|json schemas?|user roles? in (the )?docs?|block(s|ed|ing)?|state machine transactions?|git blame|print statements?|(?:import|log(?:ging)?) statements?|(?:markers?|pins?|arrows?|links?|pop-?ups?|cursors?) points? (?:to|at)|(?:map|marker|pop-?up|pin)s? locations?|location (?:markers?|pins?|pop-?ups?)|unused (?:imports?|dependenc(?:y|ies)|variables?|parameters?|code|css|styles|class(?:es)?|functions?|methods?|files?)|stack overflow|roles? of the|drop ?downs?|drop(?:s|ped|ping)? support for (?:node|python|php|ruby|java|go|ie|internet explorer|windows|ubuntu|macos|safari)\b|aria roles?|any(?:body|one) else(?= (?:having|has|seen|see|with|experienc\w+|who|here)\b|\?)|(?:an?|is|are|be|was|from|the|with) empty)\b/gi; // prettier-ignore

/** What a ticket says that it leaves alone, up to where it goes on to say what it does. */
const LEFT_ALONE =
  /\b(?:(?:do(?:es)?|will|must|should|shall) ?n(?:o|['’])t|without|never) (?:touch|chang|affect|alter|modify|concern)\w*(?:(?!,? (?:but|though|although|while|yet|instead|until|unless|so|then|it|they|we|and (?:also )?(?:lets?|allows?|deletes?|removes?|drops?|makes?|gives?|shows?))\b)[^.;\n]){0,60}|\bno (?:\w+ ){0,2}changes?\b(?: (?:to|of|in) [^.;\n]{0,40})?|\b(?:nothing to do with|unrelated to|not about|rather than) (?:the )?\w+/giu;

/** A danger's word that only says where something is: the login page, the delete button. */
const PLACE = /(?<![\p{L}])(?:log ?in|sign[- ]?(?:in|up)|logout|payments?|billing|checkout|invoices?|pricing|price|password|delete|remove|session|permissions?|roles?|security|privacy|backup|restore|token|account|subscription|discount)s? (?:pages?|buttons?|screens?|forms?|dialogs?|fields?|icons?|menus?|tabs?|columns?|labels?|lists?|views?|headers?|banners?|boxe?s?|links?|mails?|texts?|sections?|table|panels?|widgets?|tags?|badges?|tooltips?)(?![\p{L}])/iu; // prettier-ignore
/** Frames that speak against a risk. */
const CALM: ReadonlySet<string> = new Set<FrameName>(["looks", "words", "arranges", "inside-code"]);

type Kind = { readonly patterns: readonly RegExp[]; readonly pairs: readonly DangerPair[] };
/** By their names: each is counted once, whatever language or words it is told in. */
const KINDS: ReadonlyMap<DangerName, Kind> = new Map(
  DANGER_NAMES.map((name) => {
    const patterns = [...DANGERS, ...PLAIN_DANGERS, ...FOREIGN_DANGERS]
      .filter((danger) => danger.name === name)
      .map(({ pattern }) => new RegExp(pattern.source, `${pattern.flags}g`));
    return [name, { patterns, pairs: DANGER_PAIRS.filter((pair) => pair.name === name) }];
  }),
);

/** Whoever writes a ticket says what it is about at its beginning, not at the far end of a long one. */
const OPENING_CHARS = 700;
const RAW_CHARS = 4_000;

/** @example riskSignalsOf({ title: "Add TOTP", prose: "", raw: "" }) // → [{ name: "auth-title", word: "totp" }] */
export function riskSignalsOf({ title, prose, raw }: Read): RiskSignal[] {
  const [head, text] = [withoutHarmless(title), withoutHarmless(prose)];
  const dangers = [...dangersIn(head, text)];
  const frames = [...framesIn(head, text.slice(0, OPENING_CHARS))];
  const start = raw.slice(0, RAW_CHARS);
  const shown = SHOWN_NAMES.flatMap((name) => {
    const word = SHOWN[name].exec(start)?.[0];
    return word ? [{ name, word: word.toLowerCase() }] : [];
  });
  return [...dangers, ...frames, ...shown, ...together(head, dangers, frames)];
}

function* dangersIn(head: string, text: string): Generator<RiskSignal> {
  const opening = `${head}\n${text}`.slice(0, OPENING_CHARS);
  for (const [name, { patterns, pairs }] of KINDS) {
    const [inTitle] = wordsOf(head, patterns);
    const [first, again] = wordsOf(text, patterns);
    const [pair] = pairsOf(opening, pairs);
    if (inTitle) yield { name: `${name}-title`, word: inTitle };
    if (first) yield { name: `${name}-text`, word: first };
    if (again) yield { name: `${name}-again`, word: again };
    if (pair) yield { name: `${name}-pair`, word: pair };
  }
}

function* framesIn(head: string, opening: string): Generator<RiskSignal> {
  for (const name of FRAME_NAMES) {
    const { pattern } = FRAMES[name];
    const [inTitle, inText] = [pattern.exec(head)?.[0], pattern.exec(opening)?.[0]];
    if (inTitle) yield { name: `${name}-title`, word: inTitle.toLowerCase() };
    if (inText) yield { name: `${name}-text`, word: inText.toLowerCase() };
  }
}

/** What several signals say together and none alone. */
function* together(head: string, dangers: readonly RiskSignal[], frames: readonly RiskSignal[]): Generator<RiskSignal> {
  const told = kindsOf(dangers).size;
  if (told === 2) yield { name: "tells-two", word: "" };
  if (told > 2) yield { name: "tells-three", word: "" };
  const place = PLACE.exec(head)?.[0].toLowerCase();
  if (place) yield { name: "danger-as-place", word: place };
  const calm = frames.find(({ name }) => CALM.has(kindOf(name)) && !name.startsWith("inside-code"));
  if (calm && dangers.some(({ name }) => name.endsWith("-title"))) yield { name: "danger-in-looks", word: calm.word };
  const grave = [...kindsOf(frames)].filter((name) => !CALM.has(name)).length;
  if (grave === 2) yield { name: "frames-two", word: "" };
  if (grave > 2) yield { name: "frames-three", word: "" };
}

const kindOf = (name: string) => name.slice(0, name.lastIndexOf("-"));
const kindsOf = (signals: readonly RiskSignal[]) => new Set(signals.map(({ name }) => kindOf(name)));

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
