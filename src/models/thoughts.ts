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
const USER_TURN = [
  String.raw`<(?:\|im_start\||\|start_header_id\||start_of_turn|\|start\|)>user\b`,
  String.raw`<[|｜]user[|｜]>|<\|user_token\|>|\[inst\]`,
  String.raw`\n\s{0,8}(?:human|user): |\n#{2,3} (?:instruction|user|human):`,
].join("|");

const anyOf = (patterns: readonly string[]) => new RegExp(patterns.map((one) => `(?:${one})`).join("|"), "i");
const THINK_OPEN = anyOf(THOUGHTS.map(([open]) => open));
const THINK_CLOSE = anyOf(THOUGHTS.map(([, close]) => close));
const MARKS: Marks = [...THOUGHTS, ...ASIDES, [USER_TURN, "$^"]];
const ANY_OPEN = new RegExp(MARKS.map(([open]) => `(${open})`).join("|"), "gi");
const CLOSES = MARKS.map(([, close]) => close);

/** Also where the template swallowed the opening mark, and where the thought never ended. */
export function withoutThinking(text: string): string {
  const opened = THINK_OPEN.exec(text);
  const closed = THINK_CLOSE.exec(text);
  if (closed && (!opened || closed.index < opened.index)) {
    const before = text.slice(0, closed.index);
    // Code and prose may speak of the mark; only a thought stands before it and nothing else.
    return isAnswer(before) ? text : withoutThinking(text.slice(closed.index + closed[0].length).trimStart());
  }
  if (opened?.index !== undefined && isAtStart(text, opened.index)) {
    if (!closed) return "";
    return withoutThinking(text.slice(closed.index + closed[0].length).trimStart());
  }
  return text;
}

function isAtStart(text: string, index: number): boolean {
  return text.slice(0, index).trim() === "";
}

function isAnswer(text: string): boolean {
  return /^\s*(?:```(?:json)?\s*)?[{[]/.test(text);
}

/** The parts of a text that were not said; one that nobody closes goes on to the end. */
export function unsaidIn(text: string): { readonly from: number; readonly to: number }[] {
  const unsaid: { from: number; to: number }[] = [];
  for (const open of text.matchAll(ANY_OPEN)) {
    if (open.index < (unsaid.at(-1)?.to ?? 0)) continue;
    const nth = open.slice(1).findIndex((one) => one !== undefined);
    const close = new RegExp(CLOSES[nth] ?? "$^", "gi");
    close.lastIndex = open.index + 1;
    unsaid.push({ from: open.index, to: close.exec(text)?.index ?? text.length });
  }
  return unsaid;
}

/** `<|channel|>final<|message|>…` of models that were trained on channels; the others are not for us. */
export function finalChannel(text: string): string {
  if (!text.includes("<|message|>")) return text;
  const [own = text] = text.split(/(?<!^)<\|start\|>user\b/);
  const parts = own.split("<|channel|>").slice(1);
  const final = parts.findLast((part) => part.startsWith("final"));
  // Where nothing is final, what was thought may stand behind what was said.
  if (final === undefined && /^\s*[^<\s]/.test(own)) return text;
  const part = final ?? parts.at(-1) ?? own;
  return (part.split("<|message|>")[1] ?? part).split(/<\|(?:end|return|call|start)\|>/)[0] ?? "";
}
