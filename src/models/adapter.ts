import { abilitiesOf, type Abilities } from "./abilities.ts";
import { Asking } from "./asking.ts";
import type { Model } from "./model.ts";
import type { AdapterOptions } from "./spec.ts";
import type { Wire } from "./wires/wire.ts";

export function adapter(options: AdapterOptions, wire: Wire): Model & { readonly abilities: Abilities } {
  const abilities = abilitiesOf(options);
  return {
    name: options.name,
    vendor: options.vendor,
    ...(options.api === "azure-openai" ? {} : { asks: options.model }),
    contextTokensMax: options.contextTokensMax,
    prices: options.prices,
    abilities,
    ask: (question, signal, watch) => new Asking(options, wire, abilities, question, signal, watch).reply(),
  };
}
