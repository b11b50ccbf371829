/**
 * GitHub refuses bodies of more than 65,536 characters (measured in 2026: 262,144 bytes). We stay well under both, because
 * what the API counts as a character has changed before.
 */
export const BODY_CHARACTERS_MAX = 60_000;
export const BODY_BYTES_MAX = 240_000;

const NOTE =
  "*This comment is longer than GitHub allows and is cut here. The entry itself is complete in its hidden marker.*";

/** The text, cut at a paragraph when it and `reservedCharacters` (plain ASCII, added later) do not fit one body. */
export function fitted(text: string, reservedCharacters = 0, note: string = NOTE): string {
  const characters = BODY_CHARACTERS_MAX - reservedCharacters;
  const bytes = BODY_BYTES_MAX - reservedCharacters;
  if (text.length <= characters && Buffer.byteLength(text) <= bytes) return text;
  const room = { characters: characters - note.length - 40, bytes: bytes - note.length - 40 };
  const kept: string[] = [];
  for (const paragraph of text.split("\n\n")) {
    room.characters -= paragraph.length + 2;
    room.bytes -= Buffer.byteLength(paragraph) + 2;
    if (room.characters < 0 || room.bytes < 0) break;
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
  return text.match(/^[>\s]*`{3,}/gm)?.length ?? 0;
}
