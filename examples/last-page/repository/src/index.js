export { pageCount, pageOf } from "./pages.js";
export { links } from "./links.js";
