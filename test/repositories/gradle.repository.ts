import { GRADLE_KINDS } from "./kinds-gradle.ts";
import { proveKinds } from "./prove-kind.ts";

proveKinds(GRADLE_KINDS);
