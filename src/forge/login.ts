/**
 * The port to where people have their accounts: they say there who they are. What comes back is a token with which is asked what that
 * person may read; it is held in memory, used for nothing else and taken back when they log out.
 */
export type Login = {
  /** Where the browser goes. `challenge` is the hash of a secret that only this server knows. */
  address(asked: { readonly state: string; readonly challenge: string; readonly back: string }): string;
  exchange(given: { readonly code: string; readonly verifier: string; readonly back: string }): Promise<Exchanged>;
  /** May the person read this repository? Asked of GitHub with their own token; another one that took its name is none. */
  mayRead(token: string, place: Place): Promise<"yes" | "no" | "unknown">;
  /** Best effort: a token that cannot be taken back ends by itself. */
  takeBack(token: string): Promise<void>;
};

export type Place = { readonly owner: string; readonly name: string; readonly repositoryId: number };

export type Exchanged =
  | {
      readonly outcome: "known";
      readonly token: string;
      readonly login: string;
      /** Null for tokens that do not end by themselves. */
      readonly secondsLeft: number | null;
    }
  | { readonly outcome: "refused"; readonly why: string };
