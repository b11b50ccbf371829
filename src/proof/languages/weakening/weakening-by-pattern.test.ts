import { describe, expect, it } from "@jest/globals";
import { changedFile as file } from "../../../../test/support/changed-file.ts";
import { weakeningsByPattern } from "./weakening-by-pattern.ts";
const found = (path: string, before: string, after: string) =>
  weakeningsByPattern([file(path, before, after)]).map((one) => `${one.test} ${one.what}`);

const JAVA = "class ATest {\n  @Test\n  void adds() {\n    assertEquals(3, add(1, 2));\n  }\n}\n";
const RUST = "#[test]\nfn adds() {\n    assert_eq!(add(1, 2), 3);\n}\n";
const RUBY = 'describe "a" do\n  it "adds" do\n    expect(add(1, 2)).to eq 3\n  end\nend\n';
const PHP = "class ATest {\n  public function testAdds() {\n    $this->assertSame(3, add(1, 2));\n  }\n}\n";
const SHARP = "class ATests {\n  [Fact]\n  public void Adds()\n  {\n    Assert.Equal(3, Add(1, 2));\n  }\n}\n";
const CPP = "TEST(Add, Adds) {\n  EXPECT_EQ(add(1, 2), 3);\n}\n";

describe("tests read by pattern", () => {
  it.each<[string, string, string, RegExp]>([
    ["src/test/java/ATest.java", JAVA, JAVA.replace("@Test", "@Test\n  @Disabled"), /adds is skipped/],
    ["ATest.java", JAVA, JAVA.replace("@Test", '@Disabled("later")\n  @Test'), /adds is skipped/],
    ["ATest.java", JAVA, "class ATest {\n}\n", /adds is gone/],
    ["ATest.java", JAVA, JAVA.replace("assertEquals(3, add(1, 2))", "add(1, 2)"), /no assertion left/],
    ["ATest.java", JAVA, JAVA.replace("assertEquals(3, add(1, 2))", "assertTrue(true)"), /holds whatever/],
    ["tests/a.rs", RUST, RUST.replace("#[test]", "#[test]\n#[ignore]"), /adds is skipped/],
    ["src/a.rs", `fn add() {}\n${RUST}`, "fn add() {}\n", /adds is gone/],
    ["tests/a.rs", RUST, RUST.replace(/^/gm, "// "), /adds is gone/],
    ["spec/a_spec.rb", RUBY, RUBY.replace('it "adds"', 'xit "adds"'), /adds is skipped/],
    ["spec/a_spec.rb", RUBY, RUBY.replace("    expect", "    skip\n    expect"), /adds is skipped/],
    [
      "tests/ATest.php",
      PHP,
      PHP.replace("    $this", "    $this->markTestSkipped();\n    $this"),
      /testAdds is skipped/,
    ],
    ["tests/ATest.php", PHP, "", /testAdds is gone/],
    ["ATests.cs", SHARP, SHARP.replace("[Fact]", '[Fact(Skip = "later")]'), /Adds is skipped/],
    ["ATests.cs", SHARP, SHARP.replace("Assert.Equal(3, Add(1, 2))", "Add(1, 2)"), /Adds has no assertion left/],
    ["a_test.cpp", CPP, CPP.replace("  EXPECT", "  GTEST_SKIP();\n  EXPECT"), /Adds is skipped/],
    ["a_test.cpp", CPP, CPP.replace("Adds", "DISABLED_Adds"), /is gone|is skipped/],
  ])("in %s weaker", (path, before, after, what) => expect(found(path, before, after).join("; ")).toMatch(what));

  it.each<[string, string, string]>([
    ["ATest.java", JAVA, JAVA.replace("void adds", "void addsTwoNumbers")],
    ["ATest.java", JAVA, JAVA.replace("  }\n}", "    assertEquals(0, add(0, 0));\n  }\n}")],
    ["ATest.java", JAVA, JAVA.replace("}\n}", "}\n  @Test\n  @Disabled\n  void more() {\n    fail();\n  }\n}")],
    ["tests/a.rs", RUST, `${RUST}\n#[test]\n#[ignore]\nfn slow() {\n    assert!(slow());\n}\n`],
    ["spec/a_spec.rb", RUBY, RUBY.replace("eq 3", "eq(3)")],
    ["tests/ATest.php", PHP, PHP.replace("assertSame", "assertEquals")],
    ["ATests.cs", SHARP, SHARP.replace("public void Adds", "public async Task Adds")],
    ["a_test.cpp", CPP, `${CPP}\nTEST(Add, More) {\n  EXPECT_EQ(add(2, 2), 4);\n}\n`],
    ["a.test.ts", 'test("a", () => {})', ""],
  ])("in %s as strong as before", (path, before, after) => expect(found(path, before, after)).toEqual([]));
});
