import { folderOf } from "./inputs.ts";
import { provide, TOOLS } from "./programs.ts";
import { EMPTY_RECIPE, inFolder, type Manifests, type Recipe } from "./recipe.ts";

/** Deno, whose program comes from npm's registry as its `npm:` packages do; `jsr:` ones are at a registry of their own. */
const DENO_DIR = "/opt/coop/deno";
const SETTINGS = /(^|\/)deno\.jsonc?$/;

/** More are members of something larger, or examples. */
const PROJECTS_MAX = 8;

export function deno({ paths, text }: Manifests): Recipe[] {
  const folders = [
    ...new Set(paths.filter((path) => SETTINGS.test(path) && text(path) !== undefined).map(folderOf)),
  ].sort();
  // A folder below is a member of the workspace above.
  const roots = folders.filter((at) => !folders.some((above) => isBelow(at, above)));
  return roots
    .filter((at) => !paths.includes(inFolder(at, "package.json")))
    .slice(0, PROJECTS_MAX)
    .map((at) => {
      const settings = paths.includes(inFolder(at, "deno.json")) ? "deno.json" : "deno.jsonc";
      const locked = paths.includes(inFolder(at, "deno.lock"));
      return {
        ...EMPTY_RECIPE,
        says: `Deno and its packages (${inFolder(at, locked ? "deno.lock" : settings)})`,
        at,
        registries: ["npm"],
        files: withoutScripts({ paths, text }),
        fetch: [
          ...provide({ name: "deno", version: null }, ""),
          `NPM_CONFIG_REGISTRY="$npm_config_registry" deno install${locked ? " --frozen" : " --no-lock"}`,
        ],
        // Checks types and fills the cache; no test is started.
        build: [`deno test --no-run${locked ? "" : " --no-lock"} -A || true`],
        environment: {
          DENO_DIR,
          PATH: `${TOOLS}/bin:`,
          DENO_NO_UPDATE_CHECK: "1",
          DENO_NO_PROMPT: "1",
          DENO_TLS_CA_STORE: "system,mozilla",
        },
        scratch: [{ name: "deno", at: DENO_DIR }],
        bringsNodeModules: true,
      } satisfies Recipe;
    });
}

function isBelow(at: string, above: string): boolean {
  return at !== above && (above === "" || at.startsWith(`${above}/`));
}

/** Settings as they lie there while packages are fetched: `allowScripts` would start install scripts, with the network open. */
function withoutScripts({ paths, text }: Manifests): Record<string, string> {
  const all = paths.filter((path) => SETTINGS.test(path) && text(path) !== undefined);
  return Object.fromEntries(all.map((path) => [path, harmless(text(path) ?? "")]));
}

/** What is not closed goes on to its end, so that nothing is looked through twice. */
const STRING_OR_COMMENT = /("(?:[^"\\\n]|\\.)*"?)|\/\/[^\n]*|\/\*(?:(?!\*\/)[^])*(?:\*\/)?/g;
const STRING_OR_LAST_COMMA = /("(?:[^"\\\n]|\\.)*"?)|,(?=\s*[}\]])/g;

/** @returns no settings where they cannot be read: what deno would make of them is not known */
function harmless(settings: string): string {
  const plain = settings.replace(STRING_OR_COMMENT, "$1 ").replace(STRING_OR_LAST_COMMA, "$1");
  try {
    const read: unknown = JSON.parse(plain);
    if (typeof read !== "object" || read === null) return "{}";
    return JSON.stringify(Object.fromEntries(Object.entries(read).filter(([name]) => name !== "allowScripts")));
  } catch {
    return "{}";
  }
}
