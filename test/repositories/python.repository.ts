import { PYTHON } from "./kinds-python.ts";
import { proveKinds } from "./prove-kind.ts";

proveKinds(PYTHON);
