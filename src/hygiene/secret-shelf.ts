/** The values that must not leave, as one array that keeps its identity until a value is added (it is indexed by it). */
export class SecretShelf {
  #values: readonly string[];
  readonly #tokens: string[] = [];
  readonly #fixed: readonly string[];

  constructor(fixed: readonly string[]) {
    this.#fixed = fixed.filter((value) => value !== "");
    this.#values = this.#fixed;
  }

  values(): readonly string[] {
    return this.#values;
  }

  /** Installation tokens live for an hour; the last few are all that can still be used. */
  add(token: string): void {
    if (this.#tokens.includes(token)) return;
    this.#tokens.push(token);
    if (this.#tokens.length > TOKENS_MAX) this.#tokens.shift();
    this.#values = [...this.#fixed, ...this.#tokens];
  }
}

/** Each token's index takes some 200 kB; older ones are still found by their shape. */
const TOKENS_MAX = 20;
