import { describe, expect, it } from "@jest/globals";
import { isForOtherSystem } from "./go-systems.ts";

const tagged = (constraint: string) => `// A text.\n\n//go:build ${constraint}\n\npackage a\n`;

describe("a file of Go that is not built here", () => {
  it.each([
    ["path_windows.go", "package a\n"],
    ["path_darwin_arm64.go", "package a\n"],
    ["a/path_plan9_test.go", "package a\n"],
    ["path.go", tagged("windows")],
    ["path.go", tagged("!linux && !darwin")],
    ["path.go", tagged("!(linux || darwin)")],
  ])("%s: %j", (path, text) => expect(isForOtherSystem(path, text)).toBe(true));

  it.each([
    ["path.go", "package a\n"],
    ["windows.go", "package a\n"],
    ["path_unix.go", "package a\n"],
    ["path_linux.go", "package a\n"],
    ["the_path.go", "package a\n"],
    ["path.go", tagged("unix")],
    ["path.go", tagged("!windows")],
    ["path.go", tagged("windows || linux")],
    // A tag of one's own may choose what is tested.
    ["path.go", tagged("prod")],
    ["path.go", tagged("windows || !prod")],
    ["path.go", 'package a\n\nconst text = "\n//go:build windows\n"\n'],
    ["path_windows.js", ""],
  ])("is not %s: %j", (path, text) => expect(isForOtherSystem(path, text)).toBe(false));
});
