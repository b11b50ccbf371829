export type Listener = (value: string) => void;

/** Tells listeners of values, in the order in which they came. */
export class Bus {
  readonly #listeners: Listener[] = [];

  on(listener: Listener): void {
    this.#listeners.push(listener);
  }

  off(listener: Listener): void {
    const at = this.#listeners.indexOf(listener);
    if (at >= 0) this.#listeners.splice(at, 1);
  }

  emit(value: string): void {
    for (const listener of this.#listeners) listener(value);
  }
}
