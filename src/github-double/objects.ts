import { createHash } from "node:crypto";

/**
 * Git's object database in memory. Objects are encoded exactly as git does, so every SHA-1 is the one that git itself
 * would compute: a program that checks what it reads against the SHA works here as it does against GitHub.
 */
export type Mode = "100644" | "100755" | "120000" | "160000" | "040000";
export type ObjectType = "blob" | "tree" | "commit";
export type FileEntry = { readonly mode: Exclude<Mode, "040000">; readonly sha: string };
/** Every file of a tree by its whole path. Submodules are entries of mode 160000. */
export type Files = ReadonlyMap<string, FileEntry>;
export type Signature = { readonly name: string; readonly email: string; readonly date: string };
export type NewCommit = {
  readonly tree: string;
  readonly parents: readonly string[];
  readonly message: string;
  readonly author: Signature;
  readonly committer: Signature;
};
export type Commit = NewCommit & { readonly sha: string };
type NamedEntry = { readonly name: string; readonly mode: Mode; readonly sha: string };

export class GitStore {
  readonly #bodies = new Map<string, { readonly type: ObjectType; readonly body: Buffer }>();
  readonly #trees = new Map<string, readonly NamedEntry[]>();
  readonly #commits = new Map<string, Commit>();
  readonly #flat = new Map<string, Files>();

  typeOf(sha: string): ObjectType | null {
    return this.#bodies.get(sha)?.type ?? null;
  }

  size(sha: string): number {
    return this.#bodies.get(sha)?.body.length ?? 0;
  }

  /** @throws when the blob does not exist: callers check `typeOf` for what a client names */
  blob(sha: string): Buffer {
    const found = this.#bodies.get(sha);
    if (found?.type !== "blob") throw new Error(`No blob ${sha}`);
    return found.body;
  }

  commit(sha: string): Commit {
    const found = this.#commits.get(sha);
    if (!found) throw new Error(`No commit ${sha}`);
    return found;
  }

  tree(sha: string): readonly NamedEntry[] {
    const found = this.#trees.get(sha);
    if (!found) throw new Error(`No tree ${sha}`);
    return found;
  }

  writeBlob(data: Buffer): string {
    return this.#write("blob", data);
  }

  writeCommit(commit: NewCommit): string {
    const lines = [
      `tree ${commit.tree}`,
      ...commit.parents.map((parent) => `parent ${parent}`),
      `author ${signatureLine(commit.author)}`,
      `committer ${signatureLine(commit.committer)}`,
    ];
    const sha = this.#write("commit", Buffer.from(`${lines.join("\n")}\n\n${commit.message}`));
    this.#commits.set(sha, { ...commit, sha });
    return sha;
  }

  /** All files below a tree. */
  files(treeSha: string): Files {
    const known = this.#flat.get(treeSha);
    if (known) return known;
    const files = new Map<string, FileEntry>();
    for (const { name, mode, sha } of this.tree(treeSha)) {
      if (mode !== "040000") files.set(name, { mode, sha });
      else for (const [path, entry] of this.files(sha)) files.set(`${name}/${path}`, entry);
    }
    this.#flat.set(treeSha, files);
    return files;
  }

  filesOf(commitSha: string): Files {
    return this.files(this.commit(commitSha).tree);
  }

  /** Writes the trees that hold exactly these files. */
  writeFiles(files: Files): string {
    const entries: NamedEntry[] = [];
    const folders = new Map<string, Map<string, FileEntry>>();
    for (const [path, entry] of files) {
      const slash = path.indexOf("/");
      if (slash < 0) entries.push({ name: path, ...entry });
      else {
        const folder = folders.get(path.slice(0, slash)) ?? new Map<string, FileEntry>();
        folders.set(path.slice(0, slash), folder.set(path.slice(slash + 1), entry));
      }
    }
    for (const [name, below] of folders) entries.push({ name, mode: "040000", sha: this.writeFiles(below) });
    return this.#writeTree(entries);
  }

  #writeTree(entries: NamedEntry[]): string {
    // Git sorts a folder as if its name ended in a slash; another order gives another SHA.
    const key = (entry: NamedEntry) => Buffer.from(entry.mode === "040000" ? `${entry.name}/` : entry.name);
    const sorted = entries.toSorted((a, b) => Buffer.compare(key(a), key(b)));
    const parts = sorted.flatMap(({ mode, name, sha }) => [
      Buffer.from(`${mode.replace(/^0/, "")} ${name}\0`),
      Buffer.from(sha, "hex"),
    ]);
    const sha = this.#write("tree", Buffer.concat(parts));
    this.#trees.set(sha, sorted);
    return sha;
  }

  #write(type: ObjectType, body: Buffer): string {
    const sha = createHash("sha1").update(`${type} ${body.length}\0`).update(body).digest("hex");
    if (!this.#bodies.has(sha)) this.#bodies.set(sha, { type, body });
    return sha;
  }
}

function signatureLine({ name, email, date }: Signature): string {
  const clean = (text: string) => text.replace(/[<>\n\0]/g, "").trim();
  return `${clean(name)} <${clean(email)}> ${Math.floor(Date.parse(date) / 1000)} +0000`;
}
