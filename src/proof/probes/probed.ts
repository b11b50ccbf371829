/** A product file that tells what its functions are asked, and what has to lie beside it in the tree. */
export type Probed = {
  readonly text: string;
  readonly beside: readonly { readonly path: string; readonly text: string }[];
};
