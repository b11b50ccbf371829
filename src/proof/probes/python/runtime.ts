import { AROUND } from "./runtime-around.ts";
import { CALLS } from "./runtime-calls.ts";
import { CHANGES } from "./runtime-changes.ts";
import { KINDS } from "./runtime-kinds.ts";
import { PLACES } from "./runtime-places.ts";

/**
 * At the root of the tree. Its name has no ending, so that nobody collects it as tests, imports it or measures what it covers; it is
 * compiled under a name that stands for no file.
 */
export const RUNTIME_PATH = ".coop-probe-python";

export const RUNTIME = [KINDS, CHANGES, PLACES, CALLS, AROUND].join("\n");

/** Once a process reads the runtime, and only where it is asked for: otherwise each function stays the very object that it was. */
const LOADER = String.raw`def _coop_probe(file):
    import os, sys
    try:
        decorate = getattr(sys, "_coop_probe", None)
        if decorate is None and os.environ.get("COOP_PROBE"):
            folder = os.path.dirname(os.path.abspath(file))
            with open(os.path.join(folder, "UPWARDS", "NAME"), encoding="utf-8") as source:
                code = compile(source.read(), "<coop-probe>", "exec")
            names = {"__name__": "_coop_probe"}
            exec(code, names)
            decorate = sys._coop_probe = names["decorate"]
        if decorate is not None:
            return decorate
    except Exception:
        pass
    return lambda of, gives=False: lambda one: one
_coop_probe = _coop_probe(globals().get("__file__"))
`;

/** One line of a product file at this path. What it runs stands in a text, so that none of it counts as a line that tests did not reach. */
export function prologueFor(path: string): string {
  const upwards = path.replace(/[^/]+$/, "").replace(/[^/]+\//g, "../") || ".";
  return `exec(${JSON.stringify(LOADER.replace("UPWARDS", upwards).replace("NAME", RUNTIME_PATH))})`;
}
