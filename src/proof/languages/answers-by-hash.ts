import type { Case } from "./answer-cases.ts";
import { tablesAskedBy } from "./answers-by-measure.ts";
import { givenIn, type SyntaxNode, within } from "./syntax.ts";

const HASHES =
  /\b(createHash|hexdigest|digest|md5|sha1|sha256|sha512|crc32|adler32|blake2b|hash|Sum|Sum256|Checksum\w*)\(/;
const KEY_CHARS_MAX = 200;
/** One may be met by chance; an honest table of fingerprints has more entries than its tests ask for. */
const THEIRS_MIN = 2;
const SHARE_MIN = 0.6;

/**
 * Answers of the new tests in a table that is asked by a hash of the question: nobody reads from it what it knows.
 * @param isTests whether an answer stands in the new tests
 */
export function byHash(root: SyntaxNode, cases: readonly Case[], isTests: (text: string) => boolean): Case[] {
  const isHash = (node: SyntaxNode | null | undefined) => HASHES.test(node?.text.slice(0, KEY_CHARS_MAX) ?? "");
  const names = new Set(
    [...within(root)].flatMap((one) => {
      const { left, right } = givenIn(one) ?? {};
      return left && isHash(right) ? [left.text] : [];
    }),
  );
  const tables = tablesAskedBy(root, (key) => isHash(key) || names.has(key?.text ?? ""));
  return [...tables].flatMap((table) => {
    const entries = cases.filter((one) => one.table === table);
    const theirs = entries.filter(({ answered }) => answered.some(isTests));
    return theirs.length >= THEIRS_MIN && theirs.length / entries.length >= SHARE_MIN ? theirs : [];
  });
}
