import { folderOf } from "./inputs.ts";
import { EMPTY_RECIPE, LAYER, type Manifests, type Recipe } from "./recipe.ts";

/** Go and Rust: packages as sources, and the caches of their compilers, which are half of what a test run costs. */
const GO_CACHE = "/opt/coop/go-cache";
const CARGO_TARGET = "/opt/coop/cargo-target";
const MODULES_MAX = 12;

const GO_ENVIRONMENT = {
  GOMODCACHE: `${LAYER}/go/mod`,
  GOCACHE: GO_CACHE,
  GOFLAGS: "-modcacherw",
  GOTELEMETRY: "off",
};
/** In a run nothing can be fetched, and waiting for a network only costs time. */
const GO_OFFLINE = { GOPROXY: "off", GOSUMDB: "off" };

export function golang({ paths }: Manifests): Recipe[] {
  const modules = paths
    .filter((path) => /(^|\/)go\.mod$/.test(path))
    .map(folderOf)
    .sort();
  if (modules.length === 0) return [];
  const workspace = paths.includes("go.work");
  const folders = (workspace ? ["", ...modules.filter((one) => one !== "")] : modules).slice(0, MODULES_MAX);
  return folders.map((at) => ({
    ...EMPTY_RECIPE,
    says: `Go modules (${at === "" ? (workspace ? "go.work" : "go.mod") : `${at}/go.mod`})`,
    at,
    registries: ["go"],
    needs: ["go"],
    // A vendored module brings its packages along.
    fetch: paths.includes(at === "" ? "vendor/modules.txt" : `${at}/vendor/modules.txt`) ? [] : ["go mod download"],
    // Compiles the standard library, all packages and their tests into the cache; nothing of it is started.
    build: ["go test -count=1 -run '^$' -exec /bin/true ./... || true"],
    environment: GO_ENVIRONMENT,
    offline: GO_OFFLINE,
    scratch: [{ name: "go-cache", at: GO_CACHE }],
  }));
}

export function rust({ paths }: Manifests): Recipe[] {
  const packages = paths
    .filter((path) => /(^|\/)Cargo\.toml$/.test(path))
    .map(folderOf)
    .sort(byDepth);
  const roots: string[] = [];
  for (const at of packages) {
    const below = roots.some((root) => root === "" || at.startsWith(`${root}/`));
    if (!below || paths.includes(`${at}/Cargo.lock`)) roots.push(at);
  }
  return roots.slice(0, MODULES_MAX).map((at) => {
    const locked = paths.includes(at === "" ? "Cargo.lock" : `${at}/Cargo.lock`);
    return {
      ...EMPTY_RECIPE,
      says: `Rust crates (${at === "" ? "" : `${at}/`}${locked ? "Cargo.lock" : "Cargo.toml"})`,
      at,
      registries: ["cargo"],
      needs: ["cargo"],
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
