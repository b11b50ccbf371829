import assert from "node:assert/strict";
import { test } from "node:test";
import { Bus } from "../src/bus.ts";

test("skips nobody when a listener takes itself off", () => {
  const bus = new Bus();
  const heard: string[] = [];
  const once = (value: string) => {
    heard.push(`once ${value}`);
    bus.off(once);
  };
  bus.on(once);
  bus.on((value) => heard.push(`b ${value}`));
  bus.on((value) => heard.push(`c ${value}`));
  bus.emit("1");
  bus.emit("2");
  assert.deepEqual(heard, ["once 1", "b 1", "c 1", "b 2", "c 2"]);
});

test("does not call a listener that another one took off", () => {
  const bus = new Bus();
  const heard: string[] = [];
  const second = () => heard.push("second");
  bus.on(() => bus.off(second));
  bus.on(second);
  bus.emit("1");
  assert.deepEqual(heard, []);
});
