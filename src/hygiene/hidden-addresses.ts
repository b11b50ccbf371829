/**
 * GitHub shows `#5`, a few digits, a piece of a file or a player for an address of its own. Whatever stands behind the part that
 * it knows is on no page.
 */
const OURS = /^<?(?:https?:\/\/)?(?:www\.|gist\.)?github\.com(?::\d{1,5})?\/([^\s?#<>]{0,2000})/i;

/** Addresses that stay as they are written have neither a number of a thread nor a commit in them. */
const SHORTENED =
  /(?:^|\/)(?:(?:issues|pull|discussions|projects|milestone|releases|security|advisories|compare)\/[\w.-]|(?:commit|commits|blob|tree|blame)\/[0-9a-f]{7,64}(?![\w-])|user-attachments\/|assets\/)/i;

/** What is shown of a thread's address: its number, and the kind of page that it opens. */
const THREAD = /^[\w.-]{1,100}\/[\w.-]{1,100}\/(?:issues|pull|discussions)\/\d{1,12}(?:\/(?:files|commits|checks|changes)(?:\/[0-9a-f]{7,64}(?:\.\.[0-9a-f]{7,64})?)?)?/i; // prettier-ignore

const COMMIT = /^[\w.-]{1,100}\/[\w.-]{1,100}\/commit\/[0-9a-f]{7,64}(?:\.(?:patch|diff))?/i;

/** Comments, lines and headings of files have names of this kind, which say nothing. */
const NAMED_PLACE = /^#(?:(?:issuecomment-|discussion_?r?|pullrequestreview-|discussioncomment-|issue-|event-|r)\d{1,20}|diff-[0-9a-f]{32,64}(?:[LR]\d{1,7})?|L\d{1,7}(?:C\d{1,5})?(?:-L?\d{1,7}(?:C\d{1,5})?)?)$/; // prettier-ignore

/** A player and the file's name are shown for a film. */
const FILM = /^<?https?:\/\/(?:private-)?user-images\.githubusercontent\.com\/[^\s?#<>]{0,2000}?\.(?:mp4|mov|webm)(?=[?#>]|$)/i; // prettier-ignore

/** @param address as it stands in the text, with `<` and `>` where it has them */
export function unseenOfAddress(address: string): { readonly from: number; readonly to: number } | null {
  const film = FILM.exec(address)?.[0].length;
  const last = address.length - (address.endsWith(">") ? 1 : 0);
  if (film !== undefined) return film < last ? { from: film, to: last } : null;
  const [whole, path = ""] = OURS.exec(address) ?? [];
  if (whole === undefined || !SHORTENED.test(path)) return null;
  const thread = (THREAD.exec(path) ?? COMMIT.exec(path))?.[0];
  const known = whole.length - path.length + (thread ?? path).length;
  const [from, rest] = [known, address.slice(known, last)];
  return rest === "" || rest === "/" || NAMED_PLACE.test(rest) ? null : { from, to: last };
}
