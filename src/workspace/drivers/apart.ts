import { elf } from "./elf.ts";

/**
 * A program that the command of a run is started by: it enters a Landlock domain of its own and becomes the program named by its
 * first argument (an absolute path). From inside a domain no process outside can be traced, read, written or signalled. Those are
 * the first process of the sandbox and the shell around the command, which tell this server how the command ended and hand its
 * reports over; all have one user, so nothing else keeps them apart. Nothing is forbidden among the command's own processes:
 * debuggers and leak checkers work.
 *
 * Kernels before 6.12 know no such domain; there the command is started all the same. Layout of the file as in `loader.ts`; at
 * 0x1c0 stands `struct landlock_ruleset_attr`.
 */
export const APART_FILE = "/opt/coop/apart";
const ATTRIBUTES = 0x1c0;
const ATTRIBUTES_BYTES = 24;
/** Sockets with names of no file, and signals. No rights to files are named, or moving files between folders would be refused. */
const SCOPED = 3n;

const X64 = [
  "48 89 e3", //                mov rbx, rsp             argc, argv, 0, environment
  "bf c0 01 40 00", //          mov edi, 0x4001c0
  "be 18 00 00 00", //          mov esi, 24
  "31 d2", //                   xor edx, edx
  "b8 bc 01 00 00 0f 05", //    mov eax, 444; syscall    landlock_create_ruleset
  "85 c0 78 0b", //             test eax, eax; js exec
  "89 c7 31 f6", //             mov edi, eax; xor esi, esi
  "b8 be 01 00 00 0f 05", //    mov eax, 446; syscall    landlock_restrict_self
  "48 8d 73 10", //       exec: lea rsi, [rbx+16]        from argv[1]
  "48 8b 3e", //                mov rdi, [rsi]
  "48 8b 03", //                mov rax, [rbx]
  "48 8d 54 c3 10", //          lea rdx, [rbx+rax*8+16]
  "b8 3b 00 00 00 0f 05", //    mov eax, 59; syscall     execve
  "bf 7e 00 00 00", //          mov edi, 126
  "b8 3c 00 00 00 0f 05", //    mov eax, 60; syscall     exit
];

const ARM64 = [
  "f3 03 00 91", //             mov x19, sp
  "00 38 80 d2 00 08 a0 f2", // mov x0, #0x1c0; movk x0, #0x40, lsl #16
  "01 03 80 d2 02 00 80 d2", // mov x1, #24; mov x2, #0
  "88 37 80 d2 01 00 00 d4", // mov x8, #444; svc #0     landlock_create_ruleset
  "80 00 f8 37", //             tbnz w0, #31, exec
  "01 00 80 d2", //             mov x1, #0
  "c8 37 80 d2 01 00 00 d4", // mov x8, #446; svc #0     landlock_restrict_self
  "61 42 00 91 20 00 40 f9", // exec: add x1, x19, #16; ldr x0, [x1]
  "62 02 40 f9", //             ldr x2, [x19]
  "62 0e 02 8b 42 40 00 91", // add x2, x19, x2, lsl #3; add x2, x2, #16
  "a8 1b 80 d2 01 00 00 d4", // mov x8, #221; svc #0     execve
  "c0 0f 80 d2", //             mov x0, #126
  "a8 0b 80 d2 01 00 00 d4", // mov x8, #93; svc #0      exit
];

/** @returns null for a processor that it was not written for */
export function apartProgram(architecture: string): Buffer | null {
  const file = elf(architecture, { x64: X64, arm64: ARM64 }, ATTRIBUTES + ATTRIBUTES_BYTES);
  file?.writeBigUInt64LE(SCOPED, ATTRIBUTES + 16);
  return file;
}
