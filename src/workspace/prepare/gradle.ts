import { includedScripts, settingsIn } from "./gradle-projects.ts";
import { blocksOf, readGradle, variablesIn } from "./gradle-reading.ts";
import { folderOf } from "./inputs.ts";
import { EMPTY_RECIPE, inFolder, isBelow, type Manifests, type Recipe, word } from "./recipe.ts";

/**
 * Java and its kin by Gradle. A build script is a program, so packages are brought in by a build of ours with the plugins,
 * repositories and dependencies that theirs name; what it computes shows in the build step, which has no network.
 */
const HOME = "/opt/coop/gradle";
const OURS = "coop-gradle";
const SCRIPT = /(^|\/)build\.gradle(\.kts)?$/;
const TESTS = /(^|\/)src\/(?:test|\w*[tT]est)\/.*\.(?:java|kt|groovy|scala)$/;
const ROOTS_MAX = 4;
const PROJECTS_MAX = 60;
/** It lives for seconds: a compiler that optimises less saves four tenths of its work. */
const SHORT_LIVED = "-Dorg.gradle.daemon=false -XX:TieredStopAtLevel=1";

export function gradle(manifests: Manifests): Recipe[] {
  const { paths } = manifests;
  const folders = [
    ...new Set(paths.filter((path) => SCRIPT.test(path) || /(^|\/)settings\.gradle(\.kts)?$/.test(path)).map(folderOf)),
  ];
  const roots = folders.filter((at) => !folders.some((above) => above !== at && isBelow(at, above)));
  return roots
    .filter((at) => !paths.includes(inFolder(at, "pom.xml")))
    .filter((at) => paths.some((path) => TESTS.test(path) && isBelow(path, at)))
    .slice(0, ROOTS_MAX)
    .map((at) => recipeOf(manifests, at));
}

function recipeOf(manifests: Manifests, at: string): Recipe {
  const scripts = includedScripts(manifests, at).slice(0, PROJECTS_MAX);
  const files = projectsOf(manifests, at, scripts);
  const isKotlin = [...scripts, settingsIn(manifests, at) ?? ""].some((path) => path.endsWith(".kts"));
  return {
    ...EMPTY_RECIPE,
    says: `Gradle packages (${scriptOf(manifests, at) ?? settingsIn(manifests, at)})`,
    at,
    registries: ["gradle"],
    needs: ["java", "gradle", ...(isKotlin ? ["gradle-kotlin" as const] : [])],
    files: Object.fromEntries(Object.entries(files).map(([path, text]) => [inFolder(at, `${OURS}/${path}`), text])),
    fetch: [`gradle --quiet $COOP_MAVEN_PROXY --project-dir ${OURS} coopFetch`],
    build: [
      `mkdir -p ${HOME}/init.d && echo 'gradle.startParameter.offline = true' > ${HOME}/init.d/coop.gradle`,
      // What does not compile is the repository's own matter; what is missing is said.
      `gradle --quiet --continue testClasses > /tmp/built 2>&1 || if grep -qE ${word(MISSING)} /tmp/built; then cat /tmp/built; exit 1; fi`,
    ],
    environment: { GRADLE_USER_HOME: HOME, GRADLE_OPTS: SHORT_LIVED },
    scratch: [{ name: "gradle", at: HOME }],
  };
}

const MISSING = "offline mode|was not found in any of the following sources|Could not (resolve|find) ";

function scriptOf({ paths }: Manifests, at: string): string | undefined {
  return ["build.gradle", "build.gradle.kts"].map((name) => inFolder(at, name)).find((path) => paths.includes(path));
}

/** A build of ours, file by file. */
function projectsOf(manifests: Manifests, at: string, scripts: readonly string[]): Record<string, string> {
  const text = (path: string) => manifests.text(inFolder(at, path)) ?? "";
  const settings = manifests.text(settingsIn(manifests, at) ?? "") ?? "";
  const properties = text("gradle.properties").replace(/^([\w.]+)\s*[=:]\s*(\S+)\s*$/gm, '$1="$2"');
  const rootScript = manifests.text(scriptOf(manifests, at) ?? "") ?? "";
  const shared = [...variablesIn(properties), ...variablesIn(settings), ...variablesIn(rootScript)];
  const builds = scripts.map((path) => {
    const script = manifests.text(path) ?? "";
    const inside = folderOf(path);
    const folder = inside === at ? "" : inside.slice(at === "" ? 0 : at.length + 1);
    return { folder, read: readGradle(script, new Map([...shared, ...variablesIn(script)])) };
  });
  const places = [...builds.flatMap(({ read }) => read.repositories), ...readGradle(settings, new Map()).repositories];
  const root = builds.find(({ folder }) => folder === "")?.read;
  const catalog = manifests.text(inFolder(at, "gradle/libs.versions.toml"));
  const own = builds.map(({ folder, read }): [string, string] => [
    folder === "" ? "build.gradle" : `${folder}/build.gradle`,
    scriptFor(
      read,
      folder === "" ? [] : (root?.forAll.plugins ?? []),
      [...(folder === "" ? [] : (root?.forAll.dependencies ?? [])), ...read.own],
      folder === "" ? places : null,
    ),
  ]);
  const folders = builds.map(({ folder }) => folder).filter((folder) => folder !== "");
  const include = folders.map((folder) => `include ${JSON.stringify(folder.replaceAll("/", ":"))}\n`).join("");
  return {
    "build.gradle": root ? "" : scriptFor(null, [], [], places),
    ...Object.fromEntries(own),
    "settings.gradle": `${pluginPlaces(settings)}${include}`,
    ...(catalog === undefined ? {} : { "gradle/libs.versions.toml": catalog }),
    ...(text("gradle.properties") === "" ? {} : { "gradle.properties": safeProperties(text("gradle.properties")) }),
  };
}

type Read = ReturnType<typeof readGradle>;

function scriptFor(
  read: Read | null,
  plugins: readonly string[],
  wanted: readonly string[],
  places: readonly string[] | null,
): string {
  const usual = [...new Set([...(places ?? []), "mavenCentral()"])];
  const all = [...(read?.plugins ?? []), ...plugins];
  const listed = all.filter((one) => !one.startsWith("apply "));
  const applied = all.flatMap((one) =>
    one.startsWith("apply ") ? [`apply plugin: ${one.slice("apply ".length)}`] : [],
  );
  const block = (name: string, lines: readonly string[]) =>
    lines.length === 0 ? "" : `${name} {\n${[...new Set(lines)].map((line) => `  ${line}\n`).join("")}}\n`;
  const classpath = read?.classpath ?? [];
  const buildscript =
    classpath.length === 0
      ? ""
      : `buildscript {\n${block("repositories", ["gradlePluginPortal()", ...usual])}${block("dependencies", classpath)}}\n`;
  return [
    buildscript,
    block("plugins", listed),
    ...[...new Set(applied)].map((line) => `${line}\n`),
    places === null ? "" : `allprojects {\n${block("repositories", usual)}${FETCH}}\n`,
    ...(read?.extra ?? []).map((line) => `${line}\n`),
    block("dependencies", wanted),
  ].join("");
}

/** Class paths have to be whole; what else there is, such as formats of old, need not. */
const FETCH = `task coopFetch {
  doLast {
    configurations.findAll { it.canBeResolved }.each { one ->
      if (one.name =~ /(?i)classpath$|annotationProcessor$/) one.files
      else try { one.files } catch (Exception ignored) { }
    }
  }
}
`;

function pluginPlaces(settings: string): string {
  const places = blocksOf(settings, "pluginManagement").flatMap((one) => readGradle(one, new Map()).repositories);
  if (places.length === 0) return "";
  return `pluginManagement {\nrepositories {\n${[...new Set(places)].join("\n")}\n}\n}\n`;
}

/** Settings that start a program or an agent of Java are none that packages need. */
function safeProperties(text: string): string {
  const lines = text
    .split(/\r?\n/)
    .filter((line) => /^[\w.-]+\s*[=:]/.test(line) && !/^(?:org\.gradle\.|systemProp\.)/.test(line));
  return `${lines.join("\n")}\n`;
}
