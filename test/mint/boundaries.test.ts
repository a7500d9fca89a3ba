/** The mint's edges: how far it foresees, and who gets which part when an era names its ledgers in another order. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { limits } from "../../process/protocol/limits.ts";
import { cycleTime, first, mintHost, second, start } from "./mint-host.ts";

test("the emission of 10,000 cycles after the last is told, and of none beyond", () => {
  const mint = mintHost();
  mint.tick(start + 2 * cycleTime);
  assert.notEqual(mint.emission(2 + limits.foreseenCycles).reward, "0");
  assert.throws(() => mint.emission(3 + limits.foreseenCycles), /\[too-far\]/);
});

test("parts go by ledger, in whatever order an era names them", () => {
  const mint = mintHost([
    { from: 0, shares: [{ ledger: first, share: "1" }] },
    {
      from: start + 2 * cycleTime,
      shares: [
        { ledger: second, share: "3" },
        { ledger: first, share: "1" },
      ],
    },
  ]);
  mint.tick(start + cycleTime);
  const orders = new Map(mint.tick(start + 2 * cycleTime).map(({ ledger, quantity }) => [ledger, quantity]));
  const [less, more] = [orders.get(first)!, orders.get(second)!];
  assert.ok(more > 2n * less && more < 4n * less, `${more} and ${less}`);
});
