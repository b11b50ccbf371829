import { oncePer, plain } from "../syntax/syntax.ts";
import type { TestText } from "../tests/test-cases.ts";
import type { TestSide } from "../tests/test-side.ts";

/** Functions that answer with nothing. */
const NOTHING = /^\{?(?:return)?(?:\(?(?:\[\]|\{\}|null|None|nil|undefined|""|''|0|\(\))\)?);?\}?$/;

const byName = oncePer(({ functions }: TestSide): ReadonlyMap<string, readonly TestText[]> => {
  const found = new Map<string, TestText[]>();
  for (const one of functions) (found.get(one.name) ?? found.set(one.name, []).get(one.name))?.push(one);
  return found;
});

/** The function as it is now. Of several of one name, as fakes of one interface have them, each is the one in its turn. */
export function sameFunction(side: TestSide, now: TestSide | null, one: TestText): TestText | undefined {
  const all = (now && byName(now).get(one.name)) ?? [];
  const old = byName(side).get(one.name) ?? [];
  return old.length === all.length ? all[old.indexOf(one)] : all[0];
}

/** Functions that gave something and give nothing now, where more of that name do than before. */
export function emptiedFunctions(side: TestSide, now: TestSide | null): TestText[] {
  if (!now) return [];
  return side.functions.flatMap((one) => {
    const same = sameFunction(side, now, one);
    if (!same || givesNothing(one) || !givesNothing(same) || plain(one.body) === plain(same.body)) return [];
    const [old, is] = [byName(side).get(one.name) ?? [], byName(now).get(one.name) ?? []];
    return is.filter(givesNothing).length > old.filter(givesNothing).length || is.length === old.length ? [same] : [];
  });
}

function givesNothing({ body }: TestText): boolean {
  return NOTHING.test(body.text.replace(/\s+/g, ""));
}
