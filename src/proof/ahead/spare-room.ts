import type { Sandbox, SandboxCheck } from "../../workspace/sandbox.ts";

/** Whether anything runs in the sandbox that somebody waits for: what is done ahead begins only where nothing does. */
export class SpareRoom {
  #underWay = 0;
  readonly #waiting = new Set<() => void>();

  /** The sandbox for everybody else. */
  counted(check: SandboxCheck): SandboxCheck {
    if (check.state === "none") return check;
    const { sandbox } = check;
    const run: Sandbox["run"] = async (request) => {
      this.#underWay++;
      try {
        return await sandbox.run(request);
      } finally {
        if (--this.#underWay === 0) this.#tell();
      }
    };
    return { ...check, sandbox: { ...sandbox, run } };
  }

  /** Resolves when nobody waits for a run. @throws once the signal aborts */
  async free(signal: AbortSignal): Promise<void> {
    signal.throwIfAborted();
    while (this.#underWay > 0) {
      await new Promise<void>((resolve) => {
        const go = () => {
          signal.removeEventListener("abort", go);
          this.#waiting.delete(go);
          resolve();
        };
        this.#waiting.add(go);
        signal.addEventListener("abort", go);
      });
      signal.throwIfAborted();
    }
  }

  #tell(): void {
    for (const go of [...this.#waiting]) go();
  }
}
