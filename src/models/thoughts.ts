import { objectPlaces, type Place } from "./balanced.ts";
import { isBlank } from "./lenient.ts";

/**
 * What stands in a text and was not said: what its model thought, and what it made up for the user, because its server knows
 * the marks of neither. Each family has its own.
 */
const TAG = String.raw`(?:[a-z]{1,16}:)?(?:ant)?(?:think|thinking|thought|reasoning)`;
type Marks = readonly (readonly [open: string, close: string])[];

const THOUGHTS: Marks = [
  [String.raw`<${TAG}(?:\s[^<>]{0,80})?>`, `</${TAG}>`],
  [String.raw`\[think\]`, String.raw`\[/think\]`],
  ["◁think▷", "◁/think▷"],
  [String.raw`<\|start_thinking\|>`, String.raw`<\|end_thinking\|>`],
  [String.raw`<\|begin_of_thought\|>`, String.raw`<\|end_of_thought\|>`],
  [String.raw`<\|channel>thought\b`, String.raw`<channel\|>`],
  ["<unused94>", "<unused95>"],
];
/** Where some families have their answers, and most second thoughts. */
const ASIDES: Marks = [
  ...["analysis", "reflection", "scratchpad"].map((name) => [`<${name}>`, `</${name}>`] as const),
  [String.raw`<\|channel\|>analysis`, String.raw`<\|(?:end|return|call|start)\|>|<\|channel\|>(?!analysis)`],
];
/** A model that has no end goes on with the user's next words; nothing behind them was said. */
const USER_TURN = String.raw`<(?:\|im_start\||\|start_header_id\||start_of_turn|\|start\|)>user\b`;
const USER_WORDS = [
  String.raw`<[|｜]user[|｜]>|<\|user_token\|>|\[inst\]`,
  String.raw`\n(?:human|user): |\n#{2,3} (?:instruction|user|human):`,
].join("|");

const anyOf = (patterns: readonly string[]) => new RegExp(patterns.map((one) => `(?:${one})`).join("|"), "i");
const THINK_OPEN = anyOf(THOUGHTS.map(([open]) => open));
const THINK_CLOSE = anyOf(THOUGHTS.map(([, close]) => close));
const THINK_CLOSES = new RegExp(THINK_CLOSE, "gi");
/** Prose and code speak of these too: they count at the beginning, or right behind an object. */
const BEHIND: Marks = [...ASIDES, [USER_WORDS, "$^"]];
const MARKS: Marks = [...THOUGHTS, [USER_TURN, "$^"], ...BEHIND];
const ANY_OPEN = new RegExp(MARKS.map(([open]) => `(${open})`).join("|"), "gi");
const CLOSES = MARKS.map(([, close]) => close);
/** What servers leave between an answer and the next mark, and how much of a text is looked at for it. */
const RIGHT_BEHIND = /(?:^|\})(?:[\s`]|<\/?s>|<\|\w{1,40}\|>(?:assistant)?)*$/i;
const BETWEEN_CHARS = 200;

/** Also where the template swallowed the opening mark, and where the thought never ended. */
export function withoutThinking(text: string): string {
  let left = text;
  for (let thoughts = 0; thoughts < THOUGHTS_MAX; thoughts += 1) {
    const end = thoughtEnd(left);
    if (end === null) return left;
    left = left.slice(end).trimStart();
  }
  return left;
}
/** A model that thinks before each call has some dozens of thoughts in a turn. */
const THOUGHTS_MAX = 200;

/** Where the thought ends that a text begins with; null where it begins with none. */
function thoughtEnd(text: string): number | null {
  const opened = THINK_OPEN.exec(text);
  if (opened && isBlank(text.slice(0, opened.index))) {
    const closed = THINK_CLOSE.exec(text);
    return closed ? closed.index + closed[0].length : text.length;
  }
  let objects: readonly Place[] | undefined;
  for (const { index, 0: mark } of text.matchAll(THINK_CLOSES)) {
    if (index > (opened?.index ?? text.length)) return null;
    if (!endsThought(text, index, index + mark.length)) continue;
    objects ??= objectPlaces(text);
    // An object quotes what stands in its texts.
    if (!objects.some(({ start, end }) => start < index && index < end)) return index + mark.length;
  }
  return null;
}

/** Code and prose speak of the mark in the middle of a line, and an answer may quote it. */
function endsThought(text: string, from: number, to: number): boolean {
  if (isAnswer(text)) return false;
  const before = text.slice(Math.max(0, from - BETWEEN_CHARS), from);
  const after = text.slice(to, to + BETWEEN_CHARS);
  if (isBlank(before) || isAnswer(after) || /^\s*<\|?\w/.test(after)) return true;
  return /(?:\n|[.!?。！？)])[ \t]*$/.test(before) && /^[ \t]*(?:\n|$)/.test(after);
}

function isAnswer(text: string): boolean {
  return /^\s*(?:```(?:json)?\s*)?[{[]/.test(text);
}

/** The parts of a text that were not said; one that nobody closes goes on to the end. */
export function unsaidIn(text: string): { readonly from: number; readonly to: number }[] {
  const unsaid: { from: number; to: number }[] = [];
  const closes = new Map<number, number | undefined>();
  for (const open of text.matchAll(ANY_OPEN)) {
    const from = open.index;
    if (from < (unsaid.at(-1)?.to ?? 0)) continue;
    const nth = open.slice(1).findIndex((one) => one !== undefined);
    const to = closeBehind(text, from, nth, closes);
    if (isSpokenOf(text, open, nth, to)) continue;
    unsaid.push({ from, to: to ?? text.length });
  }
  return unsaid;
}

/** @param known where the next one of each kind stands: a text may open thousands, and none is looked for twice */
function closeBehind(text: string, from: number, nth: number, known: Map<number, number | undefined>) {
  const next = known.get(nth);
  if (known.has(nth) && (next === undefined || next > from)) return next;
  const close = new RegExp(CLOSES[nth] ?? "$^", "gi");
  close.lastIndex = from + 1;
  const to = close.exec(text)?.index;
  known.set(nth, to);
  return to;
}

/** Whether the text only speaks of a mark. */
function isSpokenOf(text: string, open: RegExpExecArray, nth: number, to: number | undefined): boolean {
  const isAside = nth > THOUGHTS.length && nth < MARKS.length - 1;
  const mayStandAnywhere = nth < THOUGHTS.length ? to !== undefined : nth === THOUGHTS.length;
  if (mayStandAnywhere) return false;
  if (isAside && to === undefined) return true;
  // YAML's `user:` is no turn: families that write it as a word begin it with a capital.
  if (/^\n(?:human|user)/.test(open[0])) return true;
  return !RIGHT_BEHIND.test(text.slice(Math.max(0, open.index - BETWEEN_CHARS), open.index));
}

/** `<|channel|>final<|message|>…` of models that were trained on channels; the others are not for us. */
export function finalChannel(raw: string): string {
  if (!raw.includes("<|message|>")) return raw;
  return finalIn(withMarksHeld(raw)).replaceAll(HELD, "<|");
}

/** Stands for the beginning of a mark that an object quotes in its texts: it is none. */
const HELD = "<\0";

function withMarksHeld(text: string): string {
  let [held, at] = ["", 0];
  for (const { start, end } of objectPlaces(text)) {
    held += text.slice(at, start) + text.slice(start, end).replaceAll("<|", HELD);
    at = end;
  }
  return held + text.slice(at);
}

function finalIn(text: string): string {
  if (!text.includes("<|message|>")) return text;
  const [own = text] = text.split(/(?<!^)<\|start\|>user\b/);
  const parts = own.split("<|channel|>").slice(1);
  const final = parts.findLast((part) => part.startsWith("final"));
  // Where nothing is final, what was thought may stand behind what was said.
  if (final === undefined && /^\s*[^<\s]/.test(own)) return text;
  const part = final ?? parts.at(-1) ?? own;
  return (part.split("<|message|>")[1] ?? part).split(/<\|(?:end|return|call|start)\|>/)[0] ?? "";
}
