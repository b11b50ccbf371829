import { expect, it } from "@jest/globals";
import { java } from "./java.ts";

/** Where the class lies that makes surefire bring in what runs tests. */
it.each<[what: string, pom: string, folder: string]>([
  ["Java", "<project/>", "src/test/java"],
  ["Kotlin", "<testSourceDirectory>src/test/kotlin</testSourceDirectory>", "src/test/kotlin"],
  [
    "a folder by its whole name",
    "<testSourceDirectory> ${project.basedir}/src/test/groovy/ </testSourceDirectory>",
    "src/test/groovy",
  ],
  ["a folder outside", "<testSourceDirectory>../tests</testSourceDirectory>", "src/test/java"],
  ["a folder that is computed", "<testSourceDirectory>${tests}</testSourceDirectory>", "src/test/java"],
])("for %s", (_what, pom, folder) => {
  const [recipe] = java({ paths: ["a/pom.xml"], text: () => pom });
  expect(Object.keys(recipe?.files ?? {})).toEqual([`a/${folder}/coop/CoopStubTest.java`]);
});
