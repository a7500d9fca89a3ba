/** What a history has to remember so that its later steps can be judged. */
import { stepOf, STEPS, worthUp } from "./index-model.ts";
import type { Moment, Play } from "./index-play.ts";
import { big, day } from "./index-subject.ts";

/** Takes note of what later steps are judged by: pauses, what batches have cleared at, prices that are gone, losses. */
export function observe(moment: Omit<Moment, "after">, play: Play): void {
  const { world, step, payment, orders, before, now, untouched } = moment;
  if (untouched !== undefined) return;
  const { assets, auctions, discoveries, positions, minted } = world.subject.state();
  if (
    step.kind === "bid" &&
    payment !== undefined &&
    orders.some(({ tags }) => tags["X-Action"] === "Bid-Filled")
  ) {
    const auction = auctions[Number(payment.tags["X-Auction"]) - 1]!;
    const at = stepOf({ begin: auction.begin, best: 0n, worst: 0n }, now);
    if (at !== undefined && at < STEPS.steep) play.pauses.set(`${auction.sell}|${auction.buy}`, now + day);
  }
  for (const { id, sell, batch, open } of discoveries) {
    // What is in the book is asked while it is open: afterwards it may be empty.
    if (open)
      play.paid.set(
        id,
        batch.bids.reduce((sum, { payment: bid }) => sum + big(bid), 0n),
      );
    const price = big(batch.clearing?.price);
    if (!open && big(batch.sold) > 0n && !play.settled.has(id)) {
      play.settled.add(id);
      play.cleared.set(sell, { price, at: world.subject.now() });
    }
  }
  // A token that has left the basket comes back without a price.
  for (const [token, { price }] of play.quotes) {
    if (positions[token] !== undefined) continue;
    play.quotes.set(token, { price, at: 0 });
    play.cleared.delete(token);
  }
  if (step.kind === "mint" && payment !== undefined && big(minted) > before.minted) {
    const { high } = before.bounds.get(payment.token)!;
    play.minted.get(payment.token)!.add(now, worthUp(payment.quantity, high));
  }
  // What Sync has found is in the books from now on.
  if (step.kind === "sync")
    for (const { token, till } of assets) {
      const found = big(till.received) - before.books.get(token)!.received;
      world.given.set(token, (world.given.get(token) ?? 0n) - found);
    }
  play.slippage.watch(moment);
}
