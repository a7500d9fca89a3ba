/** Where everything is that has ever come of an asset, and what of it nobody has told the index about. */
import { add, compare, isZero, type Natural, smaller, subtract, ZERO } from "../math/natural.ts";
import { bookBalance, committed, receive, takeOwed } from "../payouts/till.ts";
import { addBacking, takeBacking } from "./shares.ts";
import type { Asset, IndexState } from "./state.ts";

/** How long a surplus must have been there, in milliseconds: until then its notice may be on its way. */
const SURPLUS_PATIENCE = 3_600_000;

/** Backing + deposits + escrow + waiting + what is committed: law: = what came − what left. */
export function accountedFor(asset: Asset): Natural {
  const { backing, deposits, escrow, waiting, till } = asset;
  return add(add(add(backing, deposits), add(escrow, waiting)), committed(till));
}

/** What the holders have of an asset, with what is owed of it: the design's `held`. */
export function heldOf({ backing, till }: Asset): Natural {
  return add(backing, committed(till));
}

/**
 * The token's word on what the index has, while nothing is under way. What is beside the books, a donation, is the holders' once it
 * was there for an hour: until then its notice may still come. One that comes even later has it counted twice: then the books say more than
 * the token, and what was found is taken back.
 */
export function syncSurplus(asset: Asset, balance: Natural, now: number): void {
  const book = bookBalance(asset.till);
  if (compare(balance, book) < 0) takeBack(asset, subtract(book, balance));
  const surplus = compare(balance, book) > 0 ? subtract(balance, book) : ZERO;
  if (isZero(surplus) || asset.surplusAt < 0) {
    asset.surplus = surplus;
    asset.surplusAt = isZero(surplus) ? -1 : now;
    return;
  }
  const lasting = smaller(surplus, asset.surplus);
  asset.surplus = lasting;
  if (now - asset.surplusAt < SURPLUS_PATIENCE) return;
  receive(asset.till, lasting);
  addBacking(asset, lasting);
  asset.found = add(asset.found, lasting);
  asset.surplus = ZERO;
  asset.surplusAt = -1;
}

/** Takes what is missing out of what was found, as far as it is not in a lot: the rest the next time. */
function takeBack(asset: Asset, missing: Natural): void {
  const free = subtract(asset.backing, asset.reserved);
  const quantity = smaller(missing, smaller(asset.found, free));
  asset.till.received = subtract(asset.till.received, quantity);
  takeBacking(asset, quantity);
  asset.found = subtract(asset.found, quantity);
}

/** What came back to the index itself, as the token refused to send it: the holders' again. */
export function absorbOwn(state: IndexState, asset: Asset): void {
  addBacking(asset, takeOwed(asset.till, state.parameters.id));
}
