/** Why a server was not reached, in words for people who never saw the code. In order: the first that fits counts. */
const WORDS: readonly (readonly [code: RegExp, words: string])[] = [
  [/^ECONNREFUSED$/, "the connection was refused, so no server listens there"],
  [/^ENOTFOUND$/, "no host of that name was found"],
  [/^EAI_AGAIN$/, "its name could not be looked up"],
  [/TIMEDOUT|TIMEOUT/, "the connection timed out"],
  [/^(?:EHOSTUNREACH|ENETUNREACH|EADDRNOTAVAIL)$/, "there is no way to it from here"],
  [/^(?:ECONNRESET|EPIPE|UND_ERR_SOCKET)$/, "the connection was closed"],
  [/CERT|SIGNATURE|ISSUER/, "its certificate is not trusted"],
  [/SSL|TLS|^EPROTO$/, "it does not speak TLS there"],
  [/^BAD_PORT$/, "no web server is ever asked at that port; use another one"],
];

/** @param host with its port, without credentials; null where a cloud's own library finds it */
export function unreachableWords(host: string | null, code: string | null): string {
  const words = code === null ? undefined : WORDS.find(([pattern]) => pattern.test(code))?.[1];
  const shown = code === null || code === "BAD_PORT" ? "" : ` (${code})`;
  return `could not be reached${host === null ? "" : ` at ${host}`}${words ? `: ${words}` : ""}${shown}.`;
}

/** Host and port of an address, and nothing else of it: a key may stand in the rest. */
export function hostOf(baseUrl: string): string | null {
  return URL.canParse(baseUrl) ? new URL(baseUrl).host || null : null;
}
