import { GEM_SERVER } from "./scripting-registry.ts";
import type { Kind } from "./kind.ts";

/** Repositories of Ruby and PHP. */
type Versions = Readonly<Record<string, string>>;

const ruby = (sign: string) => `# Sums.\nmodule Add\n  def self.add(a, b)\n    a ${sign} b\n  end\nend\n`;
const spec = (more: string) =>
  `require "add"\n\nRSpec.describe Add do\n  it "keeps zero" do\n    expect(Add.add(0, 0)).to eq(0)\n  end\n${more}end\n`;
const SPEC_ADDS = '\n  it "adds two numbers" do\n    expect(Add.add(1, 2)).to eq(3)\n  end\n';
const minitest = (more: string) =>
  `require "minitest/autorun"\nrequire "add"\n\nclass AddTest < Minitest::Test\n  def test_zero\n    assert_equal 0, Add.add(0, 0)\n  end\n${more}end\n`;
const MINITEST_ADDS = "\n  def test_adds\n    assert_equal 3, Add.add(1, 2)\n  end\n";

const gemfile = (gems: string) => `source "${GEM_SERVER}"\n\n${gems}`;

function rspecLock(versions: Versions): string {
  const one = (name: string, ...needs: string[]) =>
    [`    ${name} (${versions[name]})`, ...needs.map((need) => `      ${need} (>= 1)`)].join("\n");
  const specs = [
    one("diff-lcs"),
    one("rspec", "rspec-core", "rspec-expectations", "rspec-mocks"),
    one("rspec-core", "rspec-support"),
    one("rspec-expectations", "diff-lcs", "rspec-support"),
    one("rspec-mocks", "diff-lcs", "rspec-support"),
    one("rspec-support"),
  ];
  return `GEM\n  remote: ${GEM_SERVER}\n  specs:\n${specs.join("\n")}\n\nPLATFORMS\n  ruby\n  x86_64-linux\n\nDEPENDENCIES\n  rspec\n\nBUNDLED WITH\n   99.1.0\n`;
}

const php = (sign: string) =>
  `<?php\n\nnamespace App;\n\nfinal class Add\n{\n    public static function add(int $a, int $b): int\n    {\n        return $a ${sign} $b;\n    }\n}\n`;
const phpTest = (more: string) =>
  `<?php\n\nuse App\\Add;\nuse PHPUnit\\Framework\\TestCase;\n\nfinal class AddTest extends TestCase\n{\n    public function testZero(): void\n    {\n        $this->assertSame(0, Add::add(0, 0));\n    }\n${more}}\n`;
const PHP_ADDS =
  "\n    public function testAdds(): void\n    {\n        $this->assertSame(3, Add::add(1, 2));\n    }\n";
const COMPOSER = {
  "composer.json": JSON.stringify({
    name: "acme/app",
    require: { php: ">=8.0" },
    "require-dev": { "phpunit/phpunit": "^9.5" },
    autoload: { "psr-4": { "App\\": "src/" } },
    scripts: { "post-install-cmd": "echo called > /tmp/called", test: "phpunit" },
  }),
  "phpunit.xml.dist":
    '<phpunit bootstrap="vendor/autoload.php"><testsuites><testsuite name="all"><directory>tests</directory></testsuite></testsuites></phpunit>\n',
};

export const scripting = (versions: Versions): readonly Kind[] => [
  {
    name: "RSpec with a lockfile",
    run: "bundle exec rspec",
    needs: "rspec",
    base: {
      Gemfile: gemfile('gem "rspec"\n'),
      "Gemfile.lock": rspecLock(versions),
      ".rspec": "--require spec_helper\n",
      "spec/spec_helper.rb": "RSpec.configure { |config| config.disable_monkey_patching! }\n",
      "lib/add.rb": ruby("-"),
      "spec/add_spec.rb": spec(""),
    },
    head: { "lib/add.rb": ruby("+"), "spec/add_spec.rb": spec(SPEC_ADDS) },
  },
  {
    name: "minitest by rake, without a lockfile, with a gemspec",
    run: "bundle exec rake test",
    needs: "rspec",
    base: {
      Gemfile: gemfile('gemspec\n\ngroup :development do\n  gem "rake", "~> 13.0"\nend\n'),
      "add.gemspec":
        'Gem::Specification.new do |s|\n  s.name = "add"\n  s.version = "1.0"\n  s.summary = "Adds"\n  s.authors = ["A"]\n  s.files = Dir["lib/**/*"]\n  s.add_development_dependency "minitest", "~> 5.0"\nend\n',
      Rakefile:
        'require "rake/testtask"\n\nRake::TestTask.new do |t|\n  t.libs << "test"\n  t.pattern = "test/**/*_test.rb"\nend\n',
      "lib/add.rb": ruby("-"),
      "test/add_test.rb": minitest(""),
    },
    head: { "lib/add.rb": ruby("+"), "test/add_test.rb": minitest(MINITEST_ADDS) },
  },
  {
    name: "PHPUnit by Composer",
    run: "vendor/bin/phpunit",
    needs: "phpunit",
    base: { ...COMPOSER, "src/Add.php": php("-"), "tests/AddTest.php": phpTest("") },
    head: { "src/Add.php": php("+"), "tests/AddTest.php": phpTest(PHP_ADDS) },
  },
];
