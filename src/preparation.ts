import { homedir, tmpdir } from "node:os";
import { join } from "node:path";
import { environment, packageEnvironment, type ServerSettings } from "./config.ts";
import { openPreparer } from "./workspace/prepare/open-preparer.ts";
import type { Preparer } from "./workspace/preparer.ts";
import type { SandboxCheck } from "./workspace/sandbox.ts";

/** The preparer of this machine, for the server and for `coop proof`. Layers that one of them made the other finds. */
export function preparerHere(
  sandbox: SandboxCheck,
  dataDir: string,
  { registries, layersMb }: Pick<ServerSettings["sandbox"], "registries" | "layersMb">,
): Preparer {
  const env = environment();
  return openPreparer({
    sandbox,
    host: { searchPath: env.PATH ?? "/usr/bin:/bin", home: homedir(), environment: packageEnvironment(env) },
    folder: join(dataDir, "layers"),
    temporary: tmpdir(),
    layersBytesMax: layersMb * 1024 * 1024,
    registries,
  });
}
