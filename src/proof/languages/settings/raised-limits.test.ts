import { expect, it } from "@jest/globals";
import { onlyRaisesLimits } from "./raised-limits.ts";

const JSON_BEFORE = '{ "check-coverage": true, "lines": 90, "branches": 80 }\n';
const TOML_BEFORE = "[tool.coverage.report]\nfail_under = 90\n";

it.each([
  ["higher in JSON", JSON_BEFORE, JSON_BEFORE.replace("80", "85"), true],
  ["higher in TOML", TOML_BEFORE, TOML_BEFORE.replace("90", "92.5"), true],
  ["higher, and one more", JSON_BEFORE, JSON_BEFORE.replace("80", '85, "functions": 90'), true],
  ["one more before the others", JSON_BEFORE, JSON_BEFORE.replace('"lines"', '"functions": 90, "lines"'), true],
  ["one more, and one lower", JSON_BEFORE, JSON_BEFORE.replace("80", '70, "functions": 90'), false],
  ["one that goes", JSON_BEFORE, JSON_BEFORE.replace(', "branches": 80', ""), false],
  [
    "for one file only",
    JSON_BEFORE,
    JSON_BEFORE.replace('"branches": 80', '"branches": 80, "a.js": { "lines": 0 }'),
    false,
  ],
  ["lower", JSON_BEFORE, JSON_BEFORE.replace("90", "20"), false],
  ["one higher, one lower", JSON_BEFORE, JSON_BEFORE.replace("90", "99").replace("80", "10"), false],
  ["higher, and something left out", TOML_BEFORE, `${TOML_BEFORE.replace("90", "95")}omit = ["a.py"]\n`, false],
  ["higher, and no longer asked for", JSON_BEFORE, JSON_BEFORE.replace("90", "95").replace("true", "false"), false],
  ["nothing", JSON_BEFORE, JSON_BEFORE, false],
  ["a limit of something else", "timeout: 10\n", "timeout: 20\n", false],
])("%s", (_what, before, after, raises) => expect(onlyRaisesLimits(before, after)).toBe(raises));
