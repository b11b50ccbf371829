import { type FoundKey, keysIn, keysInPieces, tellingKeysIn } from "./secret-keys.ts";
import { lineReading, readingsOf } from "./secret-readings.ts";
import { shapesIn } from "./secret-shapes.ts";

const PRIVATE_KEY = /-----BEGIN [A-Z0-9 ]{0,40}PRIVATE KEY/g;

/**
 * Keys of others in a dress that shows them to no pattern: with letters that nobody sees, in wide letters, one letter at a time,
 * put together from pieces, broken over lines, in codes, in base64. Only keys whose beginning nothing else has are looked for.
 */
export function disguisedKeys(text: string): FoundKey[] {
  const page = lineReading(text);
  const onPage = page && [...keysIn(page.plain), ...shapesIn(page.plain), ...keysInPieces(page.plain)];
  const read = readingsOf(text).flatMap(({ plain, isDecoded, isMeant, place }) =>
    [...tellingKeysIn(plain), ...(isDecoded ? [...privateKeysIn(plain), ...settingsIn(plain)] : [])]
      .filter(({ from, to }) => isMeant?.(from, to) ?? true)
      .map(({ name, from, to }) => ({ name, ...place(from, to) })),
  );
  const shaped = (onPage ?? []).map(({ name, from, to }) => ({ name, ...(page?.place(from, to) ?? { from, to }) }));
  return [...read, ...shaped, ...keysInPieces(text)];
}

/** Whoever encodes a line of settings encodes its name as well, which tells what stands behind it. */
function settingsIn(plain: string): FoundKey[] {
  return shapesIn(plain).filter(({ name }) => / in a setting$/.test(name));
}

function privateKeysIn(plain: string): FoundKey[] {
  return [...plain.matchAll(PRIVATE_KEY)].map(({ index, 0: all }) => ({ name: "a private key", from: index, to: index + all.length })); // prettier-ignore
}
