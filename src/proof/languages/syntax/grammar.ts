/** The languages whose syntax is read, by the names of their grammars. */
export type Language =
  "javascript" | "typescript" | "tsx" | "python" | "go" | "java" | "rust" | "ruby" | "php" | "c-sharp" | "cpp";

const BY_ENDING: Readonly<Record<string, Language>> = {
  js: "javascript",
  cjs: "javascript",
  mjs: "javascript",
  jsx: "javascript",
  ts: "typescript",
  cts: "typescript",
  mts: "typescript",
  tsx: "tsx",
  py: "python",
  go: "go",
  java: "java",
  rs: "rust",
  rb: "ruby",
  php: "php",
  cs: "c-sharp",
  cc: "cpp",
  cpp: "cpp",
  cxx: "cpp",
  hpp: "cpp",
};

/** @returns null for a file in a language that nothing here reads */
export function languageOf(path: string): Language | null {
  return BY_ENDING[/\.(\w+)$/.exec(path)?.[1]?.toLowerCase() ?? ""] ?? null;
}

export type Family = "js" | "python" | "go" | "other";

export function familyOf(language: Language | null): Family {
  if (language === "javascript" || language === "typescript" || language === "tsx") return "js";
  return language === "python" || language === "go" ? language : "other";
}
