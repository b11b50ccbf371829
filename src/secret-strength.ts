import type { z } from "zod";

/** Markers in public threads let everybody try secrets against them, as fast as their machines go. */
const SECRET_CHARS_MIN = 20;
/** `aaaaaaaaaaaaaaaaaaaaaaaa` and `123123123123123123123123` are long, and the first that are tried. */
const DIFFERENT_CHARS_MIN = 8;

/** Nearly nothing but steps from one character to the next, as in `abcdefghijklmnopqrst`. */
const STEPS_SHARE_MAX = 0.9;
/** `password` three times is tried early, and what nobody would write twice by hand is not. */
const REPEATED_CHARS_MAX = 12;

/** @returns what is wrong with a secret that others must not be able to guess; null for a good one */
function weakness(secret: string): string | null {
  if (secret.length < SECRET_CHARS_MIN)
    return `has ${secret.length} characters and needs at least ${SECRET_CHARS_MIN}, or it can be guessed`;
  if (new Set(secret).size < DIFFERENT_CHARS_MIN)
    return `repeats the same few characters and can be guessed: use at least ${DIFFERENT_CHARS_MIN} different ones`;
  if (isRepeated(secret)) return "says the same again and again and can be guessed";
  if (isCounted(secret)) return "counts up or down and can be guessed";
  return null;
}

/** Two copies of a text hold it once more, sooner than at its end, only if it is itself made of copies. */
function isRepeated(secret: string): boolean {
  return `${secret}${secret}`.indexOf(secret, 1) <= REPEATED_CHARS_MAX;
}

function isCounted(secret: string): boolean {
  const codes = [...secret].map((one) => one.codePointAt(0) ?? 0);
  const steps = codes.slice(1).filter((code, at) => Math.abs(code - (codes[at] ?? 0)) === 1).length;
  return steps > codes.length * STEPS_SHARE_MAX;
}

/** What makes a good one on every machine that can run this program. */
export const SECRET_COMMAND = `node -p "require('crypto').randomBytes(32).toString('hex')"`;

/** The schema of a secret that is refused when it is weak. */
export function strong(secret: z.ZodString) {
  return secret.superRefine((value, found) => {
    const message = weakness(value);
    if (message !== null) found.addIssue({ code: "custom", message });
  });
}
