/**
 * What a build script of Gradle names outright. It is a program; what it computes is known only when it runs, which it
 * never does where there is a network.
 */
export type GradleBuild = {
  /** Lines of a `plugins` block, each an id and perhaps a version. */
  readonly plugins: readonly string[];
  /** Lines of a block of dependencies, each one word and what is in its brackets. */
  readonly own: readonly string[];
  readonly forAll: { readonly plugins: readonly string[]; readonly dependencies: readonly string[] };
  readonly classpath: readonly string[];
  readonly repositories: readonly string[];
  readonly extra: readonly string[];
};

const STRING = String.raw`"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'`;
const COMMENT_OR_STRING = new RegExp(String.raw`(${STRING})|//[^\n]*|/\*(?:(?!\*/)[^])*(?:\*/)?`, "g");
const NAME = String.raw`[A-Za-z][\w.]*`;

/** @param variables by name, of this script and those above */
export function readGradle(script: string, variables: ReadonlyMap<string, string>): GradleBuild {
  const text = script.replace(COMMENT_OR_STRING, "$1");
  const buildscript = blocksOf(text, "buildscript");
  const shared = [...blocksOf(text, "subprojects"), ...blocksOf(text, "allprojects")];
  const rest = without(text, [...buildscript, ...shared]);
  const put = (line: string) => filled(line, variables);
  const dependencies = (all: readonly string[]) =>
    all
      .flatMap((one) => blocksOf(one, "dependencies"))
      .flatMap((one) => wantedIn(one).map(put))
      .filter(isKnown);
  return {
    plugins: [...blocksOf(rest, "plugins").flatMap(idsIn).map(put).filter(isKnown), ...appliedIn(rest).filter(isKnown)],
    own: dependencies([rest]),
    forAll: { plugins: shared.flatMap(appliedIn).filter(isKnown), dependencies: dependencies(shared) },
    classpath: dependencies(buildscript),
    repositories: blocksOf(text, "repositories").flatMap(placesIn),
    extra: extraIn(rest).map(put).filter(isKnown),
  };
}

/** What stands between the braces behind a name, wherever it stands. */
export function blocksOf(text: string, name: string): string[] {
  const found: string[] = [];
  const starts = new RegExp(String.raw`\b${name}\s*\{`, "g");
  for (let start = starts.exec(text); start; start = starts.exec(text)) {
    const from = start.index + start[0].length;
    const end = closing(text, from);
    found.push(text.slice(from, end));
    starts.lastIndex = end;
  }
  return found;
}

function closing(text: string, from: number): number {
  const words = new RegExp(String.raw`${STRING}|[{}]`, "g");
  words.lastIndex = from;
  for (let depth = 1, word = words.exec(text); word; word = words.exec(text)) {
    if (word[0] === "{") depth++;
    if (word[0] === "}" && --depth === 0) return word.index;
  }
  return text.length;
}

function without(text: string, parts: readonly string[]): string {
  return parts.reduce((all, part) => (part === "" ? all : all.replace(part, () => "")), text);
}

function idsIn(block: string): string[] {
  const lines: string[] = [];
  for (const [, id, version] of block.matchAll(
    new RegExp(String.raw`\bid\s*\(?\s*(${STRING})\s*\)?(?:\s*version\s*\(?\s*(${STRING}))?`, "g"),
  ))
    lines.push(`id ${word(id)}${version ? ` version ${word(version)}` : ""}`);
  for (const [, name, version] of block.matchAll(
    new RegExp(String.raw`\bkotlin\s*\(\s*(${STRING})\s*\)(?:\s*version\s*\(?\s*(${STRING}))?`, "g"),
  ))
    lines.push(`id ${word(`'org.jetbrains.kotlin.${bare(name)}'`)}${version ? ` version ${word(version)}` : ""}`);
  for (const [, name] of block.matchAll(/\balias\s*\(\s*(libs\.plugins\.[\w.]+)\s*\)/g)) lines.push(`alias(${name})`);
  // In Kotlin a plugin of Gradle's own is a bare word.
  for (const [, name] of block.matchAll(/^[ \t]*`?([a-z][\w-]*)`?[ \t]*;?[ \t]*$/gm)) lines.push(`id '${name}'`);
  return lines;
}

function appliedIn(text: string): string[] {
  const found = text.matchAll(new RegExp(String.raw`\bapply\s*\(?\s*plugin\s*[:=]\s*(${STRING})`, "g"));
  return [...found].map(([, name]) => `apply ${word(name)}`);
}

const GROUPED = new RegExp(
  String.raw`^group\s*[:=]\s*(${STRING})\s*,\s*name\s*[:=]\s*(${STRING})(?:\s*,\s*version\s*[:=]\s*(${STRING}))?`,
);
const ONE = new RegExp(
  String.raw`^(?:${STRING}|libs\.${NAME}|(?:platform|enforcedPlatform)\s*\(\s*(?:${STRING}|libs\.${NAME})\s*\)|project\s*\(\s*(?:path\s*[:=]\s*)?(?:${STRING})\s*\)|kotlin\s*\(\s*(?:${STRING})\s*\))`,
);

/** `implementation 'a:b:1'`, with or without brackets, several with commas. */
function wantedIn(block: string): string[] {
  const lines: string[] = [];
  const starts = /^[ \t]*["']?([a-z]\w*)["']?[ \t]*(?:\(\s*|[ \t]+)(?=["'a-z])/gm;
  for (const start of block.matchAll(starts)) {
    let rest = block.slice(start.index + start[0].length);
    const grouped = GROUPED.exec(rest);
    if (grouped) {
      const [, group, name, version] = grouped;
      lines.push(`${start[1]} "${[group, name, version].filter(Boolean).map(bare).join(":")}"`);
      continue;
    }
    for (let one = ONE.exec(rest); one; one = ONE.exec(rest)) {
      lines.push(`${start[1]} ${plain(one[0])}`);
      rest = rest.slice(one[0].length).replace(/^\s*,\s*/, (comma) => (comma ? "\u0000" : ""));
      if (!rest.startsWith("\u0000")) break;
      rest = rest.slice(1);
    }
  }
  return lines;
}

/** In the words of Groovy. */
function plain(wanted: string): string {
  const kotlin = /^kotlin\s*\(\s*(.*?)\s*\)$/.exec(wanted)?.[1];
  if (kotlin !== undefined) return `"org.jetbrains.kotlin:kotlin-${bare(kotlin)}"`;
  const project = /^project\s*\(\s*(?:path\s*[:=]\s*)?(.*?)\s*\)$/.exec(wanted)?.[1];
  if (project !== undefined) return `project('${bare(project).replace(/[^\w:.-]/g, "")}')`;
  return wanted.replace(new RegExp(STRING, "g"), (text) => `"${bare(text)}"`);
}

const PLACES: readonly string[] = ["mavenCentral", "google", "gradlePluginPortal", "jcenter"];

function placesIn(block: string): string[] {
  const known = PLACES.filter((name) => new RegExp(String.raw`\b${name}\s*\(`).test(block)).map((name) => `${name}()`);
  const own = [
    ...block.matchAll(/\b(?:maven\s*\(\s*|url\s*=?\s*\(?\s*(?:uri\s*\(\s*)?)["'](https?:\/\/[^"'\s$\\]+)["']/g),
  ];
  return [...known, ...own.map(([, url = ""]) => `maven { url ${word(`'${url}'`)} }`)];
}

/** Blocks that bring packages without a line of their own. */
function extraIn(text: string): string[] {
  const jupiter = /\buseJUnitJupiter\s*\(\s*("[^"\n$]*"|'[^'\n$]*')?\s*\)/.exec(text);
  const boms = [...text.matchAll(new RegExp(String.raw`\bmavenBom\s*\(?\s*(${STRING})`, "g"))];
  return [
    ...(jupiter ? [`testing { suites { test { useJUnitJupiter(${jupiter[1] ?? ""}) } } }`] : []),
    ...boms.map(([, bom]) => `dependencyManagement { imports { mavenBom "${bare(bom)}" } }`),
    ...(/\block(?:AllConfigurations|Mode)\b/.test(text) ? ["dependencyLocking { lockAllConfigurations() }"] : []),
  ];
}

/** `def junit = '4.13'`, `ext.junit = …`, `val junit = "…"`, `set("junit", "…")`, `junit=4.13`. */
export function variablesIn(script: string): [string, string][] {
  const set = script.matchAll(
    /(?:^|[{;])[ \t]*(?:(?:def|val|var|final|String|const)\s+)*(?:\w+\.)?([A-Za-z_]\w*)[ \t]*[=:][ \t]*["']([\w.+-]+)["']/gm,
  );
  const put = script.matchAll(/\bset\s*\(\s*["']([\w.]+)["']\s*,\s*["']([\w.+-]+)["']/g);
  const inside = script.matchAll(/[[,]\s*([A-Za-z_]\w*)\s*:\s*["']([\w.+-]+)["']/g);
  return [...inside, ...set, ...put].map(([, name = "", value = ""]) => [name, value]);
}

function filled(line: string, variables: ReadonlyMap<string, string>): string {
  const value = (whole: string, name: string) =>
    variables.get(name) ?? variables.get(name.split(".").at(-1) ?? "") ?? whole;
  return line.replace(
    /\$\{\s*(?:project\.|rootProject\.|ext\.)*([\w.]+)\s*\}|\$(\w+)/g,
    (whole, a?: string, b?: string) => value(whole, a ?? b ?? ""),
  );
}

/** What still has a variable in it, or a word that could end a text, is left out: nothing of theirs is run. */
function isKnown(line: string): boolean {
  return !/[$\\`]/.test(line);
}

function bare(text: string | undefined): string {
  return (text ?? "").replace(/^["']|["']$/g, "").replace(/["'\\\n]/g, "");
}

/** A name, a version or an address; nothing of these has other signs. */
function word(text: string | undefined): string {
  return `"${bare(text).replace(/[^\w.:/@+${}-]/g, "")}"`;
}
