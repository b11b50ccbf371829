import { COMPILED } from "./kinds-compiled.ts";
import { proveKinds } from "./prove-kind.ts";

proveKinds(COMPILED);
