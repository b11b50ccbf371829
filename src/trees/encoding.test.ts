import { describe, expect, it } from "@jest/globals";
import { decode, encode, type Encoding, missingIn } from "./encoding.ts";

const bytes = (hex: string) => Buffer.from(hex.replaceAll(" ", ""), "hex");

describe("decode", () => {
  it.each<[string, Buffer, Encoding, string]>([
    ["UTF-8", Buffer.from("// größer\n"), "utf-8", "// größer\n"],
    ["Latin-1", bytes("2f2f 2067 72f6 df65 720a"), "windows-1252", "// größer\n"],
    ["Windows-1252 with its own quotes", bytes("93 61 94 0a 80"), "windows-1252", "“a”\n€"],
    ["UTF-16, little end first", bytes("fffe 6100 f600 0a00"), "utf-16le", "\ufeffaö\n"],
    ["UTF-16, big end first", bytes("feff 0061 00f6 000a"), "utf-16be", "\ufeffaö\n"],
    ["Shift-JIS", bytes("2f2f 2082 b182 f182 c982 bf82 cd0a"), "shift_jis", "// こんにちは\n"],
    ["EUC-JP", bytes("2320 a4b3 a4f3 a4cb a4c1 a4cf 0a"), "euc-jp", "# こんにちは\n"],
  ])("reads %s, and writes it back byte by byte", (_, content, encoding, text) => {
    expect(decode(content)).toEqual({ text, encoding });
    expect(encode(text, encoding)).toEqual(content);
  });

  it.each<[string, Buffer]>([
    ["a picture", bytes("89504e470d0a1a0a 0000000d")],
    ["compressed bytes without a NUL", bytes("1f8b 0801 e49f 3803 b2c1 07ff")],
    ["bytes that Windows-1252 does not define", bytes("61 81 8d 62")],
    ["half a UTF-16 character", bytes("fffe 610062")],
  ])("says no to %s", (_, content) => expect(decode(content)).toBeNull());

  it("names what an encoding has no bytes for", () => {
    expect(encode("größer", "windows-1252")).toEqual(bytes("6772f6df6572"));
    expect(encode("→", "windows-1252")).toBeNull();
    expect(missingIn("a → b", "windows-1252")).toBe("→");
  });
});
