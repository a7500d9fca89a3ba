/** The end of a history: nothing gets lost any more, time passes, everybody claims. What must be then, whatever came before. */
import assert from "node:assert/strict";
import { answer, perform, tellFacts, wholeRound } from "./launch-acts.ts";
import { add } from "./launch-model.ts";
import type { Game } from "./launch-play.ts";
import { day, people, places } from "./launch-setup.ts";
import { type Asset, assets } from "./launch-world.ts";

/** Lets the launch come to its end on an honest network, and everybody claim, from the `first` on. */
export function settle(game: Game, first: number): void {
  const { periods, grace } = game.model.setup;
  tellFacts(game);
  for (let days = 0; days < periods + grace + 4; days++) {
    game.subject.wait(day);
    calm(game);
  }
  const accounts = [...people, places.team, places.treasury];
  accounts.forEach((_, i) => {
    const account = accounts[(i + first) % accounts.length]!;
    game.deliver({ kind: "claim", from: places.stranger, account });
  });
  for (let turn = 0; turn < 3; turn++) calm(game);
}

/** A round and all that is still open, with every answer; then what is asked about it. */
function calm(game: Game): void {
  wholeRound(game);
  game.subject.wait(700_000);
  for (const asset of assets) {
    while (game.world.vaults[asset].orders.length > 0) answer(game, asset, 0, "paid");
    perform(game, { act: "balance", asset, which: 0, stale: false });
  }
  game.deliver({ kind: "tick", by: "stranger" });
}

/** Everything is where it belongs. */
export function assertSettled(game: Game): void {
  const { model, orders, world, figures } = game;
  const figure = (name: string): bigint => BigInt(figures.info.get(name)!);
  assert.ok(model.isOver(), `still ${model.status}`);
  assert.equal(figures.info.get("Round-Phase"), "idle");
  const given = figure("Distributed-Quantity") + figure("Returned");
  assert.equal(given, model.allocation() ?? 0n, "all of the allocation was given out or back");
  assert.equal(figure("Waiting"), 0n, "no AO waits");
  world.ledgers.forEach(({ paid }, i) => {
    const [noticed, told] = [model.noticed[i]!, model.told[i]!];
    assert.equal(noticed > told ? noticed : told, paid, "all that the ledger paid has been counted");
  });
  for (const asset of assets) {
    // What a token without numbers has never answered stays open, and is shown.
    if (!world.vaults[asset].numbered || (asset === "token" && game.wasUnsure)) continue;
    assert.equal(orders.openQuantity(asset), 0n, `${asset}: nothing is pending for ever`);
    assert.equal(world.vaults[asset].balance, orders.book(asset), `${asset}: the books are right`);
    assert.deepEqual(world.vaults[asset].received, paidBy(game, asset), `${asset}: each has got theirs`);
  }
  if (!world.vaults.token.numbered || game.wasUnsure) return;
  for (const [account, { claimable }] of figures.standings) assert.equal(claimable, 0n, account);
  assert.equal(figure("Under-Way") + figure("Unconfirmed") + figure("Claimable"), 0n);
  assert.equal(figure("Token-Book-Balance"), model.foreign - refunded(game, "token"), "nothing else remains");
}

/** What each account has to have got: what was due to it, and refunds. */
function paidBy(game: Game, asset: Asset): Map<string, bigint> {
  const due = new Map<string, bigint>();
  for (const { order } of paidOrders(game, asset))
    for (const [account, quantity] of order.rows ?? [[order.recipient, order.quantity] as const])
      add(due, account, quantity);
  return due;
}

function refunded(game: Game, asset: Asset): bigint {
  const refunds = paidOrders(game, asset).filter(({ order }) => order.action === "Refund");
  return refunds.reduce((sum, { order }) => sum + order.quantity, 0n);
}

/** The orders that the launch counts as carried out. */
function paidOrders({ orders }: Game, asset: Asset) {
  return orders.settled[asset];
}
