import { folderOf } from "./inputs.ts";
import { EMPTY_RECIPE, inFolder, LAYER, type Manifests, type Recipe } from "./recipe.ts";

/** Java by Maven, as far as its tools are on the host. */
const MAVEN = `${LAYER}/m2`;
/** A class that surefire takes for a test: only when there is one does it bring in what runs tests. */
const STUB = "coop/CoopStubTest.java";
const TEST_SOURCES = /<testSourceDirectory>\s*(?:\$\{(?:project\.)?basedir\}\/)?([\w/-]+)\s*</;
const MAVEN_OPTIONS = `-Dmaven.repo.local=${MAVEN}`;
/** Maven lives for seconds: a compiler that optimises less saves four tenths of its work. Tests have a machine of their own. */
const SHORT_LIVED = "-XX:TieredStopAtLevel=1";

export function java({ paths, text }: Manifests): Recipe[] {
  const poms = paths.filter((path) => /(^|\/)pom\.xml$/.test(path)).map(folderOf);
  const roots = poms.filter(
    (at) => !poms.some((above) => above !== at && (above === "" || at.startsWith(`${above}/`))),
  );
  return roots.map((at) => {
    const modules = poms.filter((one) => one === at || at === "" || one.startsWith(`${at}/`));
    const built = modules.filter(
      (one) => !/<packaging>\s*pom\s*<\/packaging>/.test(text(inFolder(one, "pom.xml")) ?? ""),
    );
    return {
      ...EMPTY_RECIPE,
      says: `Maven artifacts (${inFolder(at, "pom.xml")})`,
      at,
      registries: ["maven"],
      needs: ["java", "mvn"],
      fetch: [
        `mvn --batch-mode --quiet ${MAVEN_OPTIONS} $COOP_MAVEN_PROXY -DskipITs -DfailIfNoTests=false -Dsurefire.failIfNoSpecifiedTests=false test`,
      ],
      files: Object.fromEntries(
        built.map((one) => [
          inFolder(one, `${testSourcesOf(text(inFolder(one, "pom.xml")))}/${STUB}`),
          "package coop;\n\npublic class CoopStubTest {}\n",
        ]),
      ),
      environment: { MAVEN_OPTS: `${SHORT_LIVED} ${MAVEN_OPTIONS}` },
      offline: { MAVEN_ARGS: "--offline" },
    } satisfies Recipe;
  });
}

/** A project in Kotlin or Groovy names a folder of its own. */
function testSourcesOf(pom = ""): string {
  return TEST_SOURCES.exec(pom)?.[1]?.replace(/\/$/, "") ?? "src/test/java";
}
