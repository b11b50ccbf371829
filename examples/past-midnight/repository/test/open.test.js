import assert from "node:assert/strict";
import { test } from "node:test";
import { isOpen } from "../src/open.js";
import { parseHours } from "../src/parse.js";

const at = (text, day, clock) => {
  const [hours, minutes] = clock.split(":").map(Number);
  return isOpen(parseHours(text), day, hours * 60 + minutes);
};

test("is open from the opening time until just before the closing time", () => {
  assert.equal(at("Mo 09:00-17:00", 0, "08:59"), false);
  assert.equal(at("Mo 09:00-17:00", 0, "09:00"), true);
  assert.equal(at("Mo 09:00-17:00", 0, "16:59"), true);
  assert.equal(at("Mo 09:00-17:00", 0, "17:00"), false);
});

test("is closed on other days", () => {
  assert.equal(at("Mo-We 09:00-17:00", 2, "12:00"), true);
  assert.equal(at("Mo-We 09:00-17:00", 3, "12:00"), false);
});

test("takes days that run over the end of the week", () => {
  assert.equal(at("Sa-Mo 10:00-14:00", 6, "12:00"), true);
  assert.equal(at("Sa-Mo 10:00-14:00", 0, "12:00"), true);
  assert.equal(at("Sa-Mo 10:00-14:00", 1, "12:00"), false);
});

test("takes several rules", () => {
  assert.equal(at("Mo 09:00-12:00; Mo 13:00-17:00", 0, "12:30"), false);
  assert.equal(at("Mo 09:00-12:00; Mo 13:00-17:00", 0, "13:00"), true);
});
