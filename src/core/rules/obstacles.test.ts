import { expect, it } from "@jest/globals";
import { waysOutOfDraft } from "./obstacles.ts";

it("names a command once leaving draft no longer resumes the ticket by itself", () => {
  expect(waysOutOfDraft({ unlocks: 4 })).toEqual(["leave-draft", "stop"]);
  expect(waysOutOfDraft({ unlocks: 5 })).toEqual(["resume-when-unblocked", "stop"]);
});
