/**
 * A system call filter, as the bytes of a BPF program. A network namespace does not stop every family of sockets:
 * AF_VSOCK reaches the machine below, and AF_ALG and others are kernel code that no test suite needs. Only local,
 * internet (into a namespace without a network) and netlink sockets can be made. `io_uring` is refused because it makes
 * sockets without the system call that is watched here. Keyrings are in no namespace: a note left there would be read
 * by the next run, and the server's own keys could be. Memory that no process has mapped is counted nowhere: files in
 * memory without a name are refused (/dev/shm is there, and has a size), segments of System V are small, and its semaphores and
 * message queues, of which one user can make gigabytes in the kernel, are refused. Sockets keep the buffers that they have by
 * default: asking for another size is answered as if it had been granted, as the kernel itself does beyond its own limit. Limits can
 * be set of oneself only: `prlimit64` of another process asks for no more than the same user, and the shell around the command is one.
 */
type Numbers = {
  readonly audit: number;
  readonly socket: number;
  readonly pair: number;
  /** `shmget` */
  readonly segment: number;
  /** `setsockopt` */
  readonly option: number;
  /** `prlimit64` */
  readonly limit: number;
  readonly refused: number[];
};
const IO_URING_SETUP = 425;
const MEMFD_SECRET = 447;
/** A database's lock needs less; a namespace can have 4,096 of them. */
const SEGMENT_BYTES_MAX = 64 * 1024;
const ARCHITECTURES: Partial<Record<string, Numbers>> = {
  // Refused: add_key, request_key, keyctl; bpf, perf_event_open and userfaultfd, which are ways into the kernel;
  // memfd_create and memfd_secret; semget and msgget; syslog, which shows the machine's log, and modify_ldt.
  x64: {
    ...{ audit: 0xc000003e, socket: 41, pair: 53, segment: 29, option: 54, limit: 302 },
    refused: [IO_URING_SETUP, 248, 249, 250, 321, 298, 323, 319, MEMFD_SECRET, 64, 68, 103, 154],
  },
  arm64: {
    ...{ audit: 0xc00000b7, socket: 198, pair: 199, segment: 194, option: 208, limit: 261 },
    refused: [IO_URING_SETUP, 217, 218, 219, 280, 241, 282, 279, MEMFD_SECRET, 190, 186, 116],
  },
};
/** Set in the numbers of the x32 calls, a second way to make every call of x86-64. */
const X32_BIT = 0x40000000;
const FAMILIES = { unix: 1, inet: 2, inet6: 10 };
/** Only to ask for the network's interfaces; firewalls, IPsec and devices speak other protocols of it. */
const NETLINK = { family: 16, route: 0 };

/** Of `SOL_SOCKET`: SO_SNDBUF, SO_RCVBUF, and the two that go beyond the kernel's limit. */
const SOCKET_LEVEL = 1;
const BUFFER_SIZES = [7, 8, 32, 33];

const LOAD = 0x20;
const EQUAL = 0x15;
const AT_LEAST = 0x35;
const RETURN = 0x06;
const ALLOW = 0x7fff0000;
const KILL = 0x80000000;
const AS_IF_DONE = 0x00050000;
const NOT_PERMITTED = 0x00050000 | 1;
const NO_SUCH_CALL = 0x00050000 | 38;
const NO_SUCH_FAMILY = 0x00050000 | 97;
const NO_SUCH_PROTOCOL = 0x00050000 | 93;
/** Offsets in `struct seccomp_data`. */
const NUMBER = 0;
const ARCHITECTURE = 4;
const FIRST_ARGUMENT = 16;
const SECOND_ARGUMENT = 24;
const THIRD_ARGUMENT = 32;

/** Where a jump goes: the next line, or a line that has this label. */
type Refusal = "kill" | "not-permitted" | "no-call" | "no-family" | "no-protocol" | "as-if-done";
type Target = "next" | "allow" | Refusal | "family" | "netlink" | "segment" | "option" | "limit";
type Line = { code: number; value: number; yes?: Target; no?: Target; label?: Target };

/** @returns null on an architecture whose call numbers are not known here */
export function socketFilter(architecture: string): Buffer | null {
  const numbers = ARCHITECTURES[architecture];
  return numbers ? assemble(linesFor(numbers)) : null;
}

function linesFor({ audit, socket, pair, segment, option, limit, refused }: Numbers): Line[] {
  const families = Object.values(FAMILIES);
  return [
    { code: LOAD, value: ARCHITECTURE },
    { code: EQUAL, value: audit, no: "kill" },
    { code: LOAD, value: NUMBER },
    { code: AT_LEAST, value: X32_BIT, yes: "no-call" },
    ...refused.map((value): Line => ({ code: EQUAL, value, yes: "no-call" })),
    { code: EQUAL, value: segment, yes: "segment" },
    { code: EQUAL, value: option, yes: "option" },
    { code: EQUAL, value: limit, yes: "limit" },
    { code: EQUAL, value: socket, yes: "family" },
    { code: EQUAL, value: pair, yes: "family", no: "allow" },
    { code: LOAD, value: SECOND_ARGUMENT + 4, label: "segment" },
    { code: EQUAL, value: 0, no: "no-call" },
    { code: LOAD, value: SECOND_ARGUMENT },
    { code: AT_LEAST, value: SEGMENT_BYTES_MAX + 1, yes: "no-call", no: "allow" },
    { code: LOAD, value: SECOND_ARGUMENT, label: "option" },
    { code: EQUAL, value: SOCKET_LEVEL, no: "allow" },
    { code: LOAD, value: THIRD_ARGUMENT },
    ...BUFFER_SIZES.map((value): Line => ({ code: EQUAL, value, yes: "as-if-done" })),
    { code: AT_LEAST, value: 0, yes: "allow" },
    // A number of a process has 32 bits. 0 is oneself; a new limit that is no address only reads.
    { code: LOAD, value: FIRST_ARGUMENT, label: "limit" },
    { code: EQUAL, value: 0, yes: "allow" },
    { code: LOAD, value: THIRD_ARGUMENT },
    { code: EQUAL, value: 0, no: "not-permitted" },
    { code: LOAD, value: THIRD_ARGUMENT + 4 },
    { code: EQUAL, value: 0, yes: "allow", no: "not-permitted" },
    { code: LOAD, value: FIRST_ARGUMENT, label: "family" },
    ...families.map((value): Line => ({ code: EQUAL, value, yes: "allow" })),
    { code: EQUAL, value: NETLINK.family, yes: "netlink", no: "no-family" },
    { code: LOAD, value: THIRD_ARGUMENT, label: "netlink" },
    { code: EQUAL, value: NETLINK.route, yes: "allow", no: "no-protocol" },
    { code: RETURN, value: NO_SUCH_FAMILY, label: "no-family" },
    { code: RETURN, value: NO_SUCH_PROTOCOL, label: "no-protocol" },
    { code: RETURN, value: ALLOW, label: "allow" },
    { code: RETURN, value: AS_IF_DONE, label: "as-if-done" },
    { code: RETURN, value: NOT_PERMITTED, label: "not-permitted" },
    { code: RETURN, value: NO_SUCH_CALL, label: "no-call" },
    { code: RETURN, value: KILL, label: "kill" },
  ];
}

/** `struct sock_filter`: a jump is stored as the number of lines to skip. */
function assemble(lines: readonly Line[]): Buffer {
  const skip = (at: number, target: Target = "next") =>
    target === "next" ? 0 : lines.findIndex(({ label }) => label === target) - at - 1;
  return Buffer.concat(
    lines.map(({ code, value, yes, no }, at) => {
      const line = Buffer.alloc(8);
      line.writeUInt16LE(code, 0);
      line.writeUInt8(skip(at, yes), 2);
      line.writeUInt8(skip(at, no), 3);
      line.writeUInt32LE(value >>> 0, 4);
      return line;
    }),
  );
}
