const WORDS: Readonly<Record<string, string>> = {
  ENOENT: "it does not exist",
  EISDIR: "it is a folder",
  ENOTDIR: "a part of the path is a file, not a folder",
  EEXIST: "there is a file of that name",
  EACCES: "you may not read or write there",
  EPERM: "you may not read or write there",
  EROFS: "the disk can only be read",
  ENOSPC: "the disk is full",
  EDQUOT: "your part of the disk is full",
  ELOOP: "its symbolic links lead in a circle",
  ENAMETOOLONG: "the name is too long",
  EMFILE: "too many files are open",
};

/** Why a path cannot be used, in words; a code of the system that has none stays as it is. */
export function pathTrouble(error: unknown): string {
  const code = (error as NodeJS.ErrnoException | null)?.code;
  return (code && WORDS[code]) ?? code ?? "the system does not say why";
}

const FULL = ["ENOSPC", "EDQUOT"];
const IN_THE_WAY = ["EEXIST", "ENOTDIR"];

/** What helps where `what` could not be written. */
export function writeRemedy(error: unknown, what: string): string {
  const code = (error as NodeJS.ErrnoException | null)?.code ?? "";
  if (IN_THE_WAY.includes(code)) return "Move that file away, then run this again.";
  return FULL.includes(code) ? "Make room on the disk, then run this again." : `Make ${what} writable.`;
}
