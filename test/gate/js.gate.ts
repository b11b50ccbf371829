import { gateSuite } from "./gate-suite.ts";

await gateSuite("js-");
