import { gemfileFor, gemsOf } from "./gemfile.ts";
import { folderOf } from "./inputs.ts";
import { EMPTY_RECIPE, inFolder, LAYER, type Manifests, type Recipe } from "./recipe.ts";

/**
 * Gems by bundler. A Gemfile is a program, so bundler gets one of ours with what the lockfile names, and only brings the
 * gems; they are installed, native parts too, where there is no network.
 */
const GEMS = `${LAYER}/gems`;
const OURS = "coop-bundle";
const PROJECTS_MAX = 4;
const TESTS = /(?:_spec|_test|(?:^|\/)test_[^/]*)\.rb$/;

export function ruby(manifests: Manifests): Recipe[] {
  const folders = manifests.paths
    .filter((path) => /(^|\/)Gemfile$/.test(path) && manifests.text(path) !== undefined)
    .map(folderOf)
    // Many repositories of other trades have one for their pages or for a tool.
    .filter((at) => manifests.paths.some((path) => TESTS.test(path) && (at === "" || path.startsWith(`${at}/`))));
  return folders.slice(0, PROJECTS_MAX).map((at) => recipeOf(manifests, at));
}

function recipeOf(manifests: Manifests, at: string): Recipe {
  const gems = gemsOf(manifests, at);
  const none = gems.from.every((one) => one.gems.length === 0);
  const file = inFolder(at, gems.locked ? "Gemfile.lock" : "Gemfile");
  return {
    ...EMPTY_RECIPE,
    says: `Ruby gems (${file})`,
    at,
    registries: ["bundler"],
    needs: ["bundle"],
    files: { [inFolder(at, `${OURS}/Gemfile`)]: gemfileFor(gems) },
    fetch: none
      ? []
      : [`( cd ${OURS} && BUNDLE_GEMFILE="$PWD/Gemfile" BUNDLE_FROZEN=false bundle cache --no-install )`],
    build: ["bundle install --local --no-cache"],
    environment: {
      BUNDLE_PATH: `${LAYER}/bundle`,
      BUNDLE_CACHE_PATH: GEMS,
      // Settings that a repository commits may name another place, or leave out what its tests need.
      BUNDLE_APP_CONFIG: `${LAYER}/bundle-config`,
      BUNDLE_RETRY: "1",
      BUNDLE_DISABLE_VERSION_CHECK: "true",
      ...(gems.locked ? { BUNDLE_FROZEN: "true" } : {}),
    },
    notes: gems.locked ? [] : [`${file} has no lockfile, so the newest gems that fit were taken.`],
  };
}
