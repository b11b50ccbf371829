import type { Tally } from "../test-case.ts";
import { readReport } from "./report.ts";

/** A whole report that a runner prints instead of text: JSON from `jest --json` or mocha, XML from a JUnit reporter. */
const DOCUMENT_CHARS_MAX = 8_000_000;

export class DocumentCollector {
  #lines: string[] = [];
  #chars = 0;
  #open = false;

  line(text: string): void {
    if (!this.#open && !/^(?:\{(?:"|$)|<\?xml |<testsuites?[ >])/.test(text)) return;
    // Events, one a line, are read as text.
    if (!this.#open && /^\{"(?:Time|Action|type|event|reason|ImportPath)":/.test(text)) return;
    this.#open = true;
    this.#chars += text.length + 1;
    if (this.#chars <= DOCUMENT_CHARS_MAX) this.#lines.push(text);
    else this.#lines = [];
  }

  end(): Tally | null {
    // What comes after it on the same stream is not part of it.
    const closes = this.#lines[0]?.startsWith("<")
      ? /<\/(?:testsuites?|TestRun)>$|^<testsuites?[^<]*\/>$/
      : /^[}\]]|[}\]]$/;
    const end = this.#lines.findLastIndex((line) => closes.test(line));
    return end < 0 ? null : readReport(Buffer.from(this.#lines.slice(0, end + 1).join("\n")));
  }
}
