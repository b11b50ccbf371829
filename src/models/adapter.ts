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
    ...(isNamedThere(options) ? {} : { asks: options.model }),
    contextTokensMax: options.contextTokensMax,
    prices: options.prices,
    abilities,
    ask: (question, signal, watch) => new Asking(options, wire, abilities, question, signal, watch).reply(),
  };
}

/** Deployments of Azure and profiles of Bedrock have names that their owner gave: what is behind one, only its answers say. */
function isNamedThere({ api, model }: AdapterOptions): boolean {
  return api === "azure-openai" || /^arn:aws[\w-]*:bedrock:.*:(?:application-inference-profile|provisioned-model|imported-model|custom-model)/.test(model); // prettier-ignore
}
