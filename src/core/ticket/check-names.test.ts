import { describe, expect, it } from "@jest/globals";
import { isAboutPeople } from "./check-names.ts";

describe("a check of what people have signed", () => {
  it.each(["license/cla", "legal/cla", "CLA", "cla/google", "EasyCLA", "DCO", "CLA Assistant", "CLA Assistant Lite bot", "verification/cla-signed", "dco-check", "Contributor License Agreement", "probot/dco", "EasyCLA / check", "license / cla", "verify-cla", "check-dco", "Check CLA", "DCO / DCO", "meta-cla/check", "signed-off-by"])("is %s", (name) => expect(isAboutPeople(name)).toBe(true)); // prettier-ignore

  it.each(["clang", "cla-service / unit tests", "cla/test", "test (cla)", "license", "dco-parser", "class", "build", "test/cla", "app/cla", "build/dco", "tests/dco check", "cla unit", "", `${"cla/".repeat(100)}`])("is not %j", (name) => expect(isAboutPeople(name)).toBe(false)); // prettier-ignore
});
