import { estimateTokens } from "../../core/rules/context-budget.ts";
import type { CallSize } from "../coding-agent.ts";
import { fieldsIn, UNNAMED_OUTPUT_TOKENS_MAX } from "./kind.ts";
import { shown } from "./shown.ts";

/**
 * What a coding agent may ask its provider. The request is made anew from what is known to stay between prompt and answer:
 * a provider also fetches addresses, searches the web, opens other programs' stored answers and files, runs code and asks
 * further models, and each of those is a way out of the sandbox or a bill that nobody granted.
 */
export type Asked =
  | { readonly outcome: "may-be-asked"; readonly body: string; readonly size: CallSize }
  | { readonly outcome: "refused"; readonly why: string }
  /** Its program can shorten it. */
  | { readonly outcome: "too-long"; readonly why: string };

export type AskedModel = {
  readonly model: string;
  readonly contextTokensMax: number;
  readonly outputTokensMax: number;
};

type Json = Readonly<Record<string, unknown>>;

type Form = {
  readonly fields: readonly string[];
  /** Names under which the longest answer is said, the usual one first. */
  readonly limits: readonly string[];
  /** Whether a limit is set where none was named. Chat servers differ in which of their two names they know. */
  readonly setsLimit: boolean;
  readonly tool: RegExp;
  readonly always: (body: Json) => Json;
};

const MESSAGES: Form = {
  fields: [
    ...["model", "messages", "system", "stream", "temperature", "top_p", "top_k", "stop_sequences", "tools"],
    ...["tool_choice", "thinking", "metadata", "output_config", "output_format"],
  ],
  limits: ["max_tokens"],
  setsLimit: true,
  tool: /^(?:custom|bash_\d+|text_editor_\d+|memory_\d+)$/,
  always: () => ({}),
};

const RESPONSES: Form = {
  fields: [
    ...["model", "instructions", "input", "tools", "tool_choice", "parallel_tool_calls", "reasoning", "stream"],
    ...["stream_options", "include", "prompt_cache_key", "text", "temperature", "top_p", "truncation", "metadata"],
  ],
  limits: ["max_output_tokens"],
  setsLimit: true,
  tool: /^(?:function|custom|local_shell|apply_patch)$/,
  // Stored by default, for every program of the account to read.
  always: () => ({ store: false }),
};

const FORMS: Readonly<Record<string, Form>> = {
  "/messages": MESSAGES,
  "/messages/count_tokens": { ...MESSAGES, limits: [], setsLimit: false },
  "/responses": RESPONSES,
  "/responses/compact": { ...RESPONSES, setsLimit: false },
  "/chat/completions": {
    fields: [
      ...["model", "messages", "stream", "stream_options", "tools", "tool_choice", "functions", "function_call"],
      ...["parallel_tool_calls", "temperature", "top_p", "top_k", "stop", "seed", "response_format", "verbosity"],
      ...["reasoning_effort", "reasoning", "thinking", "frequency_penalty", "presence_penalty", "prompt_cache_key"],
    ],
    limits: ["max_tokens", "max_completion_tokens"],
    setsLimit: false,
    tool: /^(?:function|custom)$/,
    // Without it a stream says nothing about what it took.
    always: ({ stream, stream_options }) =>
      stream === true ? { stream_options: { ...fieldsIn(stream_options), include_usage: true } } : {},
  },
};

/** The paths that ask a model, and those that ask about it. */
export const ASKING = Object.keys(FORMS);
/** What a program asks in order to shorten its history. */
const SHORTENING = ["/messages/count_tokens", "/responses/compact"];
/** What is not paid for. */
export const FREE = ["/messages/count_tokens", "/models"];

/**
 * @param path below the provider's address: one of `ASKING`
 * @example
 * asked("/messages", '{"model":"m","max_tokens":9,"messages":[]}', { model: "m", contextTokensMax: 1000, outputTokensMax: 100 }).outcome; // "may-be-asked"
 */
export function asked(path: string, text: string, { model, contextTokensMax, outputTokensMax }: AskedModel): Asked {
  const form = FORMS[path];
  const came = objectIn(text);
  if (!form || !came) return refused("The request is no JSON object.");
  if (isDeeper(came, DEPTH_MAX)) return refused("The request is nested too deeply.");
  const body = shown(came) as Json;
  if (body["model"] !== model) return refused(`Only ${model} may be asked here.`);
  const reaching = [body["messages"], body["input"], body["system"]].map((one) => reachesOut(one, form)).find(Boolean);
  if (reaching) return refused(`${reaching} cannot be used here: only what stands in the request itself.`);
  const outputTokens = longestAnswer(body, form, outputTokensMax);
  const kept = Object.fromEntries(form.fields.flatMap((name) => (name in body ? [[name, body[name]]] : [])));
  const named = form.limits.filter((name) => isCount(body[name]));
  const limits = named.length > 0 ? named : form.setsLimit ? form.limits.slice(0, 1) : [];
  const made = JSON.stringify({
    ...kept,
    ...withOwnTools(kept, form),
    ...Object.fromEntries(limits.map((name) => [name, outputTokens])),
    ...form.always(body),
  });
  const inputTokens = tokensOf(made);
  if (inputTokens > contextTokensMax && !SHORTENING.includes(path))
    return {
      outcome: "too-long",
      why: `prompt is too long: ${inputTokens} tokens > ${contextTokensMax} maximum (\`contextTokensMax\`).`,
    };
  return { outcome: "may-be-asked", body: made, size: { inputTokens, outputTokens } };
}

/** Images are written in base64 and counted by their size on a screen: of each, so much at most. */
const IMAGE_TOKENS_MAX = 5_000;
const IMAGE =
  /"(?:(?<="(?:image_)?url":")data:image\/[a-z+]{1,20};base64,[\w+/=]+|[\w+/=]{20000,}(?=","media_type":"image)|(?<="media_type":"image\/[a-z]{1,9}","data":")[\w+/=]{20000,})"/g;

function tokensOf(made: string): number {
  const images = made.match(IMAGE) ?? [];
  const spared = images.map((one) => Math.max(0, estimateTokens(one) - IMAGE_TOKENS_MAX));
  return estimateTokens(made) - spared.reduce((all, one) => all + one, 0);
}

/** Schemas of tools are the deepest honest thing. Deeper ones could end this process, which looks through them. */
const DEPTH_MAX = 100;

function isDeeper(value: unknown, levels: number): boolean {
  if (typeof value !== "object" || value === null) return false;
  return levels === 0 || Object.values(value).some((one) => isDeeper(one, levels - 1));
}

function refused(why: string): Asked {
  return { outcome: "refused", why };
}

/** Of several names the smallest; a number that is none counts as not named. */
function longestAnswer(body: Json, { limits, setsLimit }: Form, max: number): number {
  const named = limits.map((name) => body[name]).filter(isCount);
  return Math.min(max, ...(named.length > 0 ? named : setsLimit ? [UNNAMED_OUTPUT_TOKENS_MAX] : []));
}

function isCount(value: unknown): value is number {
  return typeof value === "number" && Number.isInteger(value) && value > 0;
}

/** Codex brings its tools as an item of the input, in groups. */
function withOwnTools({ tools, input }: Json, form: Form): Json {
  const inItem = (item: unknown) => {
    const { tools: listed } = fieldsIn(item);
    return Array.isArray(listed) ? { ...fieldsIn(item), tools: ownTools(listed, form) } : item;
  };
  return {
    ...(Array.isArray(tools) ? { tools: ownTools(tools, form) } : {}),
    ...(Array.isArray(input) ? { input: input.map(inItem) } : {}),
  };
}

/** Tools that the program carries out itself. All others are the provider's: web search, other servers, machines of its own. */
function ownTools(tools: readonly unknown[], form: Form): unknown[] {
  return tools.flatMap((tool) => {
    const { type, tools: grouped } = fieldsIn(tool);
    if (type === "namespace" && Array.isArray(grouped)) return [{ ...fieldsIn(tool), tools: ownTools(grouped, form) }];
    if (typeof tool !== "object") return [];
    return type === undefined || type === null || (typeof type === "string" && form.tool.test(type)) ? [tool] : [];
  });
}

/** What a call was made with is the model's own, whatever its fields are called, and tools were looked through already. */
const CARRIED = ["arguments", "action", "operation", "tools"];
const REFERENCES = ["file_id", "file_ids", "file_url", "server_url", "vector_store_ids", "container_id"];

/** What comes in the middle of a conversation: a tool that was offered before, or one in full. */
const MOVED = ["tool_reference", "tool_definition"];

/** @returns what the provider would have to fetch, look up or carry out itself, or null */
function reachesOut(value: unknown, form: Form): string | null {
  if (Array.isArray(value)) return first(value.map((one) => reachesOut(one, form)));
  if (typeof value !== "object" || value === null) return null;
  const one = value as Json;
  const { type } = one;
  if (typeof type === "string" && /^(?:url|item_reference|container_upload|mcp_.*)$/.test(type)) return `"${type}"`;
  // Words of the system in the middle of a conversation can bring a tool of their own.
  if (type === "tool_addition" && !MOVED.includes(String(fieldsIn(one["tool"])["type"]))) return `"${type}"`;
  if (type === "tool_definition") return ownTools([one["definition"]], form).length === 1 ? null : "A provider's tool";
  const named = REFERENCES.find((name) => one[name] !== undefined && one[name] !== null);
  if (named !== undefined) return `"${named}"`;
  if (pointsElsewhere(one["image_url"])) return "An image's address";
  const own = type === "tool_use" || type === "custom_tool_call" ? [...CARRIED, "input"] : CARRIED;
  return first(Object.entries(one).map(([name, inner]) => (own.includes(name) ? null : reachesOut(inner, form))));
}

function pointsElsewhere(image: unknown): boolean {
  const address = typeof image === "string" ? image : fieldsIn(image)["url"];
  return typeof address === "string" && !/^data:/i.test(address);
}

function first(found: readonly (string | null)[]): string | null {
  return found.find((one) => one !== null) ?? null;
}

function objectIn(text: string): Json | null {
  try {
    const value = JSON.parse(text) as unknown;
    return typeof value === "object" && value !== null && !Array.isArray(value) ? (value as Json) : null;
  } catch {
    return null;
  }
}

/** Of the program's headers, what an answer depends on. All others may say who pays, which version of the account is used, or where a proxy sends the key. */
const HEADERS = /^(?:content-type|accept|user-agent|anthropic-version|x-stainless-[a-z-]+)$/;
/**
 * Of Anthropic's versions to try, those that open other prices and other parts of the account. What is in the request was
 * looked through before, and programs bring new ones with each version.
 */
const BETAS_REFUSED =
  /^(?:context-1m|extended-cache|fast|files-api|mcp-|code-execution|skills|web-|computer-use|agent-|managed-|batch)/;

/** @param theirs as Node gives them, in lower case */
export function headersToSend(
  theirs: Readonly<Record<string, string | string[] | undefined>>,
  ours: Readonly<Record<string, string>>,
): Record<string, string> {
  const betas = String(theirs["anthropic-beta"] ?? "").split(",");
  const kept = betas.map((one) => one.trim()).filter((one) => one !== "" && !BETAS_REFUSED.test(one));
  return {
    ...Object.fromEntries(
      Object.entries(theirs).flatMap(([name, value]) =>
        HEADERS.test(name) && value !== undefined ? [[name, String(value)]] : [],
      ),
    ),
    ...(kept.length > 0 ? { "anthropic-beta": kept.join(",") } : {}),
    ...Object.fromEntries(Object.entries(ours).map(([name, value]) => [name.toLowerCase(), value])),
  };
}
