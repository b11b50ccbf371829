import { afterAll, afterEach, beforeEach } from "@jest/globals";
import nock from "nock";
import { watchedBy } from "./no-network.ts";

/** For files whose HTTP nock answers; what it has no answer for reaches servers of this machine only. */
export function answerWithNock(): void {
  beforeEach(() => {
    watchedBy("nock");
    if (!nock.isActive()) nock.activate();
    nock.disableNetConnect();
    nock.enableNetConnect(/^(127\.0\.0\.1|localhost|\[::1\])(:\d+)?$/);
  });
  afterEach(() => {
    nock.cleanAll();
  });
  // One worker runs many files; without this each of them would wrap the patches of the ones before.
  afterAll(() => {
    nock.restore();
    watchedBy("us");
  });
}
