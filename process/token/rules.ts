/** The minter's side of the supply. Law: the supply never passes the cap. */
import { add, compare, type Natural, subtract, ZERO } from "../math/natural.ts";
import type { TokenState } from "./state.ts";

/** Whether so much more may be in supply. */
export function mayMint(state: TokenState, quantity: Natural): boolean {
  const { cap } = state.parameters;
  return cap === undefined || compare(add(state.supply, quantity), cap) <= 0;
}

/**
 * How much a cumulative figure ("minted to this recipient so far") adds to what is known of it; zero for one that is
 * late or repeated.
 */
export function notYetMinted(state: TokenState, recipient: string, cumulative: Natural): Natural {
  const known = state.mintedTo[recipient] ?? ZERO;
  return compare(cumulative, known) > 0 ? subtract(cumulative, known) : ZERO;
}
