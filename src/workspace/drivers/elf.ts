/** Programs of a few hundred bytes for Linux, written out by hand: no compiler is needed, and nothing is linked to. */
export const ADDRESS = 0x400000;
const CODE = 0x78;
const ELF_HEADER_BYTES = 64;
const PROGRAM_HEADER_BYTES = 56;
const MACHINES: Readonly<Record<"x64" | "arm64", number>> = { x64: 62, arm64: 183 };

/**
 * @param code in hexadecimal for each processor; it begins at 0x78
 * @param size of the whole file in bytes; what is behind the code is for data
 * @returns null for a processor that it was not written for
 */
export function elf(
  architecture: string,
  code: Readonly<Record<"x64" | "arm64", readonly string[]>>,
  size: number,
): Buffer | null {
  if (architecture !== "x64" && architecture !== "arm64") return null;
  const file = Buffer.alloc(size);
  writeHeaders(file, MACHINES[architecture]);
  Buffer.from(code[architecture].join(" ").replaceAll(" ", ""), "hex").copy(file, CODE);
  return file;
}

/** An ELF file of one segment, which can be read and executed but not written. */
function writeHeaders(file: Buffer, machine: number): void {
  Buffer.from("7f454c4602010100", "hex").copy(file);
  const EXECUTABLE = 2;
  file.writeUInt16LE(EXECUTABLE, 16);
  file.writeUInt16LE(machine, 18);
  file.writeUInt32LE(1, 20);
  file.writeBigUInt64LE(BigInt(ADDRESS + CODE), 24);
  file.writeBigUInt64LE(BigInt(ELF_HEADER_BYTES), 32);
  file.writeUInt16LE(ELF_HEADER_BYTES, 52);
  file.writeUInt16LE(PROGRAM_HEADER_BYTES, 54);
  file.writeUInt16LE(1, 56);
  const [LOAD, READ_EXECUTE] = [1, 5];
  const at = ELF_HEADER_BYTES;
  file.writeUInt32LE(LOAD, at);
  file.writeUInt32LE(READ_EXECUTE, at + 4);
  file.writeBigUInt64LE(BigInt(ADDRESS), at + 16);
  file.writeBigUInt64LE(BigInt(ADDRESS), at + 24);
  file.writeBigUInt64LE(BigInt(file.length), at + 32);
  file.writeBigUInt64LE(BigInt(file.length), at + 40);
  // The largest page of either processor.
  file.writeBigUInt64LE(0x10000n, at + 48);
}
