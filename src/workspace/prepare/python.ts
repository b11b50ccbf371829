import { basename } from "node:path/posix";
import { folderOf } from "./inputs.ts";
import { declaredBy } from "./python-declared.ts";
import { lockedRequirements } from "./python-locks.ts";
import { type Editable, nameOf, type Requirements, requirementsOf } from "./python-requirements.ts";
import { VERSION_FILE, versionFilesOf } from "./python-version-file.ts";
import { undeclaredTestTools } from "./python-test-tools.ts";
import { CACHE, EMPTY_RECIPE, inFolder, LAYER, type Manifests, type Recipe, word } from "./recipe.ts";

/** Packages of Python: one virtual environment a repository, filled by pip from whatever says what is needed. */
const VENV = `${LAYER}/venv`;
const PIP = `${VENV}/bin/python -m pip install --disable-pip-version-check --no-input --quiet --progress-bar off --cache-dir ${CACHE}/pip`;
/** Asked for a package, pip says of a registry that fails only to its log why it has none. */
const PIP_LOG = `${CACHE}/pip.log`;
const WHY = `grep -o "Could not fetch URL .*" ${PIP_LOG} | tail -n 2 || true`;
const PROJECTS_MAX = 6;
const LOCKS = ["uv.lock", "poetry.lock", "pdm.lock", "Pipfile.lock"];
const DECLARING = ["pyproject.toml", "setup.py", "setup.cfg", "Pipfile", "tox.ini", "tox.toml", "noxfile.py"];
/** Beside `requirements.txt`: files whose name says that they hold what tests need. */
const TEST_FILES =
  /(^|\/)((requirements[-_.]?)?(dev|develop|development|tests?|testing|ci)([-_.]?requirements)?)\.(txt|in)$/i;
const MANIFEST =
  /(^|\/)(pyproject\.toml|setup\.(py|cfg)|Pipfile(\.lock)?|[\w.-]*requirements[\w.-]*\.txt|pytest\.ini|tox\.ini|noxfile\.py)$/;

export function python(manifests: Manifests): Recipe[] {
  const folders = [...new Set(manifests.paths.filter((path) => MANIFEST.test(path)).map(projectOf))].sort();
  const all = folders.length > 0 || !hasTests(manifests) ? folders : [""];
  return all
    .map((at) => recipeOf(manifests, at))
    .filter((one) => one !== null)
    .slice(0, PROJECTS_MAX);
}

/** `requirements/test.txt` belongs to the folder above. */
function projectOf(path: string): string {
  const folder = folderOf(path);
  return /(^|\/)requirements$/.test(folder) ? folderOf(folder) : folder;
}

/** A repository of plain files with tests has no manifest, but may need a runner. */
function hasTests(manifests: Manifests): boolean {
  return manifests.paths.some((path) => /(^|\/)(conftest|test_[^/]*)\.py$/.test(path));
}

type Wanted = {
  readonly source: string;
  readonly requirements: readonly string[];
  /** Exact and complete: nothing has to be resolved. */
  readonly pinned: boolean;
  readonly hashed: readonly Requirements[];
  readonly editable: readonly Editable[];
};

function recipeOf(manifests: Manifests, at: string): Recipe | null {
  const declared = declaredBy(manifests, at);
  const wanted = wantedBy(manifests, at, declared.requirements);
  const tools = undeclaredTestTools(manifests, at, [
    ...wanted.requirements,
    ...wanted.hashed.flatMap(({ lines }) => lines),
  ]);
  const editable = editables(wanted, at, declared.installable);
  const builds = editable.flatMap(({ folder }) => declaredBy(manifests, folder).buildRequires);
  const loose = [...new Set([...(wanted.pinned ? [] : wanted.requirements), ...tools.add, ...builds])];
  if (loose.length + wanted.requirements.length + wanted.hashed.length + editable.length === 0) return null;
  const files: Record<string, string> = {};
  const fetch = [`test -d ${VENV} || python3 -m venv ${VENV}`];
  const add = (name: string, lines: readonly string[], options: string) => {
    if (lines.length === 0) return;
    const path = inFolder(at, `coop-requirements-${name}.txt`);
    files[path] = `${lines.join("\n")}\n`;
    fetch.push(install(`-r coop-requirements-${name}.txt${options}`));
  };
  const versions = versionFilesOf(manifests, at);
  for (const path of versions) files[path] = VERSION_FILE;
  wanted.hashed.forEach(({ lines }, index) => add(`hashed-${index}`, lines.map(fromFolder(at)), ""));
  if (wanted.pinned) add("pinned", wanted.requirements, " --no-deps");
  add("loose", loose.map(fromFolder(at)), "");
  return {
    ...EMPTY_RECIPE,
    says: `Python packages (${wanted.source})`,
    at,
    registries: ["pip"],
    needs: ["python3"],
    fetch,
    build: editable.map(({ folder }) => inPlace(folder)),
    files,
    brings: versions,
    environment: { PATH: `${VENV}/bin:`, VIRTUAL_ENV: VENV },
    offline: { PIP_NO_INDEX: "1" },
    notes: tools.notes,
  };
}

function wantedBy(manifests: Manifests, at: string, declared: readonly string[]): Wanted {
  for (const path of locksFor(manifests, at)) {
    const text = manifests.text(path);
    const requirements = text === undefined ? null : lockedRequirements(basename(path), text);
    const source = folderOf(path) === at ? path : `${path} for ${at}`;
    if (requirements) return { source, requirements, pinned: true, hashed: [], editable: [] };
  }
  const own = manifests.paths.filter((path) => projectOf(path) === at && isRequirements(path));
  // `pip-compile` wrote `dev.txt` from `dev.in`; what is looser there must not stand beside its hashes.
  const files = own.filter((path) => !own.includes(path.replace(/\.in$/, ".txt")) || path.endsWith(".txt"));
  const read = files.map((path) => requirementsOf(manifests, path));
  const plain = read.filter((one) => !one.hashed);
  // Beside a requirements.txt the looser wishes of pyproject.toml hold too; pip finds versions that fit both.
  const requirements = [...new Set([...plain.flatMap(({ lines }) => lines), ...declared])];
  const hashed = read.filter((one) => one.hashed);
  const pinnedNames = new Set(hashed.flatMap(({ lines }) => lines.map(nameOf)));
  const manifest = DECLARING.map((name) => inFolder(at, name)).find((path) => manifests.paths.includes(path));
  const source = files[0] ?? (declared.length > 0 && manifest ? manifest : "what its tests use");
  return {
    source,
    requirements: requirements.filter((one) => !pinnedNames.has(nameOf(one)) || nameOf(one) === null),
    pinned: false,
    hashed,
    editable: read.flatMap((one) => one.editable),
  };
}

/** A project's own lockfiles, then that of a workspace of uv which names it as a member. */
function locksFor(manifests: Manifests, at: string): string[] {
  const steps = at === "" ? [] : at.split("/");
  const workspaces = steps.map((_, depth) => ({
    path: inFolder(steps.slice(0, depth).join("/"), "uv.lock"),
    member: steps.slice(depth).join("/"),
  }));
  const named = workspaces.filter(({ path, member }) => manifests.text(path)?.includes(` = "${member}" }`));
  return [...LOCKS.map((name) => inFolder(at, name)), ...named.map(({ path }) => path)];
}

function isRequirements(path: string): boolean {
  return (
    /(^|\/)requirements\.txt$/.test(path) ||
    (/requirements/.test(path) && TEST_FILES.test(path)) ||
    TEST_FILES.test(path)
  );
}

function editables(wanted: Wanted, at: string, installable: boolean): Editable[] {
  const own = installable && !wanted.editable.some(({ folder }) => folder === at) ? [{ folder: at, extras: [] }] : [];
  return [...wanted.editable, ...own];
}

/** Constraints are named from the root; pip is started in the project's folder. */
function fromFolder(at: string): (line: string) => string {
  const up = at === "" ? "" : "../".repeat(at.split("/").length);
  return (line) => line.replace(/^-c (\S+)$/, (_, path: string) => `-c ${up}${path}`);
}

/**
 * Wheels first: they are unpacked and not run. A package that has none is built by its own program, which then meets no
 * secret and no file of the repository, and no network but the registries.
 */
function install(what: string): string {
  return `${PIP} --only-binary :all: ${what} || { echo 'Some packages have no wheel: building them from source.'; PIP_LOG=${PIP_LOG} ${PIP} --prefer-binary ${what} || { ${WHY}; false; }; }`;
}

/** What cannot be installed in place is at least found by its imports. */
function inPlace(folder: string): string {
  const where = folder === "" ? "/workspace" : `/workspace/${folder}`;
  const site = `$(${VENV}/bin/python -c 'import sysconfig; print(sysconfig.get_path("purelib"))')`;
  const paths = `for one in ${word(`${where}/src`)} ${word(where)}; do [ -d "$one" ] && echo "$one"; done`;
  const pretend = "SETUPTOOLS_SCM_PRETEND_VERSION=0.0.0 PBR_VERSION=0.0.0 POETRY_DYNAMIC_VERSIONING_BYPASS=0.0.0";
  return `${pretend} ${PIP} --no-index --no-deps --no-build-isolation -e ${word(where)} || { echo ${word(`${where} could not be installed in place; its folders are on the search path instead.`)}; (${paths}) > "${site}/coop-workspace.pth"; }`;
}
