import type { z } from "zod";

/** Markers in public threads let everybody try secrets against them, as fast as their machines go. */
const SECRET_CHARS_MIN = 20;
/** `aaaaaaaaaaaaaaaaaaaaaaaa` and `123123123123123123123123` are long, and the first that are tried. */
const DIFFERENT_CHARS_MIN = 8;

/** What the ledger's secret needed at first. Whoever has such a one cannot change it without losing open tickets. */
export const LEDGER_SECRET_CHARS_MIN = 16;

/** @returns what is wrong with a secret that others must not be able to guess; null for a good one */
function weakness(secret: string, charsMin = SECRET_CHARS_MIN): string | null {
  if (secret.length < charsMin)
    return `has ${secret.length} characters and needs at least ${charsMin}, or it can be guessed`;
  if (new Set(secret).size < DIFFERENT_CHARS_MIN)
    return `repeats the same few characters and can be guessed: use at least ${DIFFERENT_CHARS_MIN} different ones`;
  return null;
}

/** What makes a good one on every machine that can run this program. */
export const SECRET_COMMAND = `node -p "require('crypto').randomBytes(32).toString('hex')"`;

/** The schema of a secret that is refused when it is weak. */
export function strong(secret: z.ZodString, charsMin?: number) {
  return secret.superRefine((value, found) => {
    const message = weakness(value, charsMin);
    if (message !== null) found.addIssue({ code: "custom", message });
  });
}
