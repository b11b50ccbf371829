/** Something that was taken out of a text; `shown` is what stood there, null where that cannot be shown. */
export type Removal = { readonly what: string; readonly shown: string | null };

/** Replacements by offset. Later ones inside a range that is already gone are dropped. */
export class Edits {
  readonly text: string;
  readonly #removed: Removal[];
  readonly #edits: { from: number; to: number; by: string }[] = [];

  constructor(text: string, removed: Removal[]) {
    this.text = text;
    this.#removed = removed;
  }

  replace(what: string, from: number, to: number, by: string, shown: string | null = this.text.slice(from, to)): void {
    if (this.text.slice(from, to) === by) return;
    this.#edits.push({ from, to, by });
    this.#removed.push({ what, shown });
  }

  /** A second half of something that is told of already. */
  also(from: number, to: number, by: string): void {
    if (this.text.slice(from, to) !== by) this.#edits.push({ from, to, by });
  }

  apply(): string {
    let out = "";
    let position = 0;
    for (const edit of this.#edits.sort((a, b) => a.from - b.from || b.to - a.to)) {
      if (edit.from < position) continue;
      out = joined(joined(out, this.text.slice(position, edit.from)), edit.by);
      position = edit.to;
    }
    return joined(out, this.text.slice(position));
  }
}

/** Signs that stood apart were text; they must not become a comment where they meet. */
function joined(before: string, after: string): string {
  const seam = before.slice(-3) + after.slice(0, 3);
  return seam.includes("<!--") ? `${before} ${after}` : before + after;
}
