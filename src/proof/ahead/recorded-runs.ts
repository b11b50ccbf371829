import type { RunRequest, RunResult } from "../../workspace/sandbox.ts";
import { treeKey } from "../../trees/tree-key.ts";

/** Of what is recorded ahead and not asked for yet, over all tickets: a proof has some sixty runs of some hundred kilobytes. */
const KEPT_BYTES_MAX = 32_000_000;

/** A run that was begun ahead. `result` is null where it showed nothing that anybody else would have to believe. */
type Recorded = { readonly result: Promise<RunResult | null>; readonly chunks: readonly Buffer[] };

/** What is kept of all recorded runs together, in bytes. */
export class Shelf {
  #bytes = 0;

  /** @returns whether there was room */
  put(bytes: number): boolean {
    if (this.#bytes + bytes > KEPT_BYTES_MAX) return false;
    this.#bytes += bytes;
    return true;
  }

  free(bytes: number): void {
    this.#bytes -= bytes;
  }
}

/**
 * Runs of which the result was not asked for yet. Each is handed out once: of five equal runs that look at a test again, the real
 * proof gets five runs.
 */
export class RecordedRuns {
  readonly #shelf: Shelf;
  readonly #runs = new Map<string, Recorded[]>();
  #bytes = 0;
  #isOver = false;

  constructor(shelf: Shelf) {
    this.#shelf = shelf;
  }

  async begin(request: RunRequest, run: (request: RunRequest) => Promise<RunResult>): Promise<RunResult> {
    const chunks: Buffer[] = [];
    let fits = true;
    const keep = (bytes: number) => {
      fits &&= !this.#isOver && this.#shelf.put(bytes);
      if (fits) this.#bytes += bytes;
      return fits;
    };
    const onOutput = (chunk: Buffer) => {
      if (keep(chunk.length)) chunks.push(chunk);
      request.onOutput?.(chunk);
    };
    const begun = run({ ...request, onOutput });
    const result = begun.then(
      (one) => (isWhole(one) && keep(sizeOf(one)) ? one : null),
      () => null,
    );
    const key = keyOf(request);
    this.#runs.set(key, [...(this.#runs.get(key) ?? []), { result, chunks }]);
    return begun;
  }

  /** The next of the equal runs that nobody was given yet. */
  next(request: RunRequest): Recorded | null {
    return this.#runs.get(keyOf(request))?.shift() ?? null;
  }

  /** Nothing of it is asked for any more. */
  end(): void {
    if (this.#isOver) return;
    this.#isOver = true;
    this.#runs.clear();
    this.#shelf.free(this.#bytes);
  }
}

/** A run that was killed or could not start says something of this machine at that moment; the real proof tries again. */
function isWhole({ outcome }: RunResult): boolean {
  return outcome === "exited" || outcome === "timed-out";
}

function sizeOf({ output, reports }: RunResult): number {
  return output.length + [...(reports?.values() ?? [])].reduce((sum, one) => sum + one.length, 0);
}

/** Everything that a run is given. Contents are named by their hashes in the tree. */
function keyOf({ tree, command, timeoutMs, outputBytesMax, ...more }: RunRequest): string {
  const { mounts = [], environment = {}, reports = [], reservesMemory = false, proxySocket = null } = more;
  const variables = Object.entries(environment).sort(([one], [other]) => (one < other ? -1 : 1));
  const given = [mounts.map(({ from, at, writes }) => [from, at, writes]), variables, reports, reservesMemory];
  return JSON.stringify([treeKey(tree), command, timeoutMs, outputBytesMax, proxySocket, given]);
}
