import { expect, it } from "@jest/globals";
import { whereCratesAre } from "./cargo-settings.ts";

const MIRROR =
  '[source.crates-io]\nreplace-with = "mirror"\n\n[source.mirror]\nregistry = "sparse+http://127.0.0.1/"\n';

it.each<[string, string, RegExp]>([
  ["where crates come from stays", MIRROR, /^\[source\.crates-io\]\nreplace-with = "mirror"\n+\[source\.mirror\]/],
  ["what replaces a crate stays", '[patch.crates-io]\na = { path = "a" }\n', /^\[patch\.crates-io/],
  ["a compiler goes", '[build]\nrustc = "/bin/sh"\nrustc-wrapper = "./setup.py"\n', /^\n?$/],
  ["a runner and a linker go", '[target.x86_64-unknown-linux-gnu]\nrunner = "./r"\nlinker = "./l"\n', /^\n?$/],
  ["variables go", '[env]\nLD_PRELOAD = "./lib.so"\n', /^\n?$/],
  [
    "a program that knows passwords goes",
    '[registry]\ndefault = "m"\ncredential-provider = ["./p"]\nglobal-credential-providers = ["./p"]\n',
    /^\[registry\]\ndefault = "m"\n$/,
  ],
  [
    "also one of a single registry",
    '[registries.m]\nindex = "sparse+http://127.0.0.1/"\ncredential-provider = "./p"\n',
    /^\[registries\.m\]\nindex = "sparse\+http:\/\/127\.0\.0\.1\/"\n$/,
  ],
  [
    "git goes, and the number of retries stays",
    "[net]\ngit-fetch-with-cli = true\nretry = 2\n",
    /^\[net\]\nretry = 2\n$/,
  ],
  ["another file goes", 'include = "other.toml"\n', /^\n?$/],
  ["what is no TOML goes", "[build\n", /^\n?$/],
])("of cargo's settings, as they lie there while crates are fetched, %s", (_, settings, left) => {
  const files = { "Cargo.toml": "", ".cargo/config.toml": settings, "a/.cargo/config": settings, "cargo/config.toml": settings }; // prettier-ignore
  const read = whereCratesAre({ paths: Object.keys(files), text: (path) => files[path as keyof typeof files] ?? null });
  expect(Object.keys(read)).toEqual([".cargo/config.toml", "a/.cargo/config"]);
  for (const text of Object.values(read)) expect(text).toMatch(left);
});
