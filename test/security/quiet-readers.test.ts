import node from "node:process";
import { afterEach, beforeEach, expect, it } from "@jest/globals";
import { z } from "zod";
import { readYaml } from "../../src/steps/yaml-problems.ts";
import { withoutPrograms } from "../../src/workspace/prepare/yarn-settings.ts";

/** A library that warns prints what strangers wrote past the log, where nothing redacts it and no line has a form. */
let printed: unknown[] = [];
const { emitWarning } = node;
beforeEach(() => {
  printed = [];
  node.emitWarning = (warning: unknown) => void printed.push(warning);
});
afterEach(() => {
  node.emitWarning = emitWarning;
});

it.each(["? [a, b]\n: c\n", "[x]: y\n", "? {a: 1}\n: 2\n", "? - SECRETLY\n: d\n"])(
  "nothing is printed past the log for YAML with odd keys: %j",
  (text) => {
    readYaml(text, z.unknown());
    withoutPrograms({ paths: [".yarnrc.yml"], text: () => text });
    expect(printed).toEqual([]);
  },
);
