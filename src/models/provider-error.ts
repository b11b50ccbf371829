import { pageIn } from "../core/rules/provider-words.ts";
import { fieldsIn, jsonOrNull, listIn, stringIn, textIn } from "./lenient.ts";
import type { Cause } from "./model.ts";

/** An answer that is no success, read from whatever form a server tells it in. */
export type ProviderError = {
  readonly status: number;
  /** The provider's own word for it, such as `insufficient_quota`. */
  readonly code: string | null;
  readonly message: string;
  readonly headers: Pick<Headers, "get"> | null;
  /** What the model said, where the server could not read it and calls that a failure. */
  readonly generated?: string;
  /** How long to wait, where the body says it in a field of its own. */
  readonly retryDelay?: string;
  /** Host and path that were asked. */
  readonly asked?: string;
};

/** What the words for failures mean as a status, where a success or a stream carries the failure. */
const STATUS_OF: readonly [RegExp, number][] = [
  [/insufficient_quota|exceeded_current_quota|billing|insufficient_(?:balance|credit|funds)|payment/, 402],
  // 1002, 1039 and 2056 are MiniMax's.
  [/rate_?limit|^(?:1002|1039|2056)$|too_many_requests|resource_exhausted|throttl|slow_down/, 429],
  [/overloaded|insufficient_system_resource|unavailable|capacity|engine_overloaded/, 529],
  [/authentication|unauthorized|unauthenticated|invalid_api_key/, 401],
  [/permission|forbidden/, 403],
  [/not_found/, 404],
  [/too_large|context_length|exceed_context/, 413],
  [/timeout|deadline/, 504],
  [/invalid|unprocessable|unsupported|malformed|bad_request|content_filter|moderation|^102[67]$/, 400],
];

/** The first of them: no money, too fast, overloaded. */
const SENTENCE_KINDS = 3;

/**
 * The error that a body tells of, whatever its status: `{"error":{…}}`, `{"error":"text"}`, `{"detail":…}`, `[{"error":…}]`,
 * `{"type":"error"}`, `{"object":"error"}`. What stands in its sentence is no field of it: servers quote the question there,
 * and with it what strangers wrote. @returns null when it tells of none
 */
export function errorIn(body: unknown, status: number | null, headers: ProviderError["headers"]): ProviderError | null {
  const first = fieldsIn(Array.isArray(body) ? body[0] : body);
  const told = toldIn(first);
  if (!told) return null;
  const { code, message, generated, retryDelay } = told;
  const more = { ...(generated ? { generated } : {}), ...(retryDelay ? { retryDelay } : {}) };
  return { status: statusOf(status, told), code, message, headers, ...more };
}

type Told = {
  readonly code: string | null;
  readonly message: string;
  readonly status: unknown;
  readonly generated?: string;
  readonly retryDelay?: string | null;
};

function toldIn(body: ReturnType<typeof fieldsIn>): Told | null {
  const error = body.error ?? listIn(body.errors)[0];
  if (typeof error === "string" && error !== "")
    return { code: stringIn(body.code), message: error, status: body.code };
  const fields = fieldsIn(error);
  if (Object.keys(fields).length > 0) return toldInFields(fields);
  const other = toldOtherwise(body);
  if (other) return other;
  if (body.type === "error" || body.object === "error" || (isWords(body.message) && body.choices === undefined))
    return toldInFields(body);
  if (body.detail !== undefined && body.choices === undefined)
    return { code: null, message: detailIn(body.detail), status: null };
  return null;
}

/** What Ollama's own protocol calls a message is an object, and no failure. */
function isWords(message: unknown): boolean {
  return typeof message === "string" || Array.isArray(message);
}

/** The forms of vendors whose successes say that they are none: `{code,msg}`, `{error_code,error_msg}`, `{base_resp}`. */
function toldOtherwise(body: ReturnType<typeof fieldsIn>): Told | null {
  if (body.choices !== undefined && listIn(body.choices).length > 0) return null;
  const { status_code, status_msg } = fieldsIn(body.base_resp);
  const code = stringIn(body.error_code ?? status_code ?? body.code);
  const message = stringIn(body.error_msg ?? status_msg ?? body.msg);
  if (code === null || code === "0" || message === null) return null;
  return { code, message, status: code };
}

function toldInFields(fields: ReturnType<typeof fieldsIn>): Told {
  const metadata = fieldsIn(fields.metadata);
  const raw = textIn(metadata.raw);
  const inner = raw === "" ? null : toldIn(fieldsIn(jsonOrNull(raw)));
  const words = [fields.code, fields.type, fields.status, fields.__type].map(stringIn);
  const own = stringIn(fields.message) ?? detailIn(fields.detail ?? fields.message ?? "");
  return {
    code: inner?.code ?? words.find((one) => one !== null && !/^(?:\d{3}|error)$/.test(one)) ?? null,
    // What stands behind a gateway says more than the gateway ("Provider returned error").
    message: [own, inner?.message ?? raw].filter((one) => one !== "").join(" "),
    generated: stringIn(fields.failed_generation) ?? "",
    retryDelay: delayIn(fields),
    status: [fields.code, fields.status, fields.status_code, fields.statusCode].find((one) => httpStatus(one) !== null),
  };
}

/** A span with its unit in Google's details; seconds in fields of others, or a moment. */
function delayIn(fields: ReturnType<typeof fieldsIn>): string | null {
  const span = listIn(fields.details).map((one) => stringIn(fieldsIn(one).retryDelay));
  const seconds = stringIn(fields.resets_in_seconds ?? fields.retry_after ?? fields.retry_after_seconds);
  return span.find((one) => one !== null) ?? (seconds && `${seconds}s`) ?? stringIn(fields.resets_at);
}

function detailIn(detail: unknown): string {
  if (typeof detail === "string") return detail;
  const lines = (Array.isArray(detail) ? (detail as unknown[]) : [detail]).map((one) => {
    const { msg, message, loc } = fieldsIn(one);
    const where = listIn(loc).map(String).join(".");
    return [where, stringIn(msg) ?? stringIn(message) ?? JSON.stringify(one)].filter((part) => part !== "").join(": ");
  });
  return lines.join("; ");
}

function httpStatus(value: unknown): number | null {
  const number = Number(typeof value === "string" || typeof value === "number" ? value : NaN);
  return Number.isInteger(number) && number >= 400 && number <= 599 ? number : null;
}

/** The status of the HTTP answer counts when it tells of a failure; else what the body says. */
function statusOf(status: number | null, told: Told): number {
  if (status !== null && status >= 400) return status;
  const words = `${told.code ?? ""}`.toLowerCase();
  const named = STATUS_OF.find(([pattern]) => pattern.test(words))?.[1];
  // Words of a sentence are taken for what passes or costs: "invalid" and the like may stand in any.
  const sentence = told.message.toLowerCase().replace(/[\s-]+/g, "_");
  const said = STATUS_OF.slice(0, SENTENCE_KINDS).find(([pattern]) => pattern.test(sentence))?.[1];
  return httpStatus(told.status) ?? named ?? said ?? 500;
}

const MONEY_CODE =
  /insufficient_quota|exceeded_current_quota|billing|insufficient[_ ](?:balance|credit|fund)|arrear|payment_required|^1113$|^1309$|credit_limit|freetieronly|budget_?exceeded|blocked_api_access/i;
const MONEY_WORDS =
  /credit balance|insufficient (?:balance|credits?|funds)|not enough (?:credits|balance|funds)|out of credits|(?:no|have any) credits?\b|in arrears|spending cap|balance (?:is )?exhausted|more credits|billing (?:is )?(?:not active|hard limit)|account is not active|balance is (?:insufficient|too low|not enough)|spend(?:ing)? limit|budget has been exceeded|(?:exceeded your|over) budget|credits are depleted|payment (?:is )?required|recharge|overdue|key limit exceeded|specified (?:workspace )?api usage limits|套餐已到期|out of call volume quota|requires billing|available credits|free (?:tier|quota)[^.]{0,40}exhausted|余额不足|欠费/i;
/** A gateway's 429 tells in its sentence what the provider behind it said. Other refusals may quote the question there. */
const QUOTA_WORDS = /\b(?:insufficient_quota|exceeded_current_quota|insufficient_balance)\b/i;
const TOO_LARGE =
  /context[ _-]?(?:length|window|limit|size)|maximum context|prompt is too long|(?:request|input|prompt|message) (?:is )?too (?:large|long)|too many (?:input |total )?tokens|reduce (?:the length|your (?:message|prompt|input))|exceeds? the (?:maximum|limit|model|available)[^.]{0,40}(?:token|context|length)|input length|input token count|(?:maximum|max(?:imum supported)?) (?:prompt |sequence |input )?length|model token limit|token count of \d{1,9} exceeds|(?:inputs?|tokens)\W{1,3}must (?:be <=|have less than|not exceed)|tokens?(?: length)? too long|max(?:imum)? (?:message )?tokens (?:of \d{1,9} )?exceeded|exceeds? max(?:imum)? (?:message )?tokens|is longer than the (?:maximum|model)|context shift|exceeds max_seq_len|expected maxlength: \d{1,9}, actual/i;
const TOO_LARGE_CODE =
  /context_length|too_large|exceed_context|string_above_max|prompt_tokens_exceeded|tokens_limit|oversizeinput|tokens_too_long|^1261$/i;
const MODERATION =
  /content[ _-]?(?:filter|policy|management)|moderation|flagged|responsibleai|safety (?:system|reasons)|data_inspection_failed|usage (?:polic|guideline)|prohibited|^1301$|^102[67]$|content exists risk|inappropriate content|敏感内容/i;
/** Where a model that nobody has is told as a fault of the request. */
const NO_MODEL =
  /(?:invalid|unknown)[ _]model\b|not work with the specified model|is not a chat model|access to (?:the )?model\b|inference profile|model[ _](?:does )?not[ _](?:exist|found|available)|model_decommissioned|not a valid model|no models? (?:is |are )?(?:loaded|found)|model identifier is invalid|model\b[^.]{0,80} (?:decommissioned|does not exist|not found|(?:is|been) (?:retired|deprecated|shut down))/i;
const TOO_FAST_CODE = /throttl|too_?many_?requests|rate_?limit_(?:exceeded|error)/i;
const BAD_KEY = /api[ _-]?key|authenticat|unauthorized|invalid.{0,20}(?:\btoken\b|credential)|access token/i;
/** A 400 all the same: the next try finds the model loaded again, or says something that the server can read. */
const BROKE_DOWN =
  /\bmodel (?:has )?(?:crashed|unloaded|reloaded)|unexpected eof|degraded function|^channel error$|^(?:output_parse|tool_use|json_validate)_failed\b/i;
/** Of a server that cannot write down what was said so far: another form of it may help, and no waiting does. */
const TEMPLATE = /jinja|chat[ _-]?template|(?:render|appl)\w{0,8} (?:the )?prompt ?template/i;
/** While it did that, something else failed, which the next time may not. */
const BY_CHANCE = /memory|connection|time-?d? ?out|retry|try again|temporar|unavailable|the hub|download|killed/i;
/** Nothing in a request changes it. */
const DISABLED =
  /(?:organization|account|project) (?:has been|is) (?:disabled|deactivated|suspended)|location is not supported for the api/i;
const BUSY = /overload|insufficient_system_resource|capacity|temporarily unavailable|at the moment/i;

/** Late, in conflict, locked, too early, no capacity (Groq), broken behind a gateway (Bedrock), and what proxies say when one side hung up. */
const PASSING = [408, 409, 423, 424, 425, 498, 499];

/** Forbidden, to be told to a proxy who one is, barred by law, to be told to a network. Their own refusals, APIs tell as JSON. */
const BARRING = [403, 407, 451, 511];

/** What kind of failure it is, by the status and by the provider's own words, which say more. */
export function causeOf({ status, code, message }: ProviderError): Cause {
  const word = code ?? "";
  // The words of such a page are not the provider's: "prohibited" there is no content filter.
  if (BARRING.includes(status) && pageIn(message)) return "barred";
  if (status === 402 || MONEY_CODE.test(word) || (status < 500 && MONEY_WORDS.test(message))) return "money";
  if (status === 429 && QUOTA_WORDS.test(message)) return "money";
  if (status === 401) return "key";
  if (status < 500 && (MODERATION.test(word) || (status !== 429 && MODERATION.test(message)))) return "moderation";
  const names = `${word} ${message}`;
  if (status === 403 && NO_MODEL.test(names)) return "missing";
  if (status === 403 || (status === 400 && isAboutKey(message))) return "key";
  if (isTooLarge(status, word, message)) return "too-large";
  if (status === 500 && TEMPLATE.test(message) && !BY_CHANCE.test(message)) return "request";
  if (/overloaded/i.test(word)) return "overloaded";
  if (status === 429 || (status < 500 && TOO_FAST_CODE.test(word))) return "too-fast";
  if (status === 503 || status === 529 || BUSY.test(word) || (status >= 500 && BUSY.test(message))) return "overloaded";
  if (isElsewhere(status)) return "missing";
  if (status === 404 || status === 405 || (status === 400 && NO_MODEL.test(names))) return "missing";
  // Not implemented stays so.
  if (status === 501) return "request";
  if (PASSING.includes(status) || status >= 500 || BROKE_DOWN.test(code === null ? message : names)) return "server";
  return "request";
}

function isAboutKey(message: string): boolean {
  return (
    DISABLED.test(message) || (BAD_KEY.test(message) && /invalid|not valid|incorrect|missing|expired/i.test(message))
  );
}

/** The server is at another address, which nobody follows by itself. */
export function isElsewhere(status: number): boolean {
  return status >= 300 && status < 400;
}

function isTooLarge(status: number, code: string, message: string): boolean {
  if (status === 413 || TOO_LARGE_CODE.test(code)) return true;
  // "Request too large for gpt-x on tokens per min (TPM)": waiting a minute does not make it smaller.
  if (status === 429) return /(?:request|message|prompt) (?:is )?too large/i.test(message);
  return TOO_LARGE.test(message);
}
