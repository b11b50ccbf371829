/**
 * GitHub refuses bodies of more than 65,536 characters (measured in 2026: 262,144 bytes). We stay well under both, because
 * what the API counts as a character has changed before: 60,000 UTF-16 units are at most 180,000 bytes.
 */
export const BODY_CHARACTERS_MAX = 60_000;

const NOTE =
  "*This comment is longer than GitHub allows and is cut here. The entry itself is complete in its hidden marker.*";

/** What closing the folds that a cut left open may take. */
const CLOSING_CHARACTERS = 40;

/** The text, cut at a paragraph when it and `reservedCharacters` (added later) do not fit one body. */
export function fitted(text: string, reservedCharacters = 0, note: string = NOTE): string {
  const charactersMax = BODY_CHARACTERS_MAX - reservedCharacters;
  if (text.length <= charactersMax) return text;
  let room = charactersMax - note.length - CLOSING_CHARACTERS;
  const kept: string[] = [];
  for (const paragraph of text.split("\n\n")) {
    room -= paragraph.length + 2;
    if (room < 0) break;
    kept.push(paragraph);
  }
  return `${closed(kept)}\n\n${note}`.trimStart();
}

/** Takes back paragraphs until no fence is open, and closes a fold that the cut left open. */
function closed(paragraphs: readonly string[]): string {
  const kept = [...paragraphs];
  while (fences(kept.join("\n\n")) % 2 === 1) kept.pop();
  const text = kept.join("\n\n");
  const open = text.split("<details>").length - text.split("</details>").length;
  return `${text}${"\n\n</details>".repeat(Math.max(0, Math.min(3, open)))}`;
}

function fences(text: string): number {
  return text.match(/^[>\t ]*`{3,}/gm)?.length ?? 0;
}
