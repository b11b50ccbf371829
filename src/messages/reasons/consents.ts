import type { ConsentCode } from "../../core/rules/why.ts";
import { code } from "../escape.ts";
import type { Sentences } from "./by-code.ts";

/** What a command that was followed is recorded with. */
export const CONSENTS: Sentences<ConsentCode> = {
  "person-said-yes": () => "A person approved this plan.",
  "person-ended-it": () => "A person ended the ticket.",
  "person-chose-model": () => "A person chose this model.",
  "model-seated": ({ model, role }) => `${code(model)} is the ${role} from now on.`,
};
