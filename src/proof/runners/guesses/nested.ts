import { hasTestScript } from "./javascript.ts";
import { phpCommands, rubyCommands } from "./others.ts";
import { OF_TESTS, PYTHON_PROJECT, PYTHON_ROOT, pythonCommands } from "./python.ts";
import { type Guess, has, type Repository } from "./repository.ts";

/** Manifests that lie in folders only, as in `backend/` and `frontend/`: each folder is a part of its own. */

/** `services/api/package.json`; deeper ones are parts of something. */
const NESTED_DEPTH_MAX = 3;
/** As many of each trade as a policy would name itself. */
const NESTED_MAX = 4;
const ELSEWHERE = /(?:^|\/)(?:node_modules|vendor|third_party|fixtures?|examples?|testdata|templates?|docs)\//;

type Inside = (part: Repository, folder: string) => readonly string[] | Promise<readonly string[]>;
const PYTHON = { inside: inPython };

const TRADES: readonly {
  readonly manifest: string;
  /** At the root, these say that the whole repository is of that trade, folders included. */
  readonly covers: readonly string[];
  /** Started at the root, or, for a trade that has many ways, in the folder. */
  readonly run: ((folder: string) => string) | { readonly inside: Inside };
}[] = [
  {
    manifest: "package.json",
    covers: ["pnpm-workspace.yaml"],
    run: (folder) => `npm --prefix ${folder} test`,
  },
  { manifest: "go.mod", covers: ["go.work"], run: (folder) => `go -C ${folder} test -v ./...` },
  { manifest: "Cargo.toml", covers: [], run: (folder) => `cargo test --manifest-path ${folder}/Cargo.toml` },
  { manifest: "pom.xml", covers: [], run: (folder) => `mvn -B -f ${folder} test` },
  ...["build.gradle", "build.gradle.kts"].map((manifest) => ({
    manifest,
    covers: ["settings.gradle", "settings.gradle.kts", "build.gradle", "build.gradle.kts"],
    run: (folder: string) => `gradle -p ${folder} test`,
  })),
  { manifest: "Gemfile", covers: [], run: { inside: rubyCommands } },
  { manifest: "composer.json", covers: [], run: { inside: phpCommands } },
  ...PYTHON_PROJECT.map((manifest) => ({ manifest, covers: [...PYTHON_PROJECT, "pytest.ini"], run: PYTHON })),
  ...PYTHON_ROOT.map((manifest) => ({
    manifest,
    covers: [...PYTHON_PROJECT, ...PYTHON_ROOT, "conftest.py", "tox.ini"],
    run: PYTHON,
  })),
];

/** @param alone nothing was found at the root, so that these have to do */
export async function nestedGuesses(repository: Repository, alone: boolean): Promise<Guess[]> {
  const found: Guess[] = [];
  const taken = new Set<string>();
  for (const { manifest, covers, run } of TRADES) {
    if ([manifest, ...covers].some((name) => repository.tree.has(name))) continue;
    for (const folder of foldersWith(repository, manifest).slice(0, NESTED_MAX)) {
      const alternatives = typeof run === "function" ? [run(folder)] : await inFolder(repository, folder, run.inside);
      const [command] = alternatives;
      const tests = manifest !== "package.json" || (await hasTestScript(repository, `${folder}/package.json`));
      if (!tests || command === undefined || taken.has(command)) continue;
      taken.add(command);
      found.push({ alternatives, ...(alone ? {} : { extra: true }) });
    }
  }
  return found;
}

/** The outermost ones: what lies below is a member, or tested with it. */
function foldersWith({ tree }: Repository, name: string): string[] {
  const all = [...tree.keys()]
    .filter((path) => path.endsWith(`/${name}`) && path.split("/").length <= NESTED_DEPTH_MAX)
    .filter((path) => !ELSEWHERE.test(path))
    .map((path) => path.slice(0, -name.length - 1))
    .filter((folder) => /^[\w./-]+$/.test(folder) && !folder.startsWith("-"));
  return all.filter((folder) => !all.some((above) => folder.startsWith(`${above}/`)));
}

async function inFolder({ tree, blobs }: Repository, folder: string, commandsOf: Inside): Promise<string[]> {
  const below = [...tree].filter(([path]) => path.startsWith(`${folder}/`));
  const inside = new Map(below.map(([path, file]) => [path.slice(folder.length + 1), file]));
  return (await commandsOf({ tree: inside, blobs }, folder)).map((run) => `cd ${folder} && ${run}`);
}

async function inPython(part: Repository, folder: string): Promise<string[]> {
  const hasTests = has(part, /(^|\/)(?:tests?|test_[^/]*|[^/]*_test)\.py$/);
  if (!hasTests || OF_TESTS.test(folder.split("/").at(-1) ?? "")) return [];
  return pythonCommands(part);
}
