import { describe, expect, it } from "@jest/globals";
import { gradle } from "./gradle.ts";
import { processorTime } from "../../../test/support/processor-time.ts";

type Files = Readonly<Record<string, string>>;
const TEST = { "src/test/java/ATest.java": "" };
const ours = (files: Files) => {
  const [recipe] = gradle({ paths: Object.keys({ ...TEST, ...files }), text: (path) => files[path] });
  return recipe?.files ?? {};
};
const script = (text: string, more: Files = {}) => ours({ "build.gradle": text, ...more })["coop-gradle/build.gradle"];

describe("what a build script of Gradle names", () => {
  it.each<[string, string, string[]]>([
    ["a text", "dependencies { }\ndependencies {\n  implementation 'a:b:1'\n}", ['implementation "a:b:1"']],
    ["brackets", 'dependencies {\n  api("a:b:1")\n}', ['api "a:b:1"']],
    ["several", "dependencies {\n  api 'a:b:1',\n      'c:d:2'\n}", ['api "a:b:1"', 'api "c:d:2"']],
    ["a map", "dependencies {\n  api group: 'a', name: 'b', version: '1'\n}", ['api "a:b:1"']],
    ["brackets around a map", 'dependencies {\n  api(group = "a", name = "b")\n}', ['api "a:b"']],
    ["a platform", "dependencies {\n  api platform('a:bom:1')\n}", ['api platform("a:bom:1")']],
    ["a catalog", "dependencies {\n  api(libs.junit.jupiter)\n}", ["api libs.junit.jupiter"]],
    ["another project", "dependencies {\n  api project(path: ':core')\n}", ["api project(':core')"]],
    ["Kotlin", 'dependencies {\n  testImplementation(kotlin("test"))\n}', ['"org.jetbrains.kotlin:kotlin-test"']],
    [
      "what is left out of one",
      "dependencies {\n  api('a:b:1') { exclude group: 'x' }\n  api 'c:d:2'\n}",
      ["a:b:1", "c:d:2"],
    ],
    ["a variable", "def v = '1.2'\ndependencies {\n  api \"a:b:$v\"\n}", ['api "a:b:1.2"']],
    [
      "a list of versions",
      "ext.versions = [junit: '4.13', x: '2']\ndependencies {\n  api \"a:b:${versions.x}\"\n}",
      ["a:b:2"],
    ],
    ["a block on one line", "ext { v = '1.2' }\ndependencies {\n  api \"a:b:${v}\"\n}", ["a:b:1.2"]],
    ["plugins", 'plugins {\n  id \'java\'\n  id("x.y") version "1.0"\n}', ['id "java"', 'id "x.y" version "1.0"']],
    [
      "plugins in Kotlin",
      'plugins {\n  `java-library`\n  kotlin("jvm") version "1.9.0"\n}',
      ["id 'java-library'", 'id "org.jetbrains.kotlin.jvm" version "1.9.0"'],
    ],
    ["plugins of old", "apply plugin: 'java'", ['apply plugin: "java"']],
    [
      "another place",
      "repositories { maven { url 'https://a.example/m2' } }",
      ['maven { url "https://a.example/m2" }'],
    ],
    [
      "a suite of JUnit",
      'testing { suites { named("test") { useJUnitJupiter("5.10.0") } } }',
      ['useJUnitJupiter("5.10.0")'],
    ],
    [
      "what the build itself needs",
      "buildscript {\n  dependencies {\n    classpath 'a:b:1'\n  }\n}",
      ['classpath "a:b:1"'],
    ],
  ])("%s", (_, text, wanted) => {
    for (const one of wanted) expect(script(text)).toContain(one);
  });

  it.each<[path: string, wanted: boolean, settings?: string]>([
    ["build.gradle.kts", true],
    ["lib/build.gradle.kts", true, "include 'lib'"],
    ["lib/build.gradle.kts", true, "include(':core', \":lib\")"],
    ["lib/build.gradle.kts", true, "include 'lib:core'"],
    ["modules/lib/build.gradle.kts", true, "include 'lib'\nproject(':lib').projectDir = file('modules/lib')"],
    ["modules/lib/build.gradle.kts", true, "file('modules').eachDir { include it.name }"],
    ["modules/lib/build.gradle.kts", true, 'include(listOf("x").map { it })'],
    ["build-logic/build.gradle.kts", true, "pluginManagement { includeBuild('build-logic') }"],
    ["buildSrc/build.gradle.kts", true],
    ["samples/hello/build.gradle.kts", false],
    ["samples/hello/build.gradle.kts", false, "include 'hello'"],
    ["samples/hello/build.gradle.kts", false, "include 'core'\n// include 'samples:hello'\n"],
    ["settings.gradle.kts", false],
  ])("a Gradle that reads Kotlin is wanted for %s: %s, where the settings say %j", (path, wanted, settings = "") => {
    const files = { "settings.gradle": settings, [path]: "", "src/test/java/ATest.java": "" };
    const [recipe] = gradle({ paths: Object.keys(files), text: (one) => files[one as keyof typeof files] });
    expect(recipe?.needs.includes("gradle-kotlin")).toBe(wanted);
    expect(Object.keys(recipe?.files ?? {}).includes(`coop-gradle/${path.replace(".kts", "")}`)).toBe(
      wanted || path === "settings.gradle.kts",
    );
  });

  it("a Gradle that reads Kotlin is wanted where only the settings are Kotlin, and not for a script that it passes over", () => {
    const needs = (paths: string[]) => gradle({ paths, text: () => "" })[0]?.needs;
    const test = "src/test/java/ATest.java";
    expect(needs(["settings.gradle.kts", "build.gradle", test])).toContain("gradle-kotlin");
    expect(needs(["settings.gradle.kts", "a/build.gradle", `a/${test}`])).toContain("gradle-kotlin");
    expect(needs(["build.gradle", "build.gradle.kts", test])).not.toContain("gradle-kotlin");
  });

  it("what stands in a comment is none of it", () => {
    expect(script("dependencies {\n  // api 'a:b:1'\n  /* api 'c:d:2' */\n  api 'https://e:f:3'\n}")).not.toMatch(
      /a:b:1|c:d:2/,
    );
  });

  it.each([
    "dependencies {\n  api \"a:${'x'.execute()}:1\"\n}",
    "dependencies {\n  api 'a:b:1'; 'touch /tmp/x'.execute()\n}",
    "plugins {\n  id 'java\\'; println(1)'\n}",
    'dependencies {\n  api "a:b:$unknown"\n}',
    "repositories { maven { url \"https://${System.getenv('X')}/\" } }",
  ])("nothing of it is run: %s", (text) => {
    expect(script(text)).not.toMatch(/execute|println\(|getenv|\$unknown/);
  });

  it("what is said for all projects reaches each, and what a test run needs of files comes along", () => {
    const files = ours({
      "settings.gradle": "include 'core'\npluginManagement { repositories { gradlePluginPortal() } }\n",
      "build.gradle":
        "subprojects {\n  apply plugin: 'java'\n  dependencies {\n    testImplementation \"junit:junit:$v\"\n  }\n}\n",
      "core/build.gradle": "dependencies {\n  api 'a:b:1'\n}\n",
      "gradle.properties": "v=4.13\norg.gradle.java.home=/evil\nsystemProp.x=y\n",
      "gradle/libs.versions.toml": "[versions]\n",
    });
    expect(files["coop-gradle/core/build.gradle"]).toBe(
      'apply plugin: "java"\ndependencies {\n  testImplementation "junit:junit:4.13"\n  api "a:b:1"\n}\n',
    );
    expect(files["coop-gradle/settings.gradle"]).toContain('include "core"');
    expect(files["coop-gradle/gradle.properties"]).toBe("v=4.13\n");
    expect(files["coop-gradle/gradle/libs.versions.toml"]).toBe("[versions]\n");
  });

  it("a long script is read in time that grows with its length", () => {
    const taken = processorTime();
    script(`dependencies {\n${"  api('a:b:1', ".repeat(20_000)}\n${"{".repeat(20_000)}`);
    const parts = ["/*", "\n \n", "include ", "apply  (", "'a:", "// x\n"];
    for (const part of parts) script("", { "settings.gradle": part.repeat(20_000) });
    expect(taken.ms()).toBeLessThan(2_000);
  });
});

describe("whether Gradle is asked at all", () => {
  it.each<[string, Files, number]>([
    ["a build with tests", { "build.gradle": "", ...TEST }, 1],
    ["a build without tests", { "build.gradle": "", "src/main/java/A.java": "" }, 0],
    ["a build that Maven does as well", { "build.gradle": "", "pom.xml": "", ...TEST }, 0],
    ["projects of one build", { "settings.gradle": "", "a/build.gradle": "", "a/src/test/java/ATest.java": "" }, 1],
  ])("%s", (_, files, count) => {
    expect(gradle({ paths: Object.keys(files), text: (path) => files[path] })).toHaveLength(count);
  });
});
