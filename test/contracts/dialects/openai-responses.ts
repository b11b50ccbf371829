import {
  type Dialect,
  event,
  type Fields,
  fields,
  type Kept,
  list,
  looseSchema,
  pieces,
  type Refusal,
  type Said,
  type Sent,
  sentence,
  type Told,
  unknownField,
} from "./dialect.ts";

const bad = (message: string, param: string | null = null, code: string | null = null): Refusal => ({
  status: 400,
  body: { error: { message, type: "invalid_request_error", param, code } },
});
const KNOWN = [
  ...["model", "instructions", "input", "max_output_tokens", "store", "prompt_cache_key", "include", "tools", "text"],
  ...["parallel_tool_calls", "tool_choice", "stream", "temperature", "reasoning", "headers"],
];
const ITEMS: Readonly<Record<string, readonly string[]>> = {
  message: ["type", "role", "content", "id", "status", "phase"],
  reasoning: ["type", "id", "summary", "content", "encrypted_content"],
  function_call: ["type", "id", "call_id", "name", "arguments", "status", "namespace"],
  function_call_output: ["type", "id", "call_id", "output", "status"],
  custom_tool_call: ["type", "id", "call_id", "name", "input", "status", "namespace"],
  custom_tool_call_output: ["type", "id", "call_id", "output", "status"],
  additional_tools: ["type", "id", "role", "tools"],
};
/** A program that shares an account with others can be asked for no more than this. */
const TOOL_TYPES = ["function", "custom", "local_shell", "apply_patch", "namespace"];

/** Tools stand in the request or in an item of its input, there in groups. */
function toolsIn(request: Sent): (Fields & { readonly group: string | null })[] {
  const items = list(request.input).map(fields);
  const added = items.filter(({ type }) => type === "additional_tools").flatMap(({ tools }) => list(tools));
  return [...list(request.tools), ...added].map(fields).flatMap((tool) => {
    const group = tool.type === "namespace" ? String(tool.name) : null;
    return (group === null ? [tool] : list(tool.tools).map(fields)).map((one) => ({ ...one, group }));
  });
}

/** OpenAI's Responses API without storage: reasoning comes back encrypted, right before what it led to. */
export const OPENAI_RESPONSES: Dialect = {
  name: "openai-responses",
  entry: { api: "openai-responses", family: "openai" },
  path: "/v1/responses",
  base: "/v1",
  parallel: true,
  lessonsMax: 0,
  lost: {
    status: 404,
    body: {
      error: { message: "Invalid URL (POST /responses)", type: "invalid_request_error", param: null, code: null },
    },
  },
  refuse: (request, kept) => requestRefused(request) ?? inputRefused(request, kept),
  answer,
};

function requestRefused(request: Sent): Refusal | null {
  const unknown = unknownField(request, KNOWN);
  if (unknown) return bad(`Unknown parameter: '${unknown}'.`, unknown, "unknown_parameter");
  if (request.temperature !== undefined)
    return bad("Unsupported parameter: 'temperature' is not supported with this model.", "temperature");
  if (String(request.prompt_cache_key ?? "").length > 64)
    return bad("Invalid 'prompt_cache_key': string too long. Expected a string with maximum length 64.");
  if (request.parallel_tool_calls !== undefined && toolsIn(request).length === 0)
    return bad("'parallel_tool_calls' is only allowed when 'tools' are specified.");
  const offered = toolsIn(request);
  const strange = offered.find((tool) => !TOOL_TYPES.includes(String(tool.type)));
  if (strange) return bad(`Invalid value: '${String(strange.type)}'. It is not enabled for this project.`, "tools");
  const strict = offered.filter((tool) => tool.type === "function" && tool.strict !== false);
  const loose = strict.find((tool) => looseSchema(tool.parameters));
  if (loose)
    return bad(
      `Invalid schema for function '${String(loose.name)}': In context=(), 'additionalProperties' is required to be supplied and to be false.`,
      "tools[0].parameters",
      "invalid_function_parameters",
    );
  const format = fields(fields(request.text).format);
  return format.strict === true && looseSchema(format.schema)
    ? bad(`Invalid schema for response_format '${String(format.name)}'.`, "text.format.schema")
    : null;
}

function inputRefused(request: Sent, kept: Kept): Refusal | null {
  const items = list(request.input).map(fields);
  const open = new Set<unknown>();
  for (const [index, item] of items.entries()) {
    const type = typeOf(item);
    const at = `input[${index}]`;
    const unknown = ITEMS[type] ? unknownField(item, ITEMS[type]) : "type";
    if (unknown) return bad(`Unknown parameter: '${at}.${unknown}'.`, `${at}.${unknown}`, "unknown_parameter");
    const wrong = itemRefused(item, type, at, items[index + 1], items[index - 1], kept);
    if (wrong) return wrong;
    if (type === "additional_tools" && item.role !== "developer")
      return bad(`Invalid value: '${String(item.role)}'. Supported values are: 'developer'.`, `${at}.role`);
    if (type === "function_call" || type === "custom_tool_call") {
      if (open.has(item.call_id)) return bad(`Duplicate item found with call_id ${String(item.call_id)}.`);
      open.add(item.call_id);
    }
    if ((type === "function_call_output" || type === "custom_tool_call_output") && !open.delete(item.call_id))
      return bad(`No tool call found for function call output with call_id ${String(item.call_id)}.`);
  }
  return open.size > 0 ? bad(`No tool output found for function call ${String([...open][0])}.`) : null;
}

/** What the model says and does: without the thought that led to it, it is refused. */
const FOLLOWING = ["function_call", "custom_tool_call", "message"];

/** Words may leave out what they are. */
function typeOf(item: Fields): string {
  return String(item.type ?? (item.role === undefined ? "?" : "message"));
}

function itemRefused(
  item: Fields,
  type: string,
  at: string,
  next: Fields | undefined,
  before: Fields | undefined,
  kept: Kept,
): Refusal | null {
  if (Object.entries(item).some(([name, value]) => value === null && !(type === "reasoning" && name === "content")))
    return bad(`Invalid type for '${at}': expected a value, but got null instead.`, at, "invalid_type");
  if (type === "custom_tool_call" && typeof item.input !== "string")
    return bad(`Invalid type for '${at}.input': expected a string.`, at, "invalid_type");
  if (type === "function_call" || type === "custom_tool_call") {
    const id = String(item.call_id ?? "");
    if (id === "" || id.length > 64)
      return bad(
        `Invalid '${at}.call_id': string too ${id === "" ? "short" : "long"}. Expected a string with maximum length 64.`,
      );
    if (!/^[a-zA-Z0-9_-]+$/.test(String(item.name)))
      return bad(
        `Invalid '${at}.name': string does not match pattern. Expected a string that matches the pattern '^[a-zA-Z0-9_-]+$'.`,
      );
  }
  if (type === "reasoning") {
    // Nothing is stored, so the id may be left out.
    const given = item.id === undefined ? [...kept.given.values()] : [kept.given.get(String(item.id))];
    if (!given.includes(item.encrypted_content))
      return bad(
        `The encrypted content for item ${String(item.id)} could not be verified.`,
        null,
        "invalid_encrypted_content",
      );
    if (next === undefined || !FOLLOWING.includes(typeOf(next)))
      return bad(`Item '${String(item.id)}' of type 'reasoning' was provided without its required following item.`);
  }
  const own = type === "message" ? item.role === "assistant" : FOLLOWING.includes(type);
  if (own && item.id !== undefined && !(before && ["reasoning", ...FOLLOWING].includes(typeOf(before))))
    return bad(
      `Item '${String(item.id)}' of type '${type}' was provided without its required 'reasoning' item: 'rs_1'.`,
    );
  return null;
}

function answer(said: Said, request: Sent, kept: Kept): Told {
  const reasoning = {
    type: "reasoning",
    id: `rs_${kept.count}`,
    summary: [],
    encrypted_content: `ZW5j${kept.count}`,
    ...{ status: null, content: null },
  };
  kept.given.set(reasoning.id, reasoning.encrypted_content);
  const offered = toolsIn(request);
  const calls = (said.calls ?? []).map(({ name, args }) => {
    kept.count += 1;
    const tool = offered.find((one) => one.name === name);
    const call = { call_id: `call_${String(kept.count).padStart(24, "R")}`, name, status: "completed" };
    const namespace = tool?.group ?? null;
    return tool?.type === "custom"
      ? { type: "custom_tool_call", id: `ctc_${kept.count}`, ...call, input: sentence(args), namespace }
      : { type: "function_call", id: `fc_${kept.count}`, ...call, arguments: JSON.stringify(args), namespace };
  });
  const text = said.text
    ? [
        {
          type: "message",
          id: `msg_${(kept.count += 1)}`,
          role: "assistant",
          status: "completed",
          phase: null,
          content: [{ type: "output_text", text: said.text, annotations: [], logprobs: [] }],
        },
      ]
    : [];
  const output = [reasoning, ...text, ...calls];
  const cut = said.ended === "length";
  const usage = {
    input_tokens: 900,
    input_tokens_details: { cached_tokens: 512 },
    output_tokens: 40,
    output_tokens_details: { reasoning_tokens: 8 },
    total_tokens: 940,
  };
  const response = {
    id: "resp_1",
    object: "response",
    created_at: 1,
    status: cut ? "incomplete" : "completed",
    error: null,
    incomplete_details: cut ? { reason: "max_output_tokens" } : null,
    model: `${String(request.model)}-2026-01-01`,
    output,
    usage,
  };
  const begun = { ...response, status: "in_progress", output: [], usage: null };
  return {
    body: response,
    events: [
      event({ type: "response.created", response: begun }, "response.created"),
      event({ type: "response.in_progress", response: begun }, "response.in_progress"),
      ...output.flatMap((item, index) => itemEvents(item, index)),
      event({ type: `response.${response.status}`, response }, `response.${response.status}`),
    ],
  };
}

const DELTAS: Readonly<Record<string, string>> = {
  function_call: "response.function_call_arguments.delta",
  custom_tool_call: "response.custom_tool_call_input.delta",
};

function itemEvents(item: Fields, index: number): string[] {
  const text = String(item.arguments ?? item.input ?? fields(list(item.content)[0]).text ?? "");
  const type = DELTAS[String(item.type)] ?? "response.output_text.delta";
  const empty = item.type === "custom_tool_call" ? { input: "" } : { arguments: "" };
  return [
    event(
      { type: "response.output_item.added", output_index: index, item: { ...item, ...empty } },
      "response.output_item.added",
    ),
    ...pieces(text).map((delta) =>
      event({ type, item_id: item.id, output_index: index, content_index: 0, delta }, type),
    ),
    event({ type: "response.output_item.done", output_index: index, item }, "response.output_item.done"),
  ];
}
