import { afterEach, beforeEach } from "@jest/globals";
import nock from "nock";

/** No test may reach the network: only servers that a test starts on this machine answer. */
beforeEach(() => {
  nock.disableNetConnect();
  nock.enableNetConnect(/^(127\.0\.0\.1|localhost|\[::1\])(:\d+)?$/);
});
afterEach(() => {
  nock.cleanAll();
});
