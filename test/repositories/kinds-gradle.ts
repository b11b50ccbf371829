import type { Kind } from "./kind.ts";

/** Repositories that Gradle builds. */
const java = (sign: string) =>
  `package app;\n\npublic class Add {\n  public static int add(int a, int b) {\n    return a ${sign} b;\n  }\n}\n`;
const test = (more: string) =>
  `package app;\n\nimport static org.junit.Assert.assertEquals;\nimport org.junit.Test;\n\npublic class AddTest {\n  @Test public void zero() { assertEquals(0, Add.add(0, 0)); }\n${more}}\n`;
const ADDS = "  @Test public void adds() { assertEquals(3, Add.add(1, 2)); }\n";
const GRADLE = { run: "gradle test", needs: "gradle" } as const;

const sumsTest = (more: string) =>
  `package core;\n\nimport static org.hamcrest.CoreMatchers.is;\nimport static org.junit.Assert.assertThat;\nimport org.junit.Test;\n\npublic class SumsTest {\n  @Test public void zero() { assertThat(Sums.add(0, 0), is(0)); }\n${more}}\n`;
const sums = (sign: string) =>
  `package core;\n\nimport org.apache.commons.lang3.tuple.Pair;\n\npublic class Sums {\n  public static int add(int a, int b) {\n    Pair<Integer, Integer> both = Pair.of(a, b);\n    return both.getLeft() ${sign} both.getRight();\n  }\n}\n`;

export const GRADLE_KINDS: readonly Kind[] = [
  {
    name: "Gradle with JUnit 4",
    ...GRADLE,
    base: {
      "settings.gradle": "rootProject.name = 'app'\n",
      "build.gradle":
        "plugins {\n  id 'java'\n}\n\ndef junit = '4.13.2'\n\nrepositories { mavenCentral() }\n\ndependencies {\n  testImplementation \"junit:junit:${junit}\"\n}\n",
      "src/main/java/app/Add.java": java("-"),
      "src/test/java/app/AddTest.java": test(""),
    },
    head: { "src/main/java/app/Add.java": java("+"), "src/test/java/app/AddTest.java": test(ADDS) },
  },
  {
    name: "Gradle with several projects and its wrapper",
    run: "gradle test",
    needs: "gradle",
    base: {
      gradlew: "#!/bin/sh\necho 'Downloading a distribution of Gradle' && exit 1\n",
      "settings.gradle": "rootProject.name = 'all'\ninclude 'core', 'app'\n",
      "gradle.properties": "junitVersion=4.13.2\n",
      "build.gradle":
        "ext { lang = '3.12.0' }\n\nsubprojects {\n  apply plugin: 'java'\n  repositories { mavenCentral() }\n  dependencies {\n    testCompile group: 'junit', name: 'junit', version: junitVersion\n    testImplementation \"junit:junit:$junitVersion\"\n  }\n}\n",
      "core/build.gradle": 'dependencies {\n  compile "org.apache.commons:commons-lang3:${rootProject.ext.lang}"\n}\n',
      "core/src/main/java/core/Sums.java": sums("-"),
      "core/src/test/java/core/SumsTest.java": sumsTest(""),
      "app/build.gradle": "dependencies {\n  compile project(':core')\n}\n",
      "app/src/main/java/app/Twice.java":
        "package app;\n\npublic class Twice {\n  public static int of(int a) {\n    return 2 * a;\n  }\n}\n",
      "app/src/test/java/app/TwiceTest.java":
        "package app;\n\nimport static org.junit.Assert.assertEquals;\nimport org.junit.Test;\n\npublic class TwiceTest {\n  @Test public void twice() { assertEquals(4, Twice.of(2)); }\n}\n",
    },
    head: {
      "core/src/main/java/core/Sums.java": sums("+"),
      "core/src/test/java/core/SumsTest.java": sumsTest(
        "  @Test public void adds() { assertThat(Sums.add(1, 2), is(3)); }\n",
      ),
    },
  },
];
