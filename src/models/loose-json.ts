/**
 * JSON as models write it: with comments, commas before an end, single or curly quotes, names without quotes, the words of
 * Python, line ends within texts. Everything that can mean one thing only is read; a value that is not whole is none.
 * One pass, no backtracking: each start costs at most the rest of the text.
 */
export type Loose = { readonly value: unknown; readonly end: number };

/** Deeper than any answer, and shallow enough for the stack. */
const DEPTH_MAX = 100;
const CLOSING: Readonly<Record<string, string>> = { '"': '"', "'": "'", "`": "`", "“": "”", "‘": "’" };
const WORDS: Readonly<Record<string, unknown>> = {
  ...{ true: true, True: true, TRUE: true, false: false, False: false, FALSE: false },
  ...{ null: null, None: null, NULL: null, nil: null, undefined: null, NaN: null, nan: null, Infinity: null },
};
const ESCAPES: Readonly<Record<string, string>> = { n: "\n", t: "\t", r: "\r", b: "\b", f: "\f" };

/** The object that begins at `from`, and where it ends. @returns null when there is none, or it is not whole */
export function looseObjectAt(text: string, from: number): Loose | null {
  if (text[from] !== "{") return null;
  const reader = new Reader(text, from);
  const value = reader.value(0);
  return value === BROKEN ? null : { value, end: reader.at };
}

/**
 * A whole text as one value, JSON or nearly.
 * @param end `open`: the brackets at its end may lack, where all within them is whole. Never for what may have been cut off
 * @returns undefined when it is none
 */
export function looseJson(text: string, end: "whole" | "open" = "whole"): unknown {
  const trimmed = text.trim().replace(/^\uFEFF/, "");
  try {
    return JSON.parse(trimmed) as unknown;
  } catch {
    const reader = new Reader(trimmed, 0, end);
    const value = /^[{[]/.test(trimmed) ? reader.value(0) : BROKEN;
    return value === BROKEN || !reader.atEnd() ? undefined : value;
  }
}

/** The value of one argument as it is written in a call: a text in quotes, a number, a list. */
export function looseValueAt(text: string, from: number): Loose | null {
  const reader = new Reader(text, from);
  const value = reader.value(0);
  return value === BROKEN ? null : { value, end: reader.at };
}

const BROKEN = Symbol("not whole");

class Reader {
  readonly #text: string;
  readonly #end: "whole" | "open";
  at: number;
  constructor(text: string, at: number, end: "whole" | "open" = "whole") {
    this.#text = text;
    this.#end = end;
    this.at = at;
  }

  atEnd(): boolean {
    this.#skip();
    return this.at >= this.#text.length;
  }

  value(depth: number): unknown {
    this.#skip();
    const char = this.#text[this.at] ?? "";
    if (depth > DEPTH_MAX) return BROKEN;
    if (char === "{") return this.#object(depth);
    if (char === "[") return this.#list(depth);
    if (char in CLOSING) return this.#string(CLOSING[char] ?? char);
    return this.#word();
  }

  #object(depth: number): unknown {
    const object: Record<string, unknown> = {};
    this.at += 1;
    for (;;) {
      this.#skip();
      while (this.#take(",")) this.#skip();
      if (this.#take("}") || this.#isOpenEnd()) return object;
      const key = this.#key();
      this.#skip();
      if (typeof key !== "string" || !this.#take(":")) return BROKEN;
      const value = this.value(depth + 1);
      if (value === BROKEN) return BROKEN;
      // Not by assignment: a key may be `__proto__`.
      Object.defineProperty(object, key, { value, enumerable: true, configurable: true, writable: true });
      this.#skip();
      if (!this.#take(",") && this.#text[this.at] !== "}" && !this.#isNextKey() && !this.#isOpenEnd()) return BROKEN;
    }
  }

  #list(depth: number): unknown {
    const list: unknown[] = [];
    this.at += 1;
    for (;;) {
      this.#skip();
      if (this.#take("]") || this.#isOpenEnd()) return list;
      const value = this.value(depth + 1);
      if (value === BROKEN) return BROKEN;
      list.push(value);
      this.#skip();
      if (!this.#take(",") && this.#text[this.at] !== "]" && !this.#isOpenEnd()) return BROKEN;
    }
  }

  /** A comma was forgotten: what follows can only be the next name. */
  #isNextKey(): boolean {
    return /^"[A-Za-z_$][\w$-]{0,80}"\s{0,80}:/.test(this.#text.slice(this.at, this.at + KEY_CHARS_MAX));
  }

  /** All within is whole, and only brackets lack. The last figures of a number may lack as well. */
  #isOpenEnd(): boolean {
    return this.#end === "open" && this.at >= this.#text.length && /["}\]]$/.test(this.#text);
  }

  #key(): unknown {
    const char = this.#text[this.at] ?? "";
    if (char in CLOSING) return this.#string(CLOSING[char] ?? char);
    const [word = ""] = /^[A-Za-z_$][\w$-]*/.exec(this.#text.slice(this.at, this.at + KEY_CHARS_MAX)) ?? [];
    this.at += word.length;
    return word === "" ? BROKEN : word;
  }

  /** Control characters stand for themselves, and an escape that is none for its two characters. */
  #string(mark: string): unknown {
    // Python's long texts; in no other language do three quotes stand in a row where a value begins.
    const close = this.#text.startsWith(mark.repeat(3), this.at) ? mark.repeat(3) : mark;
    let value = "";
    for (this.at += close.length; this.at < this.#text.length; this.at += 1) {
      const char = this.#text[this.at] ?? "";
      if (char === mark && this.#text.startsWith(close, this.at)) {
        this.at += close.length;
        return value;
      }
      value += char === "\\" ? this.#escape() : char;
    }
    return BROKEN;
  }

  #escape(): string {
    this.at += 1;
    const char = this.#text[this.at] ?? "";
    if (char in ESCAPES) return ESCAPES[char] ?? "";
    if (char === "u") {
      const hex = this.#text.slice(this.at + 1, this.at + 5);
      if (!/^[0-9a-fA-F]{4}$/.test(hex)) return "\\u";
      this.at += 4;
      return String.fromCharCode(Number.parseInt(hex, 16));
    }
    return /["'`\\/“”‘’]/.test(char) ? char : `\\${char}`;
  }

  #word(): unknown {
    const near = this.#text.slice(this.at, this.at + KEY_CHARS_MAX);
    const [word = ""] = /^-?[A-Za-z0-9_.+]+(?:-\d+)?/.exec(near) ?? [];
    this.at += word.length;
    if (Object.hasOwn(WORDS, word)) return WORDS[word];
    return /^-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?$/.test(word) ? Number(word) : BROKEN;
  }

  #take(char: string): boolean {
    if (this.#text[this.at] !== char) return false;
    this.at += 1;
    return true;
  }

  /** Blanks and comments. */
  #skip(): void {
    for (;;) {
      while (/[\s\0]/.test(this.#text[this.at] ?? "x")) this.at += 1;
      if (this.#text.startsWith("//", this.at) || this.#text[this.at] === "#") this.#skipTo("\n", 1);
      else if (this.#text.startsWith("/*", this.at)) this.#skipTo("*/", 2);
      // An escape of a line end outside of texts: what stands between values was escaped once more.
      else if (/^\\[nrt]$/.test(this.#text.slice(this.at, this.at + 2))) this.at += 2;
      else return;
    }
  }

  #skipTo(mark: string, length: number): void {
    const end = this.#text.indexOf(mark, this.at);
    this.at = end < 0 ? this.#text.length : end + length;
  }
}

/** No name and no number is longer. */
const KEY_CHARS_MAX = 200;
