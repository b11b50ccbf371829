import type { BadAnswer } from "./answers.ts";

/** What a registry did that is no fault of the manifest's or the lockfile's, in a sentence that says who can do something. */
export function unwellSentence(output: string, bad: ReadonlyMap<string, BadAnswer>): string | null {
  const [seen] = [...bad];
  if (seen) return sentenceOf(`the registry ${seen[0]}`, seen[1]);
  const match = STATUS.exec(output);
  const status = Number((match?.[1] ?? match?.[2] ?? "").slice(0, 3));
  if (status > 0) return sentenceOf("a registry", status);
  if (PAGE.test(output)) return sentenceOf("a registry", "page");
  if (ROUND.test(output))
    return `a registry leads from one address to the next without an end, as one does that wants a login. ${LOOK}`;
  return CHECKSUM.test(output) ? DIFFERENT : null;
}

/** How package managers tell the status of an answer that they could do nothing with. */
const STATUS =
  /(?:\bE|FETCH_|status code:? |response code:? |HTTP error |\bgot |too many |bad response [A-Za-z ]{1,40} )(40[137]|429|50\d|52\d)\b|\b(429 Too Many|401 (?:Unauthorized|Client Error)|403 (?:Forbidden|Client Error)|407 (?:Proxy Auth|Client Error)|50\d (?:Internal Server|Bad Gateway|Service Unavailable|Service Temporarily|Gateway Time|Server Error))/i;
/** A page where data should be. A conflict that stands in a manifest begins with a sharp bracket too. */
const PAGE = /invalid json response body at|<!doctype html|"<html\b/i;
const ROUND = /EMAXREDIRECT|maximum redirect reached|Exceeded \d+ redirects|too many redirect/i;
const CHECKSUM =
  /EINTEGRITY|TARBALL_INTEGRITY|DO NOT MATCH THE HASHES|SECURITY ERROR|Integrity check failed|checksum for `[^`]+` changed|verifying \S+: checksum mismatch/;

const LOOK = "The server's operator can look at its address and the access to it. Then try again.";
const DIFFERENT =
  "what a registry sent is not what the lockfile has the checksum of. Find out which of the two was changed: the lockfile is mended on the default branch, a registry by its operator.";

function sentenceOf(registry: string, answer: BadAnswer): string {
  if (answer === "page")
    return `${registry} answered with a page for people, such as a login, and not with packages. ${LOOK}`;
  if (answer === 407) return `a proxy before ${registry} wants a password (status 407). ${LOOK}`;
  if (answer === 429) return `${registry} wants to be asked less often (status 429). Try again later.`;
  if (answer >= 500) return `${registry} failed on its side (status ${answer}). Try again when it is back.`;
  return `${registry} did not let this server in (status ${answer}). No password goes inside: ${LOOK[0]?.toLowerCase()}${LOOK.slice(1)}`;
}
