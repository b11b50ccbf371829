import { inflateSync, gunzipSync } from "node:zlib";
import type { FileDiff } from "../../../trees/diff.ts";
import { isLiteral, textOf } from "../tests/assertions.ts";
import type { Parsed } from "../syntax/parser.ts";
import { type SyntaxNode, within } from "../syntax/syntax.ts";

/** A shorter text may be met by chance. */
const TEXT_CHARS_MIN = 4;
/** A longer one is data that nobody hides an answer in; reading it would take long. */
const LITERAL_CHARS_MAX = 20_000;
const UNPACKED_BYTES_MAX = 100_000;

const BASE64 = /^[A-Za-z0-9+/_-]{8,}={0,2}$/;
const HEX = /^(?:[0-9a-f]{2}){4,}$/i;
const LIST = /^(array|list|tuple|argument_list|arguments|literal_value|literal_element)$/;

/**
 * Texts of the new tests that the new code holds in a form in which nobody finds them: packed, reversed, rotated, as a list of
 * letters' numbers. Nobody writes a test's text so by chance, but for a short word: `drawer` is one, and `reward` another.
 * @param expected texts and numbers that are new in the tests
 */
export function hiddenAnswers(file: FileDiff, parsed: Parsed, expected: ReadonlySet<string>): string[] {
  if (parsed.outcome === "cannot") return [];
  const lines = new Set(file.addedLines.map((one) => one.line));
  const wanted = [...expected].filter((one) => one.length >= TEXT_CHARS_MIN && /\p{L}/u.test(one));
  const found = new Set<string>(inOtherDigits(parsed.root, lines, expected));
  if (wanted.length === 0) return [...found];
  const turned = new Set<string>();
  const [backwards, halfRound] = [
    new Map(wanted.map((one) => [reversed(one), one])),
    wanted.map((one) => [rotated(one), one] as const),
  ];
  for (const node of within(parsed.root)) {
    if (!lines.has(node.line)) continue;
    for (const text of isLiteral(node) ? unpacked(textOf(node)) : lettersOf(node))
      for (const one of wanted) if (text.includes(one)) found.add(one);
    if (!isLiteral(node)) continue;
    const literal = textOf(node);
    const back = backwards.get(literal);
    if (back !== undefined && back !== literal) turned.add(back);
    for (const [other, one] of halfRound) if (other !== one && holdsWord(literal, other)) turned.add(one);
  }
  const sure = [...turned].filter((one) => turned.size >= HIDDEN_MIN || !isShortWord(one));
  return [...new Set([...found, ...sure])];
}

function isShortWord(text: string): boolean {
  return text.length < LONG_WORD_CHARS_MIN && /^\p{L}+$/u.test(text);
}

/** Of words that are as long, next to none is another word when it is turned around. */
const LONG_WORD_CHARS_MIN = 8;

/** A single one may look like something else by chance. */
const HIDDEN_MIN = 2;
/** One of fewer digits does. */
const NUMBER = /^[1-9]\d{2,14}$/;
const BASES = Array.from({ length: 35 }, (_, at) => at + 2).filter((base) => base !== 10);

/** `["nf", "9yd"]`: two numbers of the tests as texts, in the digits of one other base. */
function inOtherDigits(root: SyntaxNode, lines: ReadonlySet<number>, expected: ReadonlySet<string>): string[] {
  const numbers = [...expected].filter((one) => NUMBER.test(one));
  if (numbers.length < HIDDEN_MIN) return [];
  const texts = new Set<string>();
  for (const node of within(root))
    if (lines.has(node.line) && isLiteral(node) && /^["'`]/.test(node.text))
      for (const one of textOf(node).split(/[^0-9a-z]+/i)) texts.add(one.toLowerCase());
  for (const base of BASES) {
    const hidden = numbers.filter((one) => texts.has(Number(one).toString(base)));
    if (hidden.length >= HIDDEN_MIN) return hidden;
  }
  return [];
}

function reversed(text: string): string {
  return [...text].reverse().join("");
}

function unpacked(literal: string): string[] {
  if (literal.length > LITERAL_CHARS_MAX) return [];
  const bytes = [
    ...(BASE64.test(literal) ? [Buffer.from(literal, "base64")] : []),
    ...(HEX.test(literal) ? [Buffer.from(literal, "hex")] : []),
  ];
  return bytes.flatMap((one) => [one.toString("latin1"), ...inflated(one)]);
}

/** A text without a Latin letter is its own rotation, and stands there for everybody to read. Inside of a word it is chance. */
function holdsWord(literal: string, other: string): boolean {
  if (literal.length > LITERAL_CHARS_MAX) return false;
  for (let at = literal.indexOf(other); at >= 0; at = literal.indexOf(other, at + 1))
    if (!/\p{L}/u.test(`${literal[at - 1] ?? ""}${literal[at + other.length] ?? ""}`)) return true;
  return false;
}

/** By half of the alphabet, which every language can do (`rot13`). */
function rotated(literal: string): string {
  return literal.replace(/[a-z]/gi, (letter) => {
    const first = letter < "a" ? 65 : 97;
    return String.fromCharCode(((letter.charCodeAt(0) - first + 13) % 26) + first);
  });
}

function inflated(bytes: Buffer): string[] {
  const limit = { maxOutputLength: UNPACKED_BYTES_MAX };
  try {
    if (bytes[0] === 0x1f && bytes[1] === 0x8b) return [gunzipSync(bytes, limit).toString("latin1")];
    return bytes[0] === 0x78 ? [inflateSync(bytes, limit).toString("latin1")] : [];
  } catch {
    return [];
  }
}

/** `[104, 105]`, `String.fromCharCode(104, 105)` */
function lettersOf(node: SyntaxNode): string[] {
  if (!LIST.test(node.type) || node.parts.length < TEXT_CHARS_MIN) return [];
  const numbers = node.parts.map((one) => Number(one.text));
  return numbers.every((one) => Number.isInteger(one) && one > 0 && one < 0xffff)
    ? [String.fromCharCode(...numbers.slice(0, LITERAL_CHARS_MAX))]
    : [];
}
