/** The worked example of docs/pi.md. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { identifier } from "../../units/address.ts";
import { formatNatural, natural } from "../../process/math/natural.ts";
import { piForYield } from "../../process/pi/minting.ts";
import { emptyIndex } from "../../process/pi/state.ts";

test("600 AO at supply 10000 and value 20000 are 300 PI", () => {
  const caps = { hour: natural(1), lot: natural(1), slippage: natural(1) };
  const factor = natural(1);
  const auctions = { stepLength: 1, steps: [1, 1, 1, 1], multiple: 30_000, factor, pause: 1 } as const;
  const state = emptyIndex(
    {
      ...{ id: identifier("pi"), token: identifier("token"), ao: identifier("ao"), ar: identifier("ar") },
      ...{ ledgers: [identifier("ledger")], factory: "", guardian: "", sources: [], fanOut: 10 },
      ...{ numbered: [] },
      ...{ bootstrapMultiplier: natural(0), bootstrapUntil: 0, fee: 50, sessionPatience: 1 },
      ...{ launchPrice: { life: 1, band: 1 }, auctions },
    },
    caps,
  );
  state.supply = natural(10_000);
  state.assets[0]!.backing = natural(20_000);
  assert.equal(formatNatural(piForYield(state, natural(600), 1)!), "300");
  assert.equal(formatNatural(piForYield(state, natural(1), 1)!), "0", "rounded down");
});
