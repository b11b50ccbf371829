import { html, type Html } from "./html.ts";

/** Blanks, and letters that nobody sees, make no link that somebody could find. */
const SEEN = /[^\s\p{C}\p{Z}]/u;

/** A title as somebody wrote it, in the writing direction of its own words: the page's is from left to right. */
export function shownTitle(title: string): Html {
  return html`<bdi>${SEEN.test(title) ? title : "(no title)"}</bdi>`;
}
