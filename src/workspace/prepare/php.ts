import { z } from "zod";
import { folderOf } from "./inputs.ts";
import { CACHE, CERTIFICATES, EMPTY_RECIPE, inFolder, LAYER, type Manifests, type Recipe } from "./recipe.ts";

/** Packages of PHP by composer, with the scripts and plugins of the repository left out until there is no network. */
const PROJECTS_MAX = 4;
const TESTS = /(?:(?:^|\/)(?:phpunit|pest)[^/]*\.(?:xml|dist|php)|Test\.php|(?:^|\/)tests?\/[^/]*\.phpt?)$/;
const OPTIONS = "--no-interaction";

const manifestSchema = z.object({
  config: z.object({ "vendor-dir": z.string().optional() }).optional().catch(undefined),
});

export function php(manifests: Manifests): Recipe[] {
  const all = manifests.paths
    .filter((path) => /(^|\/)composer\.json$/.test(path) && manifests.text(path) !== undefined)
    .map(folderOf)
    .sort((a, b) => a.length - b.length);
  // Below another one it is a package of that repository's own, unless it has a lockfile.
  const roots = all.filter(
    (at) =>
      manifests.paths.includes(inFolder(at, "composer.lock")) ||
      !all.some((above) => above !== at && (above === "" || at.startsWith(`${above}/`))),
  );
  const tested = roots.filter((at) =>
    manifests.paths.some((path) => TESTS.test(path) && (at === "" || path.startsWith(`${at}/`))),
  );
  return tested
    .filter((at) => !manifests.paths.includes(inFolder(at, `${vendorOf(manifests, at)}/autoload.php`)))
    .slice(0, PROJECTS_MAX)
    .map((at) => recipeOf(manifests, at));
}

function vendorOf({ text }: Manifests, at: string): string {
  try {
    const named = manifestSchema.parse(JSON.parse(text(inFolder(at, "composer.json")) ?? "")).config?.["vendor-dir"];
    return named !== undefined && /^[\w-][\w.-]*(?:\/[\w-][\w.-]*)*\/?$/.test(named)
      ? named.replace(/\/$/, "")
      : "vendor";
  } catch {
    return "vendor";
  }
}

function recipeOf(manifests: Manifests, at: string): Recipe {
  const locked = manifests.paths.includes(inFolder(at, "composer.lock"));
  const vendor = vendorOf(manifests, at);
  return {
    ...EMPTY_RECIPE,
    says: `Composer packages (${inFolder(at, locked ? "composer.lock" : "composer.json")})`,
    at,
    registries: ["composer"],
    needs: ["php", "composer"],
    // The list of classes is made below, where there are files to list.
    fetch: [
      `composer install ${OPTIONS} --no-progress --no-scripts --no-plugins --no-autoloader --prefer-dist && mkdir -p ${vendor}`,
    ],
    build: [`composer dump-autoload ${OPTIONS} || composer dump-autoload ${OPTIONS} --no-scripts --no-plugins`],
    brings: [inFolder(at, vendor)],
    environment: {
      COMPOSER_HOME: `${LAYER}/composer`,
      COMPOSER_CACHE_DIR: `${CACHE}/composer`,
      COMPOSER_ALLOW_SUPERUSER: "1",
    },
    // Composer wants certificates also where it asks nobody.
    offline: { COMPOSER_DISABLE_NETWORK: "1", SSL_CERT_FILE: `${LAYER}/${CERTIFICATES}` },
    notes: locked
      ? []
      : [`${inFolder(at, "composer.json")} has no lockfile, so the newest versions that fit were installed.`],
  };
}
