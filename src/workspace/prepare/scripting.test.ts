import { describe, expect, it } from "@jest/globals";
import { gemfileFor, gemsOf } from "./gemfile.ts";
import { php } from "./php.ts";
import type { Manifests } from "./recipe.ts";
import { ruby } from "./ruby.ts";

type Files = Readonly<Record<string, string>>;
const manifests = (files: Files): Manifests => ({ paths: Object.keys(files), text: (path) => files[path] });
const gemfile = (files: Files) => gemfileFor(gemsOf(manifests(files), ""));

const LOCK = `GIT
  remote: https://git.example/x
  revision: 1
  specs:
    x (1.0)

PATH
  remote: .
  specs:
    own (0.1)
      rake

GEM
  remote: https://gems.example/
  specs:
    nokogiri (1.15.0)
      racc (~> 1.4)
    nokogiri (1.15.0-x86_64-linux)
      racc (~> 1.4)
    racc (1.7.1)
    it's (1.0)

GEM
  remote: https://more.example/
  specs:
    pry (0.14.2)

PLATFORMS
  ruby

DEPENDENCIES
  nokogiri
  own!

BUNDLED WITH
   2.4.0
`;

describe("the Gemfile that bundler is given where there is a network", () => {
  it("names what a lockfile names, each from its place, and nothing of git or folders", () => {
    expect(gemfile({ "Gemfile.lock": LOCK })).toBe(
      "source 'https://gems.example/'\ngem 'nokogiri', '1.15.0'\ngem 'racc', '1.7.1'\nsource 'https://more.example/' do\n  gem 'pry', '0.14.2'\nend\n",
    );
  });

  it.each<[string, Files, string]>([
    ["a name", { Gemfile: 'gem "rake"\n' }, "gem 'rake'\n"],
    [
      "brackets and versions",
      { Gemfile: "gem('rake', '~> 13.0', '>= 13.0.1', require: false)\n" },
      "gem 'rake', '~> 13.0', '>= 13.0.1'\n",
    ],
    ["a list of versions", { Gemfile: 'gem "a", [">= 1", "< 3"], group: :test\n' }, "gem 'a', '>= 1', '< 3'\n"],
    ["a block", { Gemfile: 'group :test do\n  gem "rspec", "~> 3"\nend\n' }, "gem 'rspec', '~> 3'\n"],
    ["a place", { Gemfile: 'source "https://gems.example"\ngem "a"\n' }, "source 'https://gems.example'\ngem 'a'\n"],
    [
      "a gemspec",
      { Gemfile: "gemspec\n", "x.gemspec": 's.add_dependency "a", "~> 1"\ns.add_development_dependency("b")\n' },
      "gem 'a', '~> 1'\ngem 'b'\n",
    ],
  ])("of a Gemfile: %s", (_, files, wanted) => {
    expect(gemfile(files)).toBe(wanted.startsWith("source") ? wanted : `source Gem::DEFAULT_HOST\n${wanted}`);
  });

  it.each([
    'gem "a", path: "../a"',
    'gem "a", git: "https://git.example/a"',
    'gem "a", :github => "a/a"',
    '# gem "a"',
    'gem "#{`id`}"',
    `gem "a', system('id')"`,
    'source "https://gems.example/#{`id`}"',
  ])("nothing of it is run or asked for: %s", (line) => {
    expect(gemfile({ Gemfile: `${line}\n` })).toBe("source Gem::DEFAULT_HOST\n");
  });
});

describe("whether a repository is one of Ruby or PHP", () => {
  it.each<[string, Files, number]>([
    ["RSpec", { Gemfile: "", "spec/a_spec.rb": "" }, 1],
    ["a Gemfile for its pages", { Gemfile: "", "package.json": "{}", "test/a.test.js": "" }, 0],
    ["PHPUnit", { "composer.json": "{}", "phpunit.xml": "" }, 1],
    ["no test of PHP", { "composer.json": "{}", "src/a.php": "" }, 0],
    ["packages that are committed", { "composer.json": "{}", "tests/ATest.php": "", "vendor/autoload.php": "" }, 0],
    ["packages of one repository", { "composer.json": "{}", "p/a/composer.json": "{}", "p/a/tests/ATest.php": "" }, 1],
  ])("%s", (_, files, count) => {
    expect([...ruby(manifests(files)), ...php(manifests(files))]).toHaveLength(count);
  });

  it("packages of PHP are seen where the repository wants them", () => {
    const named = (folder: string) => ({
      "composer.json": JSON.stringify({ config: { "vendor-dir": folder } }),
      "tests/ATest.php": "",
    });
    const brings = (folder: string) => php(manifests(named(folder)))[0]?.brings;
    expect(brings("lib/packages/")).toEqual(["lib/packages"]);
    expect(brings("../../etc")).toEqual(["vendor"]);
    expect(brings("/etc")).toEqual(["vendor"]);
  });
});
