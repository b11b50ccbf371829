import { expect, it } from "@jest/globals";
import { readerOfTests } from "../../../../test/support/parsed-texts.ts";
import { within } from "../syntax/syntax.ts";
import { hasNothingToClose, isMeantEmptyName, isOfNothingName } from "./meant-empty.ts";

const read = readerOfTests();

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

it.each<[string, string, boolean]>([
  ["numbers", "struct{ all []int }", true],
  ["nothing", "struct{}", true],
  [
    "a lock and what it guards",
    "struct {\n\tmu sync.Mutex\n\tby map[string]*Row\n}\n\ntype Row struct{ at time.Time }",
    true,
  ],
  ["itself, in a list", "struct{ next *S }", true],
  ["a file", "struct{ f *os.File }", false],
  ["something that holds a file", "struct{ one Row }\n\ntype Row struct{ f *os.File }", false],
  ["a type of another file", "struct{ one Row }", false],
  ["a channel", "struct{ done chan struct{} }", false],
  ["a function", "struct{ stop func() }", false],
  ["what waits to be written", "struct{ pending []byte }", false],
  ["a place", "struct{ path string }", false],
  ["a number of an open file", "struct{ fd int }", false],
  ["the same behind another word", "struct{ logFD, epoll_fd uintptr }", false],
  ["a socket", "struct{ sock int }", false],
  ["a handle", "struct{ handles []uintptr }", false],
  ["another process", "struct{ childPid int }", false],
  ["what only sounds like it", "struct{ rapid, handled, fdate int }", true],
])("asks no test for the close of what holds %s, as far as that is plain", async (_what, type, is) => {
  const close = (body: string) => `package a\n\ntype S ${type}\n\nfunc (s *S) Close() error {${body}}\n`;
  const asked = async (text: string) =>
    [...within((await read("a.go", text)).root)].filter(hasNothingToClose).length > 0;
  expect(await asked(close(" return nil "))).toBe(is);
  expect(await asked(close("\n\t// Nothing is open.\n\treturn nil\n"))).toBe(is);
  expect(await asked(close(" return s.err "))).toBe(false);
  expect(await asked(close(" return nil ").replace("Close", "Save"))).toBe(false);
});
