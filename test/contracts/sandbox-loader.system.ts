import { describe, expect, it } from "@jest/globals";
import { apartProgram } from "../../src/workspace/drivers/apart.ts";
import { filterLoader } from "../../src/workspace/drivers/loader.ts";
import { socketFilter } from "../../src/workspace/drivers/seccomp.ts";

/** That the program does what it says is seen in the sandbox `unshare`; here are its bytes, on every machine. */
describe("the program that loads the filter", () => {
  it.each([
    ["x64", 62, 148],
    ["arm64", 183, 168],
  ])("is an ELF file for %s that ends with the filter", (architecture, machine, codeBytes) => {
    const filter = socketFilter(architecture)!;
    const file = filterLoader(architecture, filter)!;
    expect(file.subarray(0, 4).toString("latin1")).toBe("\x7fELF");
    expect(file.readUInt16LE(18)).toBe(machine);
    expect(Number(file.readBigUInt64LE(24))).toBe(0x400078);
    expect(file.readUInt16LE(0x200)).toBe(filter.length / 8);
    expect(file.subarray(0x210)).toEqual(filter);
    // The code ends before the data begins, and nothing lies between.
    expect(file.subarray(0x78 + codeBytes, 0x1c0).every((byte) => byte === 0)).toBe(true);
    expect(file[0x78 + codeBytes - 1]).not.toBe(0);
    expect(file.length).toBeLessThan(1024);
  });

  it("is not there for a processor whose calls are not known", () => {
    expect(socketFilter("mips")).toBeNull();
    expect(filterLoader("mips", Buffer.alloc(8))).toBeNull();
  });
});

describe("the program that keeps a command apart", () => {
  it.each([
    ["x64", 62, 71],
    ["arm64", 183, 84],
  ])("is an ELF file for %s that ends with what is kept apart", (architecture, machine, codeBytes) => {
    const file = apartProgram(architecture)!;
    expect(file.readUInt16LE(18)).toBe(machine);
    expect(file.subarray(0x78 + codeBytes, 0x1c0).every((byte) => byte === 0)).toBe(true);
    expect(file.subarray(0x1c0).toString("hex")).toBe(`${"00".repeat(16)}0300000000000000`);
  });

  it("is not there for a processor whose calls are not known", () => expect(apartProgram("mips")).toBeNull());
});

/** What the filter says to a call, by a small machine that runs its program. */
function verdict(filter: Buffer, data: readonly number[]): number {
  const [call = 0, architecture = 0, first = 0, second = 0, high = 0, third = 0, thirdHigh = 0] = data;
  let accumulator = 0;
  for (let at = 0; ; at++) {
    const [code, yes, no, value] = [0, 2, 3, 4].map((offset) =>
      offset === 0
        ? filter.readUInt16LE(at * 8)
        : offset === 4
          ? filter.readUInt32LE(at * 8 + 4)
          : filter.readUInt8(at * 8 + offset),
    ) as [number, number, number, number];
    if (code === 0x20)
      accumulator = { 0: call, 4: architecture, 16: first, 24: second, 28: high, 32: third, 36: thirdHigh }[value] ?? 0;
    else if (code === 0x15) at += accumulator === value ? yes : no;
    else if (code === 0x35) at += accumulator >= value ? yes : no;
    else return value;
  }
}

describe("the filter", () => {
  const X64 = 0xc000003e;
  const filter = socketFilter("x64")!;
  const [ALLOW, KILL, NO_CALL, NO_FAMILY, NO_PROTOCOL] = [0x7fff0000, 0x80000000, 0x50026, 0x50061, 0x5005d];
  it.each([
    ["read", 0, X64, 0, ALLOW],
    ["execve", 59, X64, 0, ALLOW],
    ["a local socket", 41, X64, 1, ALLOW],
    ["a pair of local sockets", 53, X64, 1, ALLOW],
    ["an IPv6 socket", 41, X64, 10, ALLOW],
    ["a netlink socket", 41, X64, 16, ALLOW],
    ["a socket to the machine below", 41, X64, 40, NO_FAMILY],
    ["a socket to the kernel's ciphers", 41, X64, 38, NO_FAMILY],
    ["io_uring_setup", 425, X64, 0, NO_CALL],
    ["add_key", 248, X64, 0, NO_CALL],
    ["request_key", 249, X64, 0, NO_CALL],
    ["keyctl", 250, X64, 0, NO_CALL],
    ["bpf", 321, X64, 0, NO_CALL],
    ["memfd_create", 319, X64, 0, NO_CALL],
    ["memfd_secret", 447, X64, 0, NO_CALL],
    ["syslog", 103, X64, 0, NO_CALL],
    ["modify_ldt", 154, X64, 0, NO_CALL],
    ["a call in its x32 form", 0x40000000 + 41, X64, 40, NO_CALL],
    ["a call of another architecture", 41, 0x40000003, 1, KILL],
  ])("decides about %s", (_name, number, architecture, argument, expected) => {
    expect(verdict(filter, [number, architecture, argument])).toBe(expected);
  });

  it.each([
    ["the interfaces", 0, ALLOW],
    ["IPsec", 6, NO_PROTOCOL],
    ["the firewall", 12, NO_PROTOCOL],
  ])("decides about a netlink socket that asks for %s", (_what, protocol, expected) => {
    expect(verdict(filter, [41, X64, 16, 3, 0, protocol])).toBe(expected);
  });

  it.each([
    ["oneself", 0, 0x7000, 0x7ffe, ALLOW],
    ["another process", 2, 0x7000, 0x7ffe, 0x50001],
    ["another process, from an address with an empty half", 2, 0, 0x7ffe, 0x50001],
    ["nobody, but reads those of another process", 2, 0, 0, ALLOW],
  ])("decides about a call that sets limits of %s", (_whom, pid, low, high, expected) => {
    expect(verdict(filter, [302, X64, pid, 7, 0, low, high])).toBe(expected);
  });

  it.each([
    ["small", 56, 0, ALLOW],
    ["as large as it may be", 65536, 0, ALLOW],
    ["larger", 65537, 0, NO_CALL],
    ["larger than four gigabytes", 56, 1, NO_CALL],
  ])("decides about a segment of shared memory that is %s", (_name, bytes, high, expected) => {
    expect(verdict(filter, [29, X64, 0, bytes, high])).toBe(expected);
  });
});
