import type { Abilities, Lesson } from "./abilities.ts";
import type { ProviderError } from "./provider-error.ts";
import type { Capability } from "./spec.ts";

/** What was sent, as far as a refusal may speak of it. */
export type Sent = {
  readonly tools: boolean;
  /** By a field of the request. */
  readonly schema: boolean;
  readonly streamed: boolean;
  readonly outputTokensMax: number;
  /** Names of the request's own fields. */
  readonly fields: readonly string[];
};

/** Statuses with which servers turn a form down. Template errors of local servers come as 500. */
const REFUSALS: readonly number[] = [400, 404, 405, 415, 422, 500, 501];

type Rule = {
  readonly words: RegExp;
  readonly drop?: Capability;
  readonly add?: Capability;
  readonly when?: (sent: Sent, abilities: Abilities) => boolean;
};

const SCHEMA =
  /response_?format|response mime type|json[ _]?(?:mode|schema)|structured[ _]outputs?|output_config|text\.format|guided|grammar|controlled generation/i;

/** Strict tools share one grammar, which may be too large; the answer's schema costs less. */
const LARGE_SCHEMA =
  /strict tools|compiled grammar|(?:schema|grammar)s? (?:is |are )?too (?:complex|large)|too many (?:optional )?parameters/i;

/** In order: the words of one kind may stand in a sentence that is about another. */
const RULES: readonly Rule[] = [
  { words: /use ['"`]?max_completion_tokens|max_tokens['"`]? is not supported/i, add: "max-completion-tokens" },
  { words: /max_completion_tokens/i, drop: "max-completion-tokens", when: isUnknownField },
  {
    words:
      /does not support tools|tool[ _-]?choice requires|enable-auto-tool-choice|tool-call-parser|requires --jinja|tools? (?:use|calling|choice)? ?(?:is|are) not supported|no endpoints found that support tool/i,
    drop: "tools",
    when: ({ tools }) => tools,
  },
  {
    words: /single tool[ -]calls?|parallel (?:tool|function) calls?|one tool[ -]call|multiple tool[ -]calls/i,
    drop: "parallel-calls",
  },
  {
    words:
      /role ['"`]?user['"`]? after role ['"`]?tool|after role ['"`]?tool|expected last role|roles? must alternate|unexpected role|alternat/i,
    drop: "user-after-tools",
  },
  {
    words:
      /system (?:role|message|prompt)s? (?:is |are )?not (?:supported|allowed)|developer instruction is not enabled|roles?.{0,30}system.{0,30}(?:not|invalid|unsupported)|(?:invalid|unsupported).{0,30}role.{0,30}system/i,
    drop: "system-role",
  },
  { words: LARGE_SCHEMA, drop: "strict-tools", when: ({ tools }) => tools },
  { words: SCHEMA, drop: "answer-schema-with-tools", when: ({ tools, schema }) => tools && schema },
  { words: SCHEMA, drop: "answer-schema", when: ({ schema }) => schema },
  // Of a server that makes a grammar of the tools, and cannot.
  { words: /grammar/i, drop: "tools", when: ({ tools }) => tools },
  { words: /stream_options|include_usage/i, drop: "stream-usage" },
  { words: /additionalProperties/i, drop: "closed-schemas", when: isUnknownField },
  { words: /\bstrict\b|additionalProperties/i, drop: "strict-tools", when: ({ tools }) => tools },
  { words: /cache_control|prompt_cache_key|cache (?:marker|breakpoint)/i, drop: "cache-markers" },
  { words: /encrypted.content|reasoning\.encrypted|['"`]include['"`]/i, drop: "reasoning-items" },
  {
    words:
      /missing .?reasoning_content|reasoning_content.{0,40}(?:must be (?:passed|provided)|is (?:missing|required))/i,
    add: "reasoning-content",
  },
  {
    words: /content (?:or|and) .?tool_calls.{0,20}not both|either content or tool_calls/i,
    drop: "text-with-calls",
  },
  {
    words:
      /reasoning_content|reasoning_details|extra_content|thought_signature|input\[\d+\]\.|'reasoning'|\.reasoning\b|(?:unsupported|unknown|unrecognized).{0,40}messages|messages.{0,60}(?:unsupported|not permitted|unknown|unrecognized|extra)/i,
    drop: "reasoning-echo",
    when: isUnknownField,
  },
  { words: /content.{0,60}(?:null|none|valid string|required|must be a string|expected)/i, drop: "empty-content" },
  { words: /\bstream(?:ing)?\b/i, drop: "streaming", when: ({ streamed }) => streamed },
];

const NOT_KNOWN =
  /unknown|unrecognized|unrecognised|unsupported|not supported|unexpected|not permitted|not allowed|extra (?:inputs?|fields?)|additional propert|no such field|cannot find field|invalid (?:field|parameter|argument)|does not (?:accept|support)/i;

/** @returns what a refusal says about the server and is not known yet; null when it teaches nothing */
export function lessonOf(error: ProviderError, sent: Sent, abilities: Abilities): Lesson | null {
  if (!REFUSALS.includes(error.status)) return null;
  const text = `${error.code ?? ""} ${error.message}`.slice(0, TEXT_MAX);
  if (/tool[ _]call[ _]?id.{0,80}length of 9/i.test(text) && !abilities.nineCharIds) return { what: "nine-char-ids" };
  const limit = outputLimitIn(text, sent.outputTokensMax);
  if (limit !== null) return { what: "output-limit", tokens: limit };
  for (const { words, drop, add, when } of RULES) {
    if (!words.test(text) || (when && !when({ ...sent, fields: [text] }, abilities))) continue;
    if (add && !abilities.has(add)) return { what: "has", capability: add };
    if (drop && abilities.has(drop)) return { what: "lacks", capability: drop };
  }
  const field = NOT_KNOWN.test(text) ? sent.fields.find((name) => namesField(text, name)) : undefined;
  return field && !abilities.unknownFields.has(field) ? { what: "unknown-field", field } : null;
}

/** The sentence that says why is at the beginning; what follows may be the whole request. */
const TEXT_MAX = 2_000;

function isUnknownField({ fields: [text = ""] }: Sent): boolean {
  return NOT_KNOWN.test(text) && !/missing|must be (?:passed|provided)|required/i.test(text);
}

/** Fields without which there is no request. */
const NEEDED: readonly string[] = ["model", "messages", "input", "max_tokens", "max_output_tokens", "tools", "stream"];

function namesField(text: string, name: string): boolean {
  return !NEEDED.includes(name) && new RegExp(`(?:^|[^A-Za-z_])${name}(?:[^A-Za-z_]|$)`).test(text);
}

/** "max_tokens is too large: 16000. This model supports at most 4096": the largest limit that is lower than what was asked. */
function outputLimitIn(text: string, asked: number): number | null {
  if (!/max_(?:completion_|output_)?tokens|output tokens|completion tokens/i.test(text)) return null;
  if (!/too large|too high|at most|maximum|less than|exceed|valid range|greater|>|<=|must be/i.test(text)) return null;
  if (/use ['"`]?max_|is not supported|unsupported parameter/i.test(text)) return null;
  // The window is told, and not the limit of an answer: a quarter of it leaves room for the question.
  const window = Number(/context length is (\d{3,8})/i.exec(text)?.[1] ?? NaN);
  if (Number.isFinite(window)) return belowAsked(Math.floor(window * WINDOW_SHARE), asked);
  const lower = [...text.matchAll(/\d[\d,_]{2,8}/g)]
    .map(([digits]) => Number(digits.replace(/[,_]/g, "")))
    .filter((number) => number >= OUTPUT_TOKENS_MIN && number < asked);
  const limit = lower.length > 0 ? Math.max(...lower) : Math.floor(asked / 2);
  return limit >= OUTPUT_TOKENS_MIN ? limit : null;
}
/** As much of a window as a loop lets an answer have. */
const WINDOW_SHARE = 0.25;

function belowAsked(limit: number, asked: number): number | null {
  return limit >= OUTPUT_TOKENS_MIN && limit < asked ? limit : null;
}

/** Less than this holds no answer of a role. */
const OUTPUT_TOKENS_MIN = 256;
