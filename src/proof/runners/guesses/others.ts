import { has, type Repository, textOf } from "./repository.ts";

/** Build tools and runners whose own command tests everything; their reports name the tests. The most telling first. */
const OTHERS: readonly { readonly when: (one: Repository) => boolean; readonly runs: readonly string[] }[] = [
  // A wrapper brings a build tool of its own, which is not to be had without a network.
  { when: ({ tree }) => tree.has("pom.xml") && tree.has("mvnw"), runs: ["sh mvnw -B test", "mvn -B test"] },
  { when: ({ tree }) => tree.has("pom.xml") && !tree.has("mvnw"), runs: ["mvn -B test"] },
  { when: (one) => isGradle(one) && one.tree.has("gradlew"), runs: ["sh gradlew test", "gradle test"] },
  { when: (one) => isGradle(one) && !one.tree.has("gradlew"), runs: ["gradle test"] },
  { when: (one) => has(one, /^[^/]+\.(?:sln|slnx|csproj|fsproj)$/), runs: ["dotnet test"] },
  { when: ({ tree }) => tree.has("mix.exs"), runs: ["mix test"] },
  { when: ({ tree }) => tree.has("Package.swift"), runs: ["swift test"] },
  {
    when: ({ tree }) => (tree.has("deno.json") || tree.has("deno.jsonc")) && !tree.has("package.json"),
    runs: ["deno test -A"],
  },
  {
    when: ({ tree }) => tree.has("CMakeLists.txt"),
    runs: ["cmake -S . -B build && cmake --build build && ctest --test-dir build --output-on-failure"],
  },
];

export async function otherCommands(repository: Repository): Promise<(readonly string[])[]> {
  const found = OTHERS.filter(({ when }) => when(repository)).map(({ runs }) => runs);
  return [...found, rubyCommands(repository), await phpCommands(repository)].filter((runs) => runs.length > 0);
}

function isGradle(one: Repository): boolean {
  return one.tree.has("build.gradle") || one.tree.has("build.gradle.kts") || has(one, /^settings\.gradle(?:\.kts)?$/);
}

const EACH_TEST = `ruby -Ilib -Itest -e 'Dir["./test/**/{test_*,*_test}.rb"].sort.each { |file| require file }' -- -v`;

/** Also of a folder's part of a repository, by paths from there. */
export function rubyCommands(one: Repository): string[] {
  const bundled = one.tree.has("Gemfile") ? "bundle exec " : "";
  if (has(one, /^spec\/.*_spec\.rb$/)) return [`${bundled}rspec`];
  if (!has(one, /^test\/.*(?:_test|test_\w+)\.rb$/)) return [];
  return [...(one.tree.has("Rakefile") ? [`${bundled}rake test`] : []), `${bundled}${EACH_TEST}`];
}

export async function phpCommands(one: Repository): Promise<string[]> {
  const named = one.tree.has("composer.json") ? await textOf(one, "composer.json") : "";
  const settings = has(one, /^phpunit(?:\.dist)?\.xml(?:\.dist)?$/);
  const tests = has(one, /^tests?\/.*Test\.php$/i);
  if (!settings && !tests && !/"pestphp\/pest"/.test(named)) return [];
  const folder = has(one, /^tests\//) ? "tests" : "test";
  const own = settings ? "phpunit" : `phpunit ${folder}`;
  return [
    ...(/"pestphp\/pest"/.test(named) ? ["vendor/bin/pest"] : []),
    `vendor/bin/${own}`,
    ...(named === "" ? [own] : []),
    ...(/"test"\s*:/.test(named) ? ["composer test"] : []),
  ];
}
