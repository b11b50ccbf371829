import { spawn } from "node:child_process";
import { join } from "node:path";
import { TICKET } from "./queue-fixture.ts";

/** A process that takes TICKET's job and is killed over it. Resolves when it is gone. */
export function deadWorker(kind: string, where: string): Promise<void> {
  const victim = spawn(
    process.execPath,
    ["--disable-warning=ExperimentalWarning", join(import.meta.dirname, "queue-victim.ts"), kind, where, TICKET],
    { stdio: ["ignore", "pipe", "inherit"] },
  );
  return new Promise((resolve, reject) => {
    let working = false;
    victim.stdout.once("data", () => {
      working = true;
      victim.kill("SIGKILL");
    });
    victim.once("exit", (code) => (working ? resolve() : reject(new Error(`The victim ended with ${code}`))));
  });
}
