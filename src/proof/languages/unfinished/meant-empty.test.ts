import { expect, it } from "@jest/globals";
import { isMeantEmptyName, isOfNothingName } from "./meant-empty.ts";

it.each(["noop", "noOp", "no_op", "doNothing", "do_nothing", "ignore", "ignoreError", "_", "_noop", "_on_close"])(
  "takes %s at its word",
  (name) => expect(isMeantEmptyName(name)).toBe(true),
);

it.each(["saveDefaults", "ignoreCase", "emptyTrash", "nullify", "_validate", "swallowPill", "onSave", "discardDraft"])(
  "expects something of %s",
  (name) => expect(isMeantEmptyName(name)).toBe(false),
);

it("knows classes that are nothing by their name", () => {
  expect(["NullLogger", "NoopTransport", "SilentBell", "Nop", "nopLogger"].map(isOfNothingName)).not.toContain(false);
  expect(["DefaultStore", "EmptyCart", "Annulment", "Noparking"].map(isOfNothingName)).not.toContain(true);
});
