import { type SyntaxNode, within } from "../syntax/syntax.ts";
import { wordsOf } from "../tests/test-cases.ts";

/** Words by which tests speak of a clock of their own. */
const OWN_CLOCK =
  /^(tick|tickAsync|[aA]dvance\w*|runAll\w*|runOnlyPending\w*|runToLast\w*|useFakeTimers|fakeTimers|setSystemTime|freeze_time|freezegun|time_machine|travel|move_to|synctest|timers|now|_?[cC]lock|[fF]akeClock|mockClock|clockwork)$/;
const SLEEPS = /^(setTimeout|sleep|Sleep|delay|wait|pause|After|NewTimer|sleepMs)$/;

/** Whether a test that had a clock of its own waits for the real one now: how much time has to go by is no longer looked at. */
export function waitsForRealClock(was: SyntaxNode, is: SyntaxNode): boolean {
  return sleepsIn(is) > sleepsIn(was) && ownClockIn(is) < ownClockIn(was);
}

function ownClockIn(node: SyntaxNode): number {
  return [...within(node)].filter((one) => /identifier$/.test(one.type) && OWN_CLOCK.test(one.text)).length;
}

function sleepsIn(node: SyntaxNode): number {
  return [...within(node)].filter(
    (one) => /^call(_expression)?$/.test(one.type) && SLEEPS.test(wordsOf(one.child("function")).at(-1) ?? ""),
  ).length;
}
