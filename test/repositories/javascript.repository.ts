import { JAVASCRIPT } from "./kinds-javascript.ts";
import { proveKinds } from "./prove-kind.ts";

proveKinds(JAVASCRIPT);
