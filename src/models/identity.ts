/**
 * Which model a name means, however its provider spells it: with a folder, a region, a date, a format, a precision or a
 * route behind it. What makes another model of a name, its size or what its maker trained it for, stays. A fine-tune of one's
 * own counts as its base: it has what the base does not see.
 */
export type Identity = {
  /** In small letters, without what says nothing. */
  readonly words: readonly string[];
  /** As the name has it: `8b`, `8x7b`; null where it does not say. */
  readonly size: string | null;
  /** Whose fine-tune of it; null for the model itself. */
  readonly tuned: string | null;
};

/** Where it is served: Bedrock's region and maker before the name, the version of its form behind. */
const CLOUD = /^(?:[a-z]{2,6}\.)?(?:anthropic|openai|meta|mistral|amazon|cohere|qwen|deepseek|google|ai21|moonshot)\.(?=[a-z])/; // prettier-ignore
const CLOUD_FORM = /-v\d+(?::\d+)?$/;
const FORM = /-v\d+:\d+$/;
/** Fine-tuned from it: `ft:base:owner:name:id`. What an answer says has the same form. */
const TUNED = /^ft:([^:]+)(?::(.*))?$/;
/** Routes of gateways, behind a colon. */
const ROUTE = /:(?:free|beta|nitro|floor|online|extended|exacto|thinking|cloud|latest)$/;
/** `-2026-05-01`, `-20260501`, `@20260501`, `-08-2024`, `-preview-05-06`, `-0613`, `-001`. */
const DATES = /[-@:](?:20\d\d[-_]?\d\d(?:[-_]?\d\d)?|\d\d-20\d\d|(?:preview|exp)-\d\d-\d\d|\d{3,4})(?=$|[-@:])/g;
/** How its numbers are kept, and in which format. */
const KEPT =
  /[-_.:@](?:i?q\d(?:[-_](?:k(?:[-_](?:xs|xl|[sml]))?|[01]|xxs|xs|nl))?|ud|(?:bf|fp|f)(?:4|8|16|32)|int[48]|[48]bit|w\d+a\d+|awq|gptq|gguf|ggml|mlx|onnx|exl[23]|nf4|mxfp4|nvfp4|bnb|safetensors|dynamic)(?=$|[-_.:@])/g;
const NOTHING = new Set(["latest", "instruct", "it", "preview", "exp", "experimental", "stable", "hf"]);
/** Parameters; how many of them are in use at once, as in `30b-a3b`, follows from the model. */
const SIZE = /(?:^|[-_:@.\s])(e?(?:\d+x)?\d+(?:\.\d+)?[bm])(?=$|[-_:@.\s])/;
const IN_USE = /(?:^|[-_:])a\d+(?:\.\d+)?b(?=$|[-_:])/g;

/**
 * @example
 * identityOf("qwen3:8b-q4_K_M"); // { words: ["qwen3"], size: "8b", tuned: null }
 * identityOf("us.anthropic.claude-opus-5-5-20260101-v1:0").words; // ["claude", "opus", "5", "5"]
 */
export function identityOf(name: string): Identity {
  const last = name.trim().toLowerCase().replace(/\/+$/, "").split("/").at(-1) ?? "";
  const inCloud = CLOUD.test(last);
  const tuned = TUNED.exec(last)?.[2] ?? null;
  const bare = last
    .replace(CLOUD, "")
    .replace(inCloud ? CLOUD_FORM : FORM, "")
    .replace(TUNED, "$1")
    .replace(ROUTE, "")
    .replace(IN_USE, "");
  const kept = untilNothing(bare, (text) => text.replace(KEPT, "").replace(DATES, ""));
  const size = SIZE.exec(kept)?.[1] ?? null;
  const words = kept.replace(SIZE, " ").split(/[^a-z0-9]+/);
  return { words: words.filter((word) => word !== "" && !NOTHING.has(word)), size, tuned };
}

/** Two that stand side by side share what parts them. */
function untilNothing(text: string, change: (text: string) => string): string {
  const changed = change(text);
  return changed === text ? text : untilNothing(changed, change);
}

/** The same words, and sizes that do not contradict each other: whoever does not say its size may have either. */
export function meansTheSame(one: Identity, other: Identity): boolean {
  return one.words.length > 0 && one.words.join(" ") === other.words.join(" ") && !differInSize(one, other);
}

/** Two fine-tunes of one base. Where one name says none, a gateway may have left it out. */
export function differInTuning(one: Identity, other: Identity): boolean {
  return one.tuned !== null && other.tuned !== null && one.tuned !== other.tuned;
}

export function differInSize(one: Identity, other: Identity): boolean {
  return one.size !== null && other.size !== null && one.size !== other.size;
}
