import { type FoundKey, tellingKeysIn } from "./secret-keys.ts";
import { readingsOf } from "./secret-readings.ts";

const PRIVATE_KEY = /-----BEGIN [A-Z0-9 ]{0,40}PRIVATE KEY/g;

/**
 * Keys of others in a dress that shows them to no pattern: with letters that nobody sees, in wide letters, one letter at a time,
 * put together from pieces, broken over lines, in codes, in base64. Only keys whose beginning nothing else has are looked for.
 */
export function disguisedKeys(text: string): FoundKey[] {
  return readingsOf(text).flatMap(({ plain, isDecoded, place }) =>
    [...tellingKeysIn(plain), ...(isDecoded ? privateKeysIn(plain) : [])].map(({ name, from, to }) => ({
      name,
      ...place(from, to),
    })),
  );
}

function privateKeysIn(plain: string): FoundKey[] {
  return [...plain.matchAll(PRIVATE_KEY)].map(({ index, 0: all }) => ({ name: "a private key", from: index, to: index + all.length })); // prettier-ignore
}
