/**
 * Base URLs as people write them: with the version or without, with the endpoint or without. An SDK wants one form; the
 * other one is tried when a server does not know the address.
 */
export const ANTHROPIC_ADDRESS = "https://api.anthropic.com";
export const OPENAI_ADDRESS = "https://api.openai.com/v1";

const ENDPOINT = /\/(?:chat\/completions|completions|responses|messages)$/;

/** Anthropic's SDK adds `/v1/messages` itself. */
export function anthropicBase(url: string): string {
  return trimmed(url).replace(/\/v1$/, "");
}

/** OpenAI's SDK adds the endpoint only, and nearly all servers have it under `/v1`. */
export function openaiBase(url: string): string {
  const base = trimmed(url);
  return new URL(base).pathname === "/" ? `${base}/v1` : base;
}

/** The same address with `/v1` where there was none, and without it where there was. */
export function otherOpenaiBase(base: string): string {
  return /\/v\d+$/.test(base) ? base.replace(/\/v\d+$/, "") : `${base}/v1`;
}

function trimmed(url: string): string {
  // A query belongs to an endpoint, and no SDK can put one behind it.
  const [path = url] = url.split("?");
  const whole = ENDPOINT.test(withoutSlash(path)) ? path : url;
  return withoutSlash(withoutSlash(whole).replace(ENDPOINT, ""));
}

function withoutSlash(url: string): string {
  let end = url.length;
  while (url[end - 1] === "/") end -= 1;
  return url.slice(0, end);
}
