import { expect, it } from "@jest/globals";
import { parseTicketKey } from "./ids.ts";

it.each(["acme/shop#1", "mona-lisa/a.b_c-d#12", "mona_acme/shop#7", `${"m".repeat(39)}_acme/shop#1`])(
  "%s names a ticket",
  (key) => expect(parseTicketKey(key)).not.toBeNull(),
);

it.each(["acme#1", "acme/shop", "acme/shop#0", "a b/c#1", "a/b/c#1", "../x#1", `${"m".repeat(61)}/shop#1`])(
  "%s names none",
  (key) => expect(parseTicketKey(key)).toBeNull(),
);
