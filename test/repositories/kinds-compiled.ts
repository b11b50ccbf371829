import type { Kind } from "./kind.ts";

const go = (sign: string) => `package calc\n\n// Add adds.\nfunc Add(a, b int) int { return a ${sign} b }\n`;
const goTest = (more: string) =>
  `package calc\n\nimport "testing"\n\nfunc TestZero(t *testing.T) {\n\tif Add(0, 0) != 0 {\n\t\tt.Fatal()\n\t}\n}\n${more}`;
const GO_ADDS = "\nfunc TestAdds(t *testing.T) {\n\tif Add(1, 2) != 3 {\n\t\tt.Fatal()\n\t}\n}\n";
const UUID = "github.com/google/uuid v1.3.0";
const UUID_SUM = `${UUID} h1:t6JiXgmwXMjEs8VusXIJk2BXHsn+wx8BZdTaoZ5fu7I=\ngithub.com/google/uuid v1.3.0/go.mod h1:TIyPZe4MgqvfeYDBFedMoGGpEw/LqOeaOT+nhxU+yHo=\n`;
const IDS = {
  "ids/ids.go":
    'package ids\n\nimport "github.com/google/uuid"\n\n// New is a new id.\nfunc New() string { return uuid.NewString() }\n',
  "ids/ids_test.go":
    'package ids\n\nimport "testing"\n\nfunc TestNew(t *testing.T) {\n\tif New() == "" {\n\t\tt.Fatal()\n\t}\n}\n',
};
const GO = { run: "go test -v ./...", needs: "go" } as const;

const rust = (sign: string) =>
  `pub fn add(a: i32, b: i32) -> i32 {\n    a ${sign} b\n}\n\npub fn text(a: i32) -> String {\n    itoa::Buffer::new().format(a).to_owned()\n}\n`;
const rustTest = (more: string) =>
  `#[test]\nfn zero() {\n    assert_eq!(app::add(0, 0), 0);\n    assert_eq!(app::text(7), "7");\n}\n${more}`;
const RUST_ADDS = "\n#[test]\nfn adds() {\n    assert_eq!(app::add(1, 2), 3);\n}\n";

const rustInside = (comment: string, sign: string, more: string) =>
  `${comment}/// Adds.\n///\n/// \`\`\`\n/// assert_eq!(app::add(0, 0), 0);\n/// \`\`\`\npub fn add(a: i32, b: i32) -> i32 {\n    a ${sign} b\n}\n\n#[cfg(test)]\nmod tests {\n    use super::*;\n\n    #[test]\n    fn zero() {\n        assert_eq!(add(0, 0), 0);\n    }\n${more}}\n`;
const RUST_ADDS_INSIDE = "\n    #[test]\n    fn adds() {\n        assert_eq!(add(1, 2), 3);\n    }\n";

const java = (sign: string) =>
  `package app;\n\npublic class Add {\n  public static int add(int a, int b) {\n    return a ${sign} b;\n  }\n}\n`;
const pom = (dependency: string) =>
  `<project xmlns="http://maven.apache.org/POM/4.0.0">\n<modelVersion>4.0.0</modelVersion>\n<groupId>x</groupId><artifactId>app</artifactId><version>1</version>\n<properties><maven.compiler.source>17</maven.compiler.source><maven.compiler.target>17</maven.compiler.target><project.build.sourceEncoding>UTF-8</project.build.sourceEncoding></properties>\n<dependencies><dependency>${dependency}<scope>test</scope></dependency></dependencies>\n<build><plugins><plugin><artifactId>maven-surefire-plugin</artifactId><version>3.2.5</version></plugin></plugins></build>\n</project>\n`;
const JUNIT5 = pom(
  "<groupId>org.junit.jupiter</groupId><artifactId>junit-jupiter</artifactId><version>5.10.2</version>",
);
const JUNIT4 = pom("<groupId>junit</groupId><artifactId>junit</artifactId><version>4.13.2</version>");
const test5 = (more: string) =>
  `package app;\n\nimport static org.junit.jupiter.api.Assertions.assertEquals;\nimport org.junit.jupiter.api.Test;\n\nclass AddTest {\n  @Test void zero() { assertEquals(0, Add.add(0, 0)); }\n${more}}\n`;
const test4 = (more: string) =>
  `package app;\n\nimport static org.junit.Assert.assertEquals;\nimport org.junit.Test;\n\npublic class AddTest {\n  @Test public void zero() { assertEquals(0, Add.add(0, 0)); }\n${more}}\n`;
const JAVA = { run: "mvn -B test", needs: "mvn" } as const;

export const COMPILED: readonly Kind[] = [
  {
    name: "a Go module",
    ...GO,
    base: {
      "go.mod": `module example.org/x\n\ngo 1.19\n\nrequire ${UUID}\n`,
      "go.sum": UUID_SUM,
      "calc/add.go": go("-"),
      "calc/add_test.go": goTest(""),
      ...IDS,
    },
    head: { "calc/add.go": go("+"), "calc/add_test.go": goTest(GO_ADDS) },
  },
  {
    name: "a Go module without packages",
    ...GO,
    base: { "go.mod": "module example.org/x\n\ngo 1.21\n", "add.go": go("-"), "add_test.go": goTest("") },
    head: { "add.go": go("+"), "add_test.go": goTest(GO_ADDS) },
  },
  {
    name: "a Go workspace",
    run: "go test -v ./a/... ./b/...",
    needs: "go",
    base: {
      "go.work": "go 1.21\n\nuse (\n\t./a\n\t./b\n)\n",
      "a/go.mod": "module example.org/a\n\ngo 1.21\n",
      "a/add.go": go("-"),
      "a/add_test.go": goTest(""),
      "b/go.mod": `module example.org/b\n\ngo 1.21\n\nrequire ${UUID}\n`,
      "b/go.sum": UUID_SUM,
      "b/ids.go": IDS["ids/ids.go"],
      "b/ids_test.go": IDS["ids/ids_test.go"],
    },
    head: { "a/add.go": go("+"), "a/add_test.go": goTest(GO_ADDS) },
  },
  {
    name: "Go with testify, subtests and internal packages",
    ...GO,
    base: {
      "go.mod":
        "module example.org/x\n\ngo 1.21\n\nrequire github.com/stretchr/testify v1.9.0\n\nrequire (\n\tgithub.com/davecgh/go-spew v1.1.1 // indirect\n\tgithub.com/pmezard/go-difflib v1.0.0 // indirect\n\tgopkg.in/yaml.v3 v3.0.1 // indirect\n)\n",
      "go.sum":
        "github.com/davecgh/go-spew v1.1.1 h1:vj9j/u1bqnvCEfJOwUhtlOARqs3+rkHYY13jYWTU97c=\ngithub.com/davecgh/go-spew v1.1.1/go.mod h1:J7Y8YcW2NihsgmVo/mv3lAwl/skON4iLHjSsI+c5H38=\ngithub.com/pmezard/go-difflib v1.0.0 h1:4DBwDE0NGyQoBHbLQYPwSUPoCMWR5BEzIk/f1lZbAQM=\ngithub.com/pmezard/go-difflib v1.0.0/go.mod h1:iKH77koFhYxTK1pcRnkKkqfTogsbg7gZNVY4sRDYZ/4=\ngithub.com/stretchr/testify v1.9.0 h1:HtqpIVDClZ4nwg75+f6Lvsy/wHu+3BoSGCbBAcpTsTg=\ngithub.com/stretchr/testify v1.9.0/go.mod h1:r2ic/lqez/lEtzL7wO/rwa5dbSLXVDPFyf8C91i36aY=\ngopkg.in/check.v1 v0.0.0-20161208181325-20d25e280405 h1:yhCVgyC4o1eVCa2tZl7eS0r+SDo693bJlVdllGtEeKM=\ngopkg.in/check.v1 v0.0.0-20161208181325-20d25e280405/go.mod h1:Co6ibVJAznAaIkqp8huTwlJQCZ016jof/cbN4VW5Yz0=\ngopkg.in/yaml.v3 v3.0.1 h1:fxVm/GzAzEWqLHuvctI91KS9hhNmmWOoWu0XTYJS7CA=\ngopkg.in/yaml.v3 v3.0.1/go.mod h1:K4uyk7z7BCEPqu6E+C64Yfv1cQ7kz7rIZviUmN+EgEM=\n",
      "cmd/x/main.go":
        'package main\n\nimport (\n\t"fmt"\n\n\t"example.org/x/internal/sums"\n)\n\nfunc main() { fmt.Println(sums.Add(1, 2)) }\n',
      "internal/sums/sums.go": "package sums\n\n// Add adds.\nfunc Add(a, b int) int { return a - b }\n",
      "internal/sums/sums_test.go":
        'package sums_test\n\nimport (\n\t"testing"\n\n\t"example.org/x/internal/sums"\n\t"github.com/stretchr/testify/assert"\n)\n\nfunc TestZero(t *testing.T) { assert.Equal(t, 0, sums.Add(0, 0)) }\n',
    },
    head: {
      "internal/sums/sums.go": "package sums\n\n// Add adds.\nfunc Add(a, b int) int { return a + b }\n",
      "internal/sums/sums_test.go":
        'package sums_test\n\nimport (\n\t"testing"\n\n\t"example.org/x/internal/sums"\n\t"github.com/stretchr/testify/assert"\n)\n\nfunc TestZero(t *testing.T) { assert.Equal(t, 0, sums.Add(0, 0)) }\n\nfunc TestAdds(t *testing.T) {\n\tfor name, c := range map[string][3]int{"one and two": {1, 2, 3}, "twos": {2, 2, 4}} {\n\t\tt.Run(name, func(t *testing.T) { assert.Equal(t, c[2], sums.Add(c[0], c[1])) })\n\t}\n}\n',
    },
  },
  {
    name: "a crate",
    run: "cargo test",
    needs: "cargo",
    base: {
      "Cargo.toml":
        '[package]\nname = "app"\nversion = "0.1.0"\nedition = "2021"\n\n[dependencies]\nitoa = "=1.0.11"\n',
      "src/lib.rs": rust("-"),
      "tests/add.rs": rustTest(""),
    },
    head: { "src/lib.rs": rust("+"), "tests/add.rs": rustTest(RUST_ADDS) },
  },
  {
    name: "a Rust crate with its tests beside the code",
    run: "cargo test",
    needs: "cargo",
    base: {
      "Cargo.toml": '[package]\nname = "app"\nversion = "0.1.0"\nedition = "2021"\n',
      "src/lib.rs": rustInside("", "-", ""),
    },
    head: { "src/lib.rs": rustInside("//! Sums.\n\n", "+", RUST_ADDS_INSIDE) },
    broken: { "src/lib.rs": rustInside("", "-", RUST_ADDS_INSIDE) },
  },
  {
    name: "a workspace of crates",
    run: "cargo test",
    needs: "cargo",
    base: {
      "Cargo.toml": '[workspace]\nmembers = ["app", "other"]\nresolver = "2"\n',
      "app/Cargo.toml": '[package]\nname = "app"\nversion = "0.1.0"\nedition = "2021"\n\n[dependencies]\nitoa = "1"\n',
      "app/src/lib.rs": rust("-"),
      "app/tests/add.rs": rustTest(""),
      "other/Cargo.toml":
        '[package]\nname = "other"\nversion = "0.1.0"\nedition = "2021"\n\n[dev-dependencies]\ncfg-if = "1"\n',
      "other/src/lib.rs":
        "#[test]\nfn works() {\n    cfg_if::cfg_if! { if #[cfg(unix)] { assert!(true) } else { assert!(true) } }\n}\n",
    },
    head: { "app/src/lib.rs": rust("+"), "app/tests/add.rs": rustTest(RUST_ADDS) },
  },
  {
    name: "Maven with JUnit 5",
    ...JAVA,
    base: { "pom.xml": JUNIT5, "src/main/java/app/Add.java": java("-"), "src/test/java/app/AddTest.java": test5("") },
    head: {
      "src/main/java/app/Add.java": java("+"),
      "src/test/java/app/AddTest.java": test5("  @Test void adds() { assertEquals(3, Add.add(1, 2)); }\n"),
    },
  },
  {
    name: "Maven with JUnit 4",
    ...JAVA,
    base: { "pom.xml": JUNIT4, "src/main/java/app/Add.java": java("-"), "src/test/java/app/AddTest.java": test4("") },
    head: {
      "src/main/java/app/Add.java": java("+"),
      "src/test/java/app/AddTest.java": test4("  @Test public void adds() { assertEquals(3, Add.add(1, 2)); }\n"),
    },
  },
];
