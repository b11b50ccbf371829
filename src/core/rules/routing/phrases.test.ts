import { describe, expect, it } from "@jest/globals";
import { type SignalName, signalsOf } from "./signals.ts";
import { readTicket } from "./text.ts";

const has = (signal: SignalName, title: string, body = "") => signalsOf(readTicket(title, body)).includes(signal);

/** Each phrase, and its twin that has the same words and means something else. */
describe("phrases in titles", () => {
  it.each<[SignalName, string, string]>([
    ["title-error-line", "OSError: [Errno 28] No space left on device", "Better error messages for a full disk"],
    ["title-error-line", "panic: close of nil channel", "Panic button in the header"],
    ["title-error-line", "EPERM on rename", "Rename the permissions page"],
    ["title-gerund-states", "Closing a tab loses its history", "Closing of accounts"],
    ["title-notice", "Push message when a parcel is delivered", "No push message when a parcel is delivered"],
    ["title-notice", "Alert if the disk is full", "Alert shows the wrong disk if two are full"],
    ["make-event", "Show a hint after the first login", "The hint flickers after the first login"],
    ["title-event", "Wrong total after a refund", "Show the total after a refund"],
    ["title-fault-as-thing", "Resend bounced mails after failed deliveries", "Mails failed"],
    ["title-code-rules", "Turn on strictPropertyInitialization", "Restrict the number of rows"],
    ["title-tests", "Unit tests for the importer", "Protest page"],
    ["title-product-text", "Reactions to comments", "Commentary track"],
    ["title-asks-for-words", "How to change the port", "Show the port"],
    ["title-lacks", "No scrollbar in the list", "Number the list"],
    ["tag-documents", "Handbook: second picture", "Second picture: handbook"],
    ["title-wrong", "The list has issues", "Sort issues by date"],
    ["title-wrong", "Songs come in random order", "Mail for a new order"],
    ["title-states", "The job runs twice", "Dry run option for the importer"],
    ["title-documents", "Examples of filters", "Button for a recipe"],
  ])("%s holds for %j, not for %j", (signal, one, other) => {
    expect([has(signal, one), has(signal, other)]).toEqual([true, false]);
  });

  it("takes a call in code for the subject of the sentence", () => {
    expect(has("title-states", "`floor(-1)` returns zero")).toBe(true);
  });

  it("reads output below a title as a report", () => {
    expect(has("output-only", "Build", "Traceback (most recent call last):")).toBe(true);
    expect(has("output-only", "Build", "It should be faster on Windows.")).toBe(false);
  });
});
