import { hasTestScript } from "./javascript.ts";
import type { Guess, Repository } from "./repository.ts";

/** Manifests that lie in folders only, as in `backend/` and `frontend/`: each folder is a part of its own. */

/** `services/api/package.json`; deeper ones are parts of something. */
const NESTED_DEPTH_MAX = 3;
/** As many of each trade as a policy would name itself. */
const NESTED_MAX = 4;
const ELSEWHERE = /(?:^|\/)(?:node_modules|vendor|third_party|fixtures?|examples?|testdata|templates?|docs)\//;

const TRADES: readonly {
  readonly manifest: string;
  /** At the root, these say that the whole repository is of that trade, folders included. */
  readonly covers: readonly string[];
  readonly run: (folder: string) => string;
}[] = [
  {
    manifest: "package.json",
    covers: ["pnpm-workspace.yaml"],
    run: (folder) => `npm --prefix ${folder} test`,
  },
  { manifest: "go.mod", covers: ["go.work"], run: (folder) => `go -C ${folder} test -v ./...` },
  { manifest: "Cargo.toml", covers: [], run: (folder) => `cargo test --manifest-path ${folder}/Cargo.toml` },
  { manifest: "pom.xml", covers: [], run: (folder) => `mvn -B -f ${folder} test` },
  { manifest: "pyproject.toml", covers: ["setup.py", "setup.cfg", "pytest.ini"], run: pytestIn },
  { manifest: "setup.py", covers: ["pyproject.toml", "setup.cfg", "pytest.ini"], run: pytestIn },
];

function pytestIn(folder: string): string {
  return `cd ${folder} && python3 -m pytest -q`;
}

/** @param alone nothing was found at the root, so that these have to do */
export async function nestedGuesses(repository: Repository, alone: boolean): Promise<Guess[]> {
  const found: Guess[] = [];
  const taken = new Set<string>();
  for (const { manifest, covers, run } of TRADES) {
    if ([manifest, ...covers].some((name) => repository.tree.has(name))) continue;
    for (const folder of foldersWith(repository, manifest).slice(0, NESTED_MAX)) {
      const command = run(folder);
      const tests = manifest !== "package.json" || (await hasTestScript(repository, `${folder}/package.json`));
      const python = command.includes("pytest") && !hasPythonTests(repository, folder);
      if (!tests || python || taken.has(command)) continue;
      taken.add(command);
      found.push({ alternatives: [command], ...(alone ? {} : { extra: true }) });
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

function hasPythonTests({ tree }: Repository, folder: string): boolean {
  return [...tree.keys()].some(
    (path) => path.startsWith(`${folder}/`) && /(^|\/)(test_[^/]*|[^/]*_test)\.py$/.test(path),
  );
}
