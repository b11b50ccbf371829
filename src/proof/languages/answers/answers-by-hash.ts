import type { Case } from "./answer-cases.ts";
import { switchesBy, tablesAskedBy } from "./answers-by-measure.ts";
import { givenIn, type SyntaxNode, within } from "../syntax/syntax.ts";

const HASHES =
  /\b(createHash|hexdigest|digest|md5|sha1|sha256|sha512|crc32|adler32|blake2b|hash|Sum|Sum256|Checksum\w*)\(/;
/** Hexadecimal digits or a large number. Words and 0…n are the keys of other tables: of kinds, pages and buckets. */
const FINGERPRINT = /^(?=.*\d)-?[\da-f]{4,}$/i;
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
  const isAsked = (key: SyntaxNode | null | undefined) =>
    isHash(key) || names.has(key?.text.replace(/^\((.*)\)$/s, "$1") ?? "");
  return [...tablesAskedBy(root, isAsked), ...switchesBy(root, isAsked)].flatMap((table) => {
    const entries = cases.filter((one) => one.table === table);
    const theirs = entries.filter(({ asked, answered }) => asked.length > 0 && asked.every((one) => FINGERPRINT.test(one)) && answered.some(isTests)); // prettier-ignore
    return theirs.length >= THEIRS_MIN && theirs.length / entries.length >= SHARE_MIN ? theirs : [];
  });
}
