import { folderOf } from "./inputs.ts";
import { inFolder, isBelow, type Manifests } from "./recipe.ts";

/** Which build scripts below a root belong to its build: those that its settings include, and what Gradle takes by itself. */
const SCRIPT = /(?:^|\/)build\.gradle(?:\.kts)?$/;
/** Where one is at work, paths are made that stand nowhere: then any script may belong to the build. */
const COMPUTED =
  /\b(?:eachDir\w*|eachFile\w*|listFiles|fileTree|walk\w*|rglob|traverse|forEach|each)\b|\bfor\s{0,9}\(|\binclude(?:Build)?\b(?!\s{0,99}(?:\(\s{0,99})?["'])|\bapply\s{0,9}\(?\s{0,9}from\b/;

/** Of two names for one script or settings file Gradle takes the one in Groovy. */
function oneOf({ paths }: Manifests, folder: string, name: string): string | undefined {
  return [name, `${name}.kts`].map((one) => inFolder(folder, one)).find((path) => paths.includes(path));
}

export function settingsIn(manifests: Manifests, at: string): string | undefined {
  return oneOf(manifests, at, "settings.gradle");
}

export function includedScripts(manifests: Manifests, at: string): string[] {
  const settings = (manifests.text(settingsIn(manifests, at) ?? "") ?? "").replace(
    /\/\*(?:(?!\*\/)[^])*(?:\*\/)?|^[ \t]*\/\/.*$/gm,
    "",
  );
  const named = namedIn(settings);
  const isIncluded = (folder: string) =>
    folder === "" || /^buildSrc(?:\/|$)/.test(folder) || COMPUTED.test(settings) || named.has(folder);
  const scripts = manifests.paths.filter((path) => SCRIPT.test(path) && isBelow(path, at));
  const inside = (path: string) => folderOf(path).slice(at === "" ? 0 : at.length + 1);
  return scripts.filter(
    (path) => isIncluded(inside(path)) && path === oneOf(manifests, folderOf(path), "build.gradle"),
  );
}

/** Every folder that a text of the settings may mean: `include ':a:b'`, `projectDir = file("libs/a")`, `includeBuild '../x'`. */
function namedIn(settings: string): Set<string> {
  const texts = [...settings.matchAll(/["']([^"'\n]+)["']/g)].map(([, text = ""]) => text);
  const folders = texts.map((text) =>
    text
      .replace(/^(?:\.?\/|:)/, "")
      .replaceAll(":", "/")
      .replace(/\/$/, ""),
  );
  // What holds a project is one too.
  return new Set(
    folders.flatMap((folder) => folder.split("/").map((_, at, parts) => parts.slice(0, at + 1).join("/"))),
  );
}
