import { folderOf } from "./inputs.ts";
import { type Base, BASE, EMPTY_RECIPE, LAYER, type Manifests, type Recipe } from "./recipe.ts";

/** Go: modules as sources, and the cache of the compiler, which is most of what a test run costs. */
const GO_CACHE = "/opt/coop/go-cache";
const MODULES_MAX = 12;

const GO_ENVIRONMENT = {
  GOMODCACHE: `${LAYER}/go/mod`,
  GOCACHE: GO_CACHE,
  GOFLAGS: "-modcacherw",
  GOTELEMETRY: "off",
};
/** In a run nothing can be fetched, and waiting for a network only costs time. */
const GO_OFFLINE = { GOPROXY: "off", GOSUMDB: "off" };

/** The date of what comes from the base, so that what this repository uses of it can be told. */
const UNUSED = "200001010000";
/**
 * Go sets the date of each entry it uses that is older than an hour. Above a folder that nobody may change, each of these
 * is a copy of the whole file, in every run; a date to come keeps it from that. Old file systems end in 2038.
 */
const USED = "203701010000";
const dated = (date: string) => `find "$GOCACHE" -type f ! -name trim.txt -exec touch -t ${date} {} +`;

/** Every package of the standard library but its internals, compiled and vetted as `go test` does it. */
const STANDARD_LIBRARY: Base = {
  name: "go-cache",
  says: "the standard library of Go",
  tool: "go",
  files: {
    "go.mod": "module coop\n\ngo 1.18\n",
    "base_test.go": 'package base\n\nimport "testing"\n\nfunc TestBase(t *testing.T) {}\n',
  },
  build: [
    String.raw`{ echo 'package base'; go list std | grep -v -E '(^|/)(internal|vendor)(/|$)' | sed 's/.*/import _ "&"/'; } > base.go`,
    "go test -count=1 -run '^$' -exec /bin/true .",
    dated(UNUSED),
  ],
  environment: { ...GO_ENVIRONMENT, ...GO_OFFLINE, GOCACHE: `${BASE}/go-cache` },
};

/** Go takes out what is unused for days when its cache was never looked through, and that would be all of the base. */
const BEGIN = `[ ! -d ${BASE}/go-cache ] || { cp -a ${BASE}/go-cache/. "$GOCACHE/" && date +%s > "$GOCACHE/trim.txt"; }`;
/** What this repository does not need would only take room, in memory where a cache has to be copied for each run. */
const FINISH = `touch -t 200101010000 /tmp/unused && find "$GOCACHE" -type f ! -newer /tmp/unused -exec rm -f {} + && ${dated(USED)}`;

export function golang({ paths }: Manifests): Recipe[] {
  const modules = paths
    .filter((path) => /(^|\/)go\.mod$/.test(path))
    .map(folderOf)
    .sort();
  if (modules.length === 0) return [];
  const workspace = paths.includes("go.work");
  const folders = (workspace ? ["", ...modules.filter((one) => one !== "")] : modules).slice(0, MODULES_MAX);
  return folders.map((at, index) => ({
    ...EMPTY_RECIPE,
    says: `Go modules (${at === "" ? (workspace ? "go.work" : "go.mod") : `${at}/go.mod`})`,
    at,
    registries: ["go"],
    needs: ["go"],
    // A vendored module brings its packages along.
    fetch: paths.includes(at === "" ? "vendor/modules.txt" : `${at}/vendor/modules.txt`) ? [] : ["go mod download"],
    // Compiles all packages and their tests into the cache; nothing of it is started.
    build: [
      ...(index === 0 ? [BEGIN] : []),
      "go test -count=1 -run '^$' -exec /bin/true ./... || true",
      ...(index === folders.length - 1 ? [FINISH] : []),
    ],
    base: STANDARD_LIBRARY,
    environment: GO_ENVIRONMENT,
    offline: GO_OFFLINE,
    scratch: [{ name: "go-cache", at: GO_CACHE }],
  }));
}
