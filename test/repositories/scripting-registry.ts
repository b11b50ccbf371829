import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { create } from "tar";

/**
 * Registries of Ruby and PHP on this machine's loopback, with the packages that Debian brings: the real ones may be out of
 * reach where these tests run. The server's bundler and composer are set to them as to a company's mirror.
 */
export const GEM_SERVER = "https://gems.example.org/";
const GEMS = [
  ...["rspec", "rspec-core", "rspec-expectations", "rspec-mocks", "rspec-support", "diff-lcs"],
  ...["minitest", "rake"],
];

export type ScriptingRegistry = {
  /** A home folder whose settings lead here. */
  readonly home: string;
  readonly versions: Readonly<Record<string, string>>;
  readonly asked: readonly string[];
  close(): Promise<void>;
};

export async function openScriptingRegistry(): Promise<ScriptingRegistry> {
  const folder = mkdtempSync(join(tmpdir(), "coop-scripting-"));
  const asked: string[] = [];
  const server = createServer((request, response) => {
    const path = new URL(request.url ?? "", "http://x").pathname;
    asked.push(path);
    try {
      response.end(readFileSync(join(folder, path)));
    } catch {
      response.writeHead(404).end();
    }
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  const versions = packGems(folder);
  await packPhpunit(folder, url);
  const close = async () => {
    server.closeAllConnections();
    await new Promise<void>((resolve) => server.close(() => resolve()));
    rmSync(folder, { recursive: true, force: true });
  };
  return { home: homeFor(folder, url), versions, asked, close };
}

function packGems(folder: string): Readonly<Record<string, string>> {
  const script = join(import.meta.dirname, "gems.rb");
  const versions = JSON.parse(execFileSync("ruby", [script, folder, ...GEMS], { encoding: "utf8" })) as Record<
    string,
    string
  >;
  execFileSync("gem", ["generate_index", "--silent", "--directory", folder]);
  return versions;
}

/** Its program starts Debian's. */
const PHPUNIT = {
  phpunit:
    '#!/usr/bin/env php\n<?php\nrequire $_composer_autoload_path ?? __DIR__ . "/../../autoload.php";\nrequire "/usr/share/php/PHPUnit/Autoload.php";\nPHPUnit\\TextUI\\Command::main();\n',
  "composer.json": '{"name":"phpunit/phpunit","bin":["phpunit"]}\n',
};

async function packPhpunit(folder: string, url: string): Promise<void> {
  const inside = join(folder, "phpunit-9");
  mkdirSync(inside);
  for (const [name, text] of Object.entries(PHPUNIT)) writeFileSync(join(inside, name), text, { mode: 0o755 });
  await create({ gzip: true, cwd: folder, file: join(folder, "phpunit.tar.gz"), portable: true }, ["phpunit-9"]);
  const dist = { type: "tar", url: `${url}phpunit.tar.gz` };
  const one = { name: "phpunit/phpunit", version: "9.6.0", bin: ["phpunit"], dist };
  writeFileSync(join(folder, "packages.json"), JSON.stringify({ packages: { [one.name]: { [one.version]: one } } }));
}

function homeFor(folder: string, url: string): string {
  const home = join(folder, "home");
  mkdirSync(join(home, ".bundle"), { recursive: true });
  mkdirSync(join(home, ".config/composer"), { recursive: true });
  const name = `BUNDLE_MIRROR__${GEM_SERVER.replaceAll(".", "__").toUpperCase()}`;
  writeFileSync(join(home, ".bundle/config"), `---\n${name}: "${url}"\n`);
  const settings = {
    repositories: [{ type: "composer", url }, { packagist: false }],
    config: { "secure-http": false },
  };
  writeFileSync(join(home, ".config/composer/config.json"), JSON.stringify(settings));
  return home;
}
