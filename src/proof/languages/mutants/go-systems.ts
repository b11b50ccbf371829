/** The system on which everything is run here. */
const HERE = new Set(["linux", "unix", process.arch === "x64" ? "amd64" : process.arch]);
const SYSTEMS = new Set(
  "aix android darwin dragonfly freebsd illumos ios js linux netbsd openbsd plan9 solaris wasip1 windows unix".split(
    " ",
  ),
);
const MACHINES = new Set(
  "386 amd64 arm arm64 loong64 mips mips64 mips64le mipsle ppc64 ppc64le riscv64 s390x wasm".split(" "),
);

/**
 * Whether a file of Go is only built for other systems, by its name (`path_windows.go`) or its constraint: nothing of it
 * can be run here, so no test can notice it. Any other tag is somebody's own and is no reason: what is built with it may
 * be another program than the one that is tested.
 */
export function isForOtherSystem(path: string, text: string): boolean {
  if (!path.endsWith(".go")) return false;
  const parts = path
    .replace(/^.*\//, "")
    .replace(/(_test)?\.go$/, "")
    .split("_")
    .slice(1);
  const ends = parts
    .slice(-2)
    .filter((one, at, all) => (MACHINES.has(one) ? at === all.length - 1 : SYSTEMS.has(one) && one !== "unix"));
  if (ends.some((one) => !HERE.has(one))) return true;
  const head = text.slice(0, /^package /m.exec(text)?.index ?? 0);
  const [, constraint] = /^\/\/go:build (.+)$/m.exec(head) ?? [];
  return constraint !== undefined && holds(constraint) === false;
}

/** @returns null for a constraint in which something else is asked for */
function holds(constraint: string): boolean | null {
  const words = constraint.match(/\w+|&&|\|\||[!()]/g) ?? [];
  if (words.some((one) => /^\w/.test(one) && !SYSTEMS.has(one) && !MACHINES.has(one))) return null;
  let at = 0;
  const either = (): boolean => {
    let is = both();
    while (words[at] === "||") {
      at++;
      is = both() || is;
    }
    return is;
  };
  const both = (): boolean => {
    let is = one();
    while (words[at] === "&&") {
      at++;
      is = one() && is;
    }
    return is;
  };
  const one = (): boolean => {
    const word = words[at++] ?? "";
    if (word === "!") return !one();
    if (word !== "(") return HERE.has(word);
    const is = either();
    at++;
    return is;
  };
  return either();
}
