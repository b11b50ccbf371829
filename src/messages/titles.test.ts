import { describe, expect, it } from "@jest/globals";
import { takeIn } from "../hygiene/seen.ts";
import { plain } from "./escape.ts";

describe("titles of all languages", () => {
  it.each([
    ...[
      "می‌خواهم نشانی‌ها را ببینم",
      "क्‍ष और क्ष",
      "ক্‍ষ",
      "മലയാളം ന്‍",
      "ශ්‍රී ලංකා",
      "اردو میں لکھا ہوا",
      "עברית עם נִקּוּד",
    ],
    ...[
      "日本語のタイトルを直す",
      "修复登录错误",
      "한국어 제목",
      "ภาษาไทย",
      "Tiếng Việt có dấu",
      "Русский «в кавычках»",
      "Türkçe İıŞş",
    ],
    ...[
      "ქართული",
      "አማርኛ",
      "ខ្មែរ",
      "မြန်မာ",
      "བོད་ཡིག",
      "👩‍💻 crashes 🏳️‍🌈",
      "🇩🇪 flag",
      "☁️ sync 1️⃣",
      "x₂ ≠ y²",
      "naïve cafe\u0301",
    ],
    ...["[CLI]: crash", "Array<string> is not assignable", "a & b < c > d", "$PATH isn't read", "#include", "1. first"],
  ])("stay as they are for a model and in what we write: %j", (title) => {
    expect(takeIn(title, "line")).toMatchObject({ text: title });
    expect(plain(title)).toBe(title);
  });
});
