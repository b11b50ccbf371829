/**
 * A system call filter, as the bytes of a BPF program. A network namespace does not stop every family of sockets:
 * AF_VSOCK reaches the machine below, and AF_ALG and others are kernel code that no test suite needs. Only local,
 * internet (into a namespace without a network) and netlink sockets can be made. `io_uring` is refused because it makes
 * sockets without the system call that is watched here.
 */
const ARCHITECTURES: Partial<
  Record<string, { readonly audit: number; readonly socket: number; readonly pair: number }>
> = {
  x64: { audit: 0xc000003e, socket: 41, pair: 53 },
  arm64: { audit: 0xc00000b7, socket: 198, pair: 199 },
};
const IO_URING_SETUP = 425;
/** Set in the numbers of the x32 calls, a second way to make every call of x86-64. */
const X32_BIT = 0x40000000;
const FAMILIES = { unix: 1, inet: 2, inet6: 10, netlink: 16 };

const LOAD = 0x20;
const EQUAL = 0x15;
const AT_LEAST = 0x35;
const RETURN = 0x06;
const ALLOW = 0x7fff0000;
const KILL = 0x80000000;
const NO_SUCH_CALL = 0x00050000 | 38;
const NO_SUCH_FAMILY = 0x00050000 | 97;
/** Offsets in `struct seccomp_data`. */
const NUMBER = 0;
const ARCHITECTURE = 4;
const FIRST_ARGUMENT = 16;

type Line = readonly [code: number, whenTrue: number, whenFalse: number, value: number];

/** @returns null on an architecture whose call numbers are not known here */
export function socketFilter(architecture: string): Buffer | null {
  const numbers = ARCHITECTURES[architecture];
  if (!numbers) return null;
  // Jumps name the line they go to; line 13 refuses the family, 14 allows, 15 refuses the call.
  const lines: readonly Line[] = [
    [LOAD, 0, 0, ARCHITECTURE],
    [EQUAL, 3, 2, numbers.audit],
    [RETURN, 0, 0, KILL],
    [LOAD, 0, 0, NUMBER],
    [AT_LEAST, 15, 5, X32_BIT],
    [EQUAL, 15, 6, IO_URING_SETUP],
    [EQUAL, 8, 7, numbers.socket],
    [EQUAL, 8, 14, numbers.pair],
    [LOAD, 0, 0, FIRST_ARGUMENT],
    [EQUAL, 14, 10, FAMILIES.unix],
    [EQUAL, 14, 11, FAMILIES.inet],
    [EQUAL, 14, 12, FAMILIES.inet6],
    [EQUAL, 14, 13, FAMILIES.netlink],
    [RETURN, 0, 0, NO_SUCH_FAMILY],
    [RETURN, 0, 0, ALLOW],
    [RETURN, 0, 0, NO_SUCH_CALL],
  ];
  return Buffer.concat(lines.map(encode));
}

/** `struct sock_filter`: a jump is stored as the number of lines to skip. */
function encode([code, whenTrue, whenFalse, value]: Line, at: number): Buffer {
  const jumps = code === EQUAL || code === AT_LEAST;
  const line = Buffer.alloc(8);
  line.writeUInt16LE(code, 0);
  line.writeUInt8(jumps ? whenTrue - at - 1 : 0, 2);
  line.writeUInt8(jumps ? whenFalse - at - 1 : 0, 3);
  line.writeUInt32LE(value >>> 0, 4);
  return line;
}
