/** What can be put in the place of an answer, and what then stands there. */
export const ANSWERS = String.raw`
  const ladder = ["near:1e-6", "near:0.001", "near:0.04", "near:0.4", "near:4"];
  const textVariants = (value) => (value === "" ? ["append"] : value.toUpperCase() === value.toLowerCase() ? ["append", "prepend"] : ["append", "prepend", "case"]);
  // Of a primitive; null for everything else.
  const simpleVariants = (value, kind) => {
    switch (kind) {
      case "null":
      case "odd":
        return ["something"];
      case "boolean":
        return ["not"];
      case "integer":
      case "bigint":
        return ["plus"];
      case "number":
        return ladder;
      case "string":
        return textVariants(value);
      case "date":
        return ["later"];
      default:
        return null;
    }
  };
  const otherText = (value, variant) => {
    if (variant === "append") return value + "~";
    if (variant === "prepend") return "~" + value;
    const upper = value.toUpperCase();
    return variant === "case" ? (upper === value ? value.toLowerCase() : upper) : nothing;
  };
  const otherSimple = (value, variant, kind) => {
    if (simpleVariants(value, kind).indexOf(variant) < 0) return nothing;
    switch (kind) {
      case "null":
        return "something";
      case "odd":
        return 1;
      case "boolean":
        return !value;
      case "integer":
        return value + 1 === value ? value * 2 : value + 1;
      case "bigint":
        return value + BigInt(1);
      case "number":
        return value + Number(variant.slice(5));
      case "date":
        return new value.constructor(apply(Date.prototype.getTime, value, []) + 1000);
      default:
        return otherText(value, variant);
    }
  };
  const firstOther = (value) => {
    const kind = kindOf(value);
    const variants = simpleVariants(value, kind);
    return variants === null ? nothing : otherSimple(value, variants[0], kind);
  };
  // Of many leaves the first and the last, then evenly between.
  const leavesTried = 6;
  const chosenLeaves = (value) => {
    const all = leavesOf(value, leavesMax);
    const last = all.length - 1;
    const places = [0, last, last / 2, last / 4, (last * 3) / 4, last / 8].map(Math.floor);
    const chosen = all.length <= leavesTried ? all.map((one, at) => at) : places;
    return chosen.filter((at, index) => chosen.indexOf(at) === index).map((at) => all[at]);
  };
  const listVariants = (list) => {
    const some = list.length === 0 ? ["extra"] : ["drop", "extra"];
    return differing(list) === null ? some : [some[0], "order"].concat(some.slice(1));
  };
  // The first two that differ: where they stand.
  const differing = (list) => {
    const first = list.length === 0 ? "" : keyOf(undefined, [list[0]]);
    for (let at = 1; at < list.length && at < leavesMax; at++) if (keyOf(undefined, [list[at]]) !== first) return [0, at];
    return null;
  };
  const listInside = (value) => Object.keys(value).find((key) => Array.isArray(dataOf(value, key)) && !types.isProxy(dataOf(value, key)));
  const wholeVariants = (value, kind) => {
    if (kind === "list") return listVariants(value);
    if (kind === "bytes") return value.length === 0 ? [] : ["drop"];
    if (kind === "set") return value.size === 0 ? ["extra"] : ["drop", "extra"];
    // Whoever asks for each key by its name asks as much as who compares the whole; only of nothing one more is another answer.
    const keyed = (size) => (size === 0 ? ["extra"] : ["drop"]);
    if (kind === "map") return keyed(value.size);
    const own = kind === "plain" ? keyed(Object.keys(value).length) : [];
    const inside = kind === "plain" || kind === "instance" ? listInside(value) : undefined;
    return inside === undefined ? own : own.concat(listVariants(dataOf(value, inside)).map((one) => "list-" + one + "." + hashOfWay([{ key: inside }])));
  };
  const otherList = (list, variant) => {
    const copy = copyOf(list, "list");
    if (variant === "drop") copy.length = Math.max(0, copy.length - 1);
    else if (variant === "extra") copy[copy.length] = copy.length === 0 ? "something" : copy[copy.length - 1];
    else {
      const [one, two] = differing(list);
      [copy[one], copy[two]] = [copy[two], copy[one]];
    }
    return copy;
  };
  const otherKeyed = (value, variant, kind) => {
    const copy = copyOf(value, kind);
    const isPlain = kind === "plain";
    const keys = isPlain ? Object.keys(copy) : Array.from(copy.keys());
    const last = keys[keys.length - 1];
    if (variant === "drop") isPlain ? delete copy[last] : copy.delete(last);
    else if (isPlain) copy.somethingMore = "something";
    else if (kind === "map") copy.set("somethingMore", "something");
    else copy.add("something");
    return copy;
  };
  const otherWhole = (value, variant, kind) => {
    if (wholeVariants(value, kind).indexOf(variant) < 0) return nothing;
    if (kind === "list") return otherList(value, variant);
    if (kind === "bytes") return copyOf(value.subarray(0, value.length - 1), kind);
    if (!variant.startsWith("list-")) return otherKeyed(value, variant, kind);
    return withLeaf(value, [{ key: listInside(value) }], (list) => otherList(list, variant.slice(5, variant.indexOf("."))));
  };
  const holders = ["list", "bytes", "map", "set", "plain", "instance"];
  const variantsOf = (value, self, effects, skip) => {
    if (value === undefined) return [skip].concat(effects, "twice");
    const kind = kindOf(value);
    const simple = simpleVariants(value, kind);
    if (simple !== null) return simple.concat(effects);
    if (value === self) return ["skip:self"].concat(effects);
    if (holders.indexOf(kind) < 0) return effects;
    const leaves = chosenLeaves(value).map(({ way }, at) => "leaf:" + at + "." + hashOfWay(way));
    return leaves.slice(0, 2).concat(wholeVariants(value, kind), leaves.slice(2), effects);
  };
  // Where it stands, not the how many-eth it is: other parts may have come before it.
  const atPlace = (all, variant) => all.find(({ way }) => variant.endsWith("." + hashOfWay(way)));
  const changed = (value, variant, self) => {
    const kind = kindOf(value);
    if (simpleVariants(value, kind) !== null) return otherSimple(value, variant, kind);
    if (holders.indexOf(kind) < 0 || value === self) return nothing;
    if (!variant.startsWith("leaf:")) return otherWhole(value, variant, kind);
    const leaf = atPlace(leavesOf(value, leavesMax), variant);
    return leaf === undefined ? nothing : withLeaf(value, leaf.way, firstOther);
  };
`;
