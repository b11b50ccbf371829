export { parseHours } from "./parse.js";
export { isOpen } from "./open.js";
export { formatHours } from "./format.js";
