import { readFile, realpath } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";
import { ask, findProgram, type Host } from "./host.ts";
import { shown, type ToolChain } from "./toolchain.ts";
import { shelveFiles } from "./tool-shelf.ts";

/** Ruby and PHP as a run sees them. */

const RUBY_QUESTION =
  'require "rbconfig"; c = RbConfig::CONFIG; puts c["prefix"], RUBY_VERSION, c["rubylibdir"], c["rubyarchdir"], c["libdir"]';

/** Ruby with its bundler: a lockfile may ask for another one, which would come with the network open and is not taken. */
export async function ruby(host: Host, shelf: string): Promise<ToolChain | null> {
  const answer = await ask(host, "ruby", ["-e", RUBY_QUESTION]);
  const bundle = await ask(host, "bundle", ["--version"]);
  const bundler = /(\d+\.[\w.]+)/.exec(bundle?.ok ? bundle.text : "")?.[1];
  if (!answer?.ok || !bundler) return null;
  const [prefix = "", version = "", ...libraries] = answer.text.trim().split("\n");
  const seen = shown("ruby", prefix);
  const chain = { tool: "bundle", version: `ruby ${version}, bundler ${bundler}`, mounts: seen.mounts } as const;
  const always = { BUNDLER_VERSION: bundler, BUNDLE_SILENCE_ROOT_WARNING: "1" };
  if (seen.mounts.length === 0) return { ...chain, environment: { ...always, PATH: `${seen.at}/bin:` } };
  // Its programs name the place where it was installed, and its libraries are looked for there.
  const moved = libraries.map((one) => one.replace(prefix, seen.at));
  const start = { text: `#!/bin/sh\nexec ruby ${seen.at}/bin/bundle "$@"\n` };
  const own = await shelveFiles(shelf, `ruby ${prefix} ${version}`, { "bin/bundle": start });
  return {
    ...chain,
    mounts: [...seen.mounts, { from: own, at: "/opt/coop/tools/bundler", writes: "refused" }],
    environment: {
      ...always,
      PATH: `/opt/coop/tools/bundler/bin:${seen.at}/bin:`,
      RUBYLIB: moved.slice(0, 2).join(":"),
      LD_LIBRARY_PATH: moved[2] ?? "",
    },
  };
}

const PHP_QUESTION =
  "echo json_encode([PHP_VERSION, PHP_BINARY, PHP_EXTENSION_DIR, (string) php_ini_loaded_file(), (string) php_ini_scanned_files()]);";
const phpSchema = z.tuple([z.string(), z.string(), z.string(), z.string(), z.string()]);
const PHP = "/opt/coop/tools/php";

/** PHP with the extensions that it loads here. Its other settings may hold passwords, and a run sees none of them. */
export async function php(host: Host, shelf: string): Promise<ToolChain | null> {
  const answer = await ask(host, "php", ["-r", PHP_QUESTION]);
  if (!answer?.ok) return null;
  const read = phpSchema.safeParse(jsonOf(answer.text));
  if (!read.success) return null;
  const [version, binary, folder, loaded, scanned] = read.data;
  const settings = [loaded, ...scanned.split(/,\s*/)].map((one) => one.trim()).filter((one) => one.startsWith("/"));
  const said = await Promise.all(settings.map((one) => readFile(one, "utf8").catch(() => "")));
  const extensions = said.flatMap((text) => text.match(/^[ \t]*(?:zend_)?extension[ \t]*=[^\n]*$/gm) ?? []);
  const prefix = binary.replace(/\/bin\/[^/]*$/, "");
  const seen = shown("php-itself", prefix);
  const place = (path: string) => path.replace(prefix, seen.at);
  const lines = [`extension_dir=${JSON.stringify(place(folder))}`, ...extensions.map((one) => place(one.trim()))];
  const own = await shelveFiles(shelf, `php ${version} ${lines.join()}`, {
    "php.ini": { text: `${lines.join("\n")}\n` },
    "bin/php": { linkTo: place(binary) },
    "scanned/.keep": { text: "" },
  });
  return {
    tool: "php",
    version,
    mounts: [...seen.mounts, { from: own, at: PHP, writes: "refused" }],
    environment: { PATH: `${PHP}/bin:`, PHPRC: PHP, PHP_INI_SCAN_DIR: `${PHP}/scanned` },
  };
}

/** Composer is one file, wherever somebody put it. */
export async function composer(host: Host, shelf: string): Promise<ToolChain | null> {
  const answer = await ask(host, "composer", ["--version"], { COMPOSER_ALLOW_SUPERUSER: "1" });
  const version = /Composer(?: version)? (\d\S*)/.exec(answer?.ok ? answer.text : "")?.[1];
  const program = findProgram(host, "composer");
  if (!version || !program) return null;
  const file = await realpath(program);
  if (file.startsWith("/usr/")) return { tool: "composer", version, mounts: [], environment: {} };
  const own = await shelveFiles(shelf, `composer ${version} ${file}`, { "bin/composer": { copyOf: file } });
  const at = "/opt/coop/tools/composer";
  const mounts = [{ from: own, at, writes: "refused" }] as const;
  return { tool: "composer", version, mounts, environment: { PATH: `${join(at, "bin")}:` } };
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
