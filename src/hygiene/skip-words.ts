/**
 * Words in a commit message that keep continuous integration from running. A model or a ticket may write them, as a quotation or
 * on purpose; a head without checks and a base branch whose merge nobody tested look alike. They stay readable and lose their
 * effect: brackets become parentheses, the trailer's colon becomes a dash.
 */
const BRACKETED = /\[([ \t]{0,3}(?:(?:skip|no)[ -][a-z]{1,20}|[a-z]{1,20}[ -]skip)[ \t]{0,3})\]/gi;
/** GitHub reads `skip-checks: true` as a trailer; git allows blanks around the colon. */
const TRAILER = /\b(skip-checks?)[ \t]{0,3}:(?=[ \t]{0,3}true\b)/gi;
/** Azure Pipelines. */
const STARRED = /\*{3}(NO_CI)\*{3}/gi;

/**
 * @example
 * withoutSkipWords("Fix the parser [skip ci]") // → "Fix the parser (skip ci)"
 */
export function withoutSkipWords(text: string): string {
  return text.replace(BRACKETED, "($1)").replace(TRAILER, "$1 –").replace(STARRED, "$1");
}
