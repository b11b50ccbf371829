import { ADDRESS, elf } from "./elf.ts";

/**
 * A program of 500 bytes for Linux, made here because no command of util-linux can do either of its two things:
 *
 * - with arguments: promises never to gain privileges, loads the system call filter, and becomes the program named by
 *   its first argument (an absolute path);
 * - without: switches the loopback interface of its network namespace on.
 *
 * It links to nothing. The instructions stand beside their bytes, so that the bytes can be checked with an assembler:
 * `test/contracts/sandbox-loader.system.ts` runs it. Layout of the file: headers, code at 0x78, the interface's name and
 * flags at 0x1c0, `struct sock_fprog` at 0x200, the filter after it.
 */
const INTERFACE = 0x1c0;
const PROGRAM = 0x200;
const FILTER = 0x210;
const FILTER_LINE_BYTES = 8;

const X64 = [
  "48 89 e3", //                mov rbx, rsp           argc, argv, 0, environment
  "48 83 3b 01", //             cmp qword [rbx], 1
  "74 59", //                   je up
  "bf 26 00 00 00", //          mov edi, 38            PR_SET_NO_NEW_PRIVS
  "be 01 00 00 00", //          mov esi, 1
  "31 d2", //                   xor edx, edx
  "45 31 d2", //                xor r10d, r10d
  "45 31 c0", //                xor r8d, r8d
  "b8 9d 00 00 00 0f 05", //    mov eax, 157; syscall  prctl
  "85 c0 75 30", //             test eax, eax; jnz fail
  "bf 16 00 00 00", //          mov edi, 22            PR_SET_SECCOMP
  "be 02 00 00 00", //          mov esi, 2             SECCOMP_MODE_FILTER
  "ba 00 02 40 00", //          mov edx, 0x400200
  "b8 9d 00 00 00 0f 05", //    mov eax, 157; syscall  prctl
  "85 c0 75 16", //             test eax, eax; jnz fail
  "48 8d 73 10", //             lea rsi, [rbx+16]      from argv[1]
  "48 8b 3e", //                mov rdi, [rsi]
  "48 8b 03", //                mov rax, [rbx]
  "48 8d 54 c3 10", //          lea rdx, [rbx+rax*8+16]
  "b8 3b 00 00 00 0f 05", //    mov eax, 59; syscall   execve
  "bf 7e 00 00 00", //    fail: mov edi, 126
  "b8 3c 00 00 00 0f 05", //    mov eax, 60; syscall   exit
  "bf 02 00 00 00", //      up: mov edi, 2             AF_INET
  "be 02 00 00 00", //          mov esi, 2             SOCK_DGRAM
  "31 d2", //                   xor edx, edx
  "b8 29 00 00 00 0f 05", //    mov eax, 41; syscall   socket
  "89 c7", //                   mov edi, eax
  "be 14 89 00 00", //          mov esi, 0x8914        SIOCSIFFLAGS
  "ba c0 01 40 00", //          mov edx, 0x4001c0
  "b8 10 00 00 00 0f 05", //    mov eax, 16; syscall   ioctl
  "89 c7 83 e7 01", //          mov edi, eax; and edi, 1
  "b8 3c 00 00 00 0f 05", //    mov eax, 60; syscall   exit
];

const ARM64 = [
  "f3 03 00 91", //             mov x19, sp
  "60 02 40 f9 1f 04 00 f1", // ldr x0, [x19]; cmp x0, #1
  "40 03 00 54", //             b.eq up
  "c0 04 80 d2 21 00 80 d2", // mov x0, #38; mov x1, #1
  "02 00 80 d2 03 00 80 d2", // mov x2, #0; mov x3, #0
  "04 00 80 d2", //             mov x4, #0
  "e8 14 80 d2 01 00 00 d4", // mov x8, #167; svc #0   prctl
  "e0 01 00 b5", //             cbnz x0, fail
  "c0 02 80 d2 41 00 80 d2", // mov x0, #22; mov x1, #2
  "02 40 80 d2 02 08 a0 f2", // mov x2, #0x200; movk x2, #0x40, lsl #16
  "e8 14 80 d2 01 00 00 d4", // mov x8, #167; svc #0   prctl
  "00 01 00 b5", //             cbnz x0, fail
  "61 42 00 91 20 00 40 f9", // add x1, x19, #16; ldr x0, [x1]
  "62 02 40 f9", //             ldr x2, [x19]
  "62 0e 02 8b 42 40 00 91", // add x2, x19, x2, lsl #3; add x2, x2, #16
  "a8 1b 80 d2 01 00 00 d4", // mov x8, #221; svc #0   execve
  "c0 0f 80 d2", //       fail: mov x0, #126
  "a8 0b 80 d2 01 00 00 d4", // mov x8, #93; svc #0    exit
  "40 00 80 d2 41 00 80 d2", // up: mov x0, #2; mov x1, #2
  "02 00 80 d2", //             mov x2, #0
  "c8 18 80 d2 01 00 00 d4", // mov x8, #198; svc #0   socket
  "81 22 91 d2", //             mov x1, #0x8914
  "02 38 80 d2 02 08 a0 f2", // mov x2, #0x1c0; movk x2, #0x40, lsl #16
  "a8 03 80 d2 01 00 00 d4", // mov x8, #29; svc #0    ioctl
  "00 00 40 92", //             and x0, x0, #1
  "a8 0b 80 d2 01 00 00 d4", // mov x8, #93; svc #0    exit
];

/** @returns null for a processor that it was not written for */
export function filterLoader(architecture: string, filter: Buffer): Buffer | null {
  const file = elf(architecture, { x64: X64, arm64: ARM64 }, FILTER + filter.length);
  if (!file) return null;
  file.write("lo", INTERFACE, "latin1");
  const IFF_UP = 1;
  file.writeUInt16LE(IFF_UP, INTERFACE + 16);
  file.writeUInt16LE(filter.length / FILTER_LINE_BYTES, PROGRAM);
  file.writeBigUInt64LE(BigInt(ADDRESS + FILTER), PROGRAM + 8);
  filter.copy(file, FILTER);
  return file;
}
