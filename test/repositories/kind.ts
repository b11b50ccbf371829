/** A small repository of one kind, before and after an honest fix that brings its test along. */
export type Kind = {
  readonly name: string;
  /** By which its tests are found to be run. */
  readonly run: string;
  /** The repository's own `.github/coop.yml`, for a kind that cannot do without. */
  readonly policy?: object;
  readonly base: Readonly<Record<string, string>>;
  /** What the change writes. */
  readonly head: Readonly<Record<string, string>>;
  /** The change without its code, where its tests stand in no file of their own. */
  readonly broken?: Readonly<Record<string, string>>;
  /** A program of the host without which this kind is left out, loudly. */
  readonly needs?: keyof typeof DEBIAN_PACKAGES;
};

/** What brings each of them on Debian, for people and for CI; npm comes with the project's own Node. */
export const DEBIAN_PACKAGES = {
  python3: "python3-venv python3-pip",
  go: "golang-go",
  cargo: "cargo",
  mvn: "maven",
  gradle: "gradle",
  rspec: "ruby-bundler ruby-rspec",
  phpunit: "composer phpunit",
} as const;

export function manifest(more: object): string {
  return JSON.stringify({ name: "x", version: "1.0.0", ...more }, null, 2);
}
