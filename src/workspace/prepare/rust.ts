import { whereCratesAre } from "./cargo-settings.ts";
import { folderOf } from "./inputs.ts";
import { EMPTY_RECIPE, LAYER, type Manifests, type Recipe } from "./recipe.ts";

/** Rust: crates as sources, and the cache of the compiler, which is half of what a test run costs. */
const CARGO_TARGET = "/opt/coop/cargo-target";
const ROOTS_MAX = 12;

export function rust(manifests: Manifests): Recipe[] {
  const { paths } = manifests;
  const packages = paths
    .filter((path) => /(^|\/)Cargo\.toml$/.test(path))
    .map(folderOf)
    .sort(byDepth);
  const roots: string[] = [];
  for (const at of packages) {
    const below = roots.some((root) => root === "" || at.startsWith(`${root}/`));
    if (!below || paths.includes(`${at}/Cargo.lock`)) roots.push(at);
  }
  return roots.slice(0, ROOTS_MAX).map((at) => {
    const locked = paths.includes(at === "" ? "Cargo.lock" : `${at}/Cargo.lock`);
    return {
      ...EMPTY_RECIPE,
      says: `Rust crates (${at === "" ? "" : `${at}/`}${locked ? "Cargo.lock" : "Cargo.toml"})`,
      at,
      registries: ["cargo"],
      needs: ["cargo"],
      files: whereCratesAre(manifests),
      fetch: [`cargo fetch${locked ? " --locked" : ""}`],
      // Members are compiled anew by every run: cargo goes by the time of files, and a run's files are new to it.
      build: ["cargo test --no-run --offline || true", FORGET_MEMBERS],
      environment: { CARGO_HOME: `${LAYER}/cargo`, CARGO_TARGET_DIR: CARGO_TARGET },
      offline: { CARGO_NET_OFFLINE: "true" },
      scratch: [{ name: "cargo-target", at: CARGO_TARGET }],
      notes: locked ? [] : ["There is no Cargo.lock, so the newest versions that fit were taken."],
    } satisfies Recipe;
  });
}

/** Takes the repository's own packages out of the cache: their compiled code must never stand in for another commit's. */
const FORGET_MEMBERS = String.raw`cargo metadata --no-deps --offline --format-version 1 | node -e 'let t="";process.stdin.on("data",d=>t+=d).on("end",()=>{for(const p of JSON.parse(t).packages)console.log(p.id)})' | while read -r id; do cargo clean --offline -p "$id" || exit 1; done && rm -rf ${CARGO_TARGET}/debug/incremental`;

function byDepth(a: string, b: string): number {
  return a.split("/").length - b.split("/").length || a.localeCompare(b);
}
