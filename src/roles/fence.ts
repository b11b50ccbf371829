import { canonicalJson, sha256 } from "../core/ledger/chain.ts";
import { type Seen, seen } from "../hygiene/seen.ts";

/**
 * What strangers wrote is put between two lines that carry a key they cannot know: the hash of the very text (and
 * label) between them. Nobody can write a text that contains its own hash, so nobody can end the block early; and the
 * same text gives the same key, so that a replay asks the same question.
 *
 * Prose by people is a JSON string in addition: one line, every control character visible. Code, diffs and output stay
 * as they are, because a model has to copy from them exactly; there the key alone is the wall.
 */
export type Form = "json" | "text";

export type Fenced = { readonly label: string; readonly form: Form; readonly text: string };

/** 24 hex digits are 96 bits: out of reach for somebody who tries texts until one contains its own key. */
const KEY_DIGITS = 24;

function keyOf(block: Fenced): string {
  return sha256(canonicalJson([block.label, block.form, block.text])).slice(0, KEY_DIGITS);
}

/**
 * @param label what it is and, for a file, its path. It may hold a stranger's words (file names), so it is JSON too.
 */
export function fenced(label: Seen, text: Seen, form: Form = "json"): Seen {
  const key = keyOf({ label, form, text });
  const body = form === "json" ? JSON.stringify(text) : text;
  return seen(`<<<data ${key} ${form} ${JSON.stringify(label)}\n${body}\n>>>data ${key}`, "code");
}

/** Code, a diff or output, as it is. */
export function fencedText(label: Seen, text: Seen): Seen {
  return fenced(label, text, "text");
}

const OPENING = /^<<<data ([0-9a-f]{24}) (json|text) ("[^\n]*")$/m;

/** Every block of a prompt in order, nested look-alikes left where they are: inside the text that holds them. */
export function parseFenced(prompt: string): Fenced[] {
  const blocks: Fenced[] = [];
  let rest = prompt;
  for (let match = OPENING.exec(rest); match; match = OPENING.exec(rest)) {
    const [opening, key = "", form = "", label = ""] = match;
    const start = match.index + opening.length + 1;
    const closing = `\n>>>data ${key}`;
    const end = rest.indexOf(closing, start);
    const block = end < 0 ? null : parseBlock(form as Form, label, rest.slice(start, end));
    if (block && keyOf(block) === key) {
      blocks.push(block);
      rest = rest.slice(end + closing.length);
    } else {
      rest = rest.slice(start);
    }
  }
  return blocks;
}

function parseBlock(form: Form, label: string, body: string): Fenced | null {
  try {
    const text: unknown = form === "json" ? JSON.parse(body) : body;
    return typeof text === "string" ? { label: String(JSON.parse(label)), form, text } : null;
  } catch {
    return null;
  }
}
