import { afterAll, afterEach, beforeEach } from "@jest/globals";
import nock from "nock";

/** No test may reach the network: only servers that a test starts on this machine answer. */
beforeEach(() => {
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
});
