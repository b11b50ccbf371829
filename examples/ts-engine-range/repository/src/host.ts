import semver from "semver";

/** What a plugin says of itself. */
export type Plugin = { readonly name: string; readonly version: string; readonly host?: string };

export type Loaded = { readonly loaded: string[]; readonly refused: string[] };

/** Loads the newest version of each plugin. */
export function load(plugins: readonly Plugin[]): Loaded {
  const newest = new Map<string, Plugin>();
  for (const plugin of plugins) {
    const known = newest.get(plugin.name);
    if (!known || semver.gt(plugin.version, known.version)) newest.set(plugin.name, plugin);
  }
  return { loaded: [...newest.values()].map(({ name, version }) => `${name}@${version}`), refused: [] };
}
