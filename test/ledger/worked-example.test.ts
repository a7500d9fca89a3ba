/** The worked example of docs/ledger.md: A has 10 AR and 5 DAI, B weighs 3 and delegates a fifth to A; of 75, A gets 51. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { walletAddress } from "../../units/address.ts";
import { runtimes } from "../scene/runtimes.ts";
import { createScene, oracle } from "../scene/scene.ts";

const [a, b, minter] = [walletAddress("a"), walletAddress("b"), walletAddress("minter")];

for (const runtime of runtimes) {
  test(`the worked example on ${runtime.name}`, async () => {
    const scene = await createScene({
      runtime,
      token: { Minter: minter },
      ledger: { "Mint-Process": minter },
    });
    const { ask, send, ledger, token } = scene;
    const ar = { Action: "Set-Balances", Token: "AR", Snapshot: "1" };
    await send(oracle, ledger, ar, `${a},10000000000000\n${b},15000000000000`);
    await send(oracle, ledger, { ...ar, Token: "DAI" }, `${a},5000000000000000000`);
    const delegation = JSON.stringify({ walletFrom: b, walletTo: a, factor: 2000 });
    await send(b, ledger, { Action: "Set-Delegation" }, delegation);
    const read = async (action: string, wallet: string) =>
      JSON.parse((await ask(ledger, { Action: action, Wallet: wallet })).data) as Record<string, string>;

    const [ofA, ofB] = [await read("Get-Weights", a), await read("Get-Weights", b)];
    assert.equal(ofA.baseWeight, "4.500000000000000000");
    assert.equal(ofA.inDelegated, "0.600000000000000000");
    assert.equal(ofA.finalWeight, "5.100000000000000000");
    assert.equal(ofB.baseWeight, "3.000000000000000000");
    assert.equal(ofB.outDelegated, "0.600000000000000000");
    assert.equal(ofB.finalWeight, "2.400000000000000000");
    assert.equal(ofB.totalFinalWeight, "7.500000000000000000");

    const mint = { Action: "Mint", Recipient: ledger, Quantity: "75", "X-Action": "Distribute" };
    await send(minter, token, { ...mint, "X-Cycle": "1", "X-Cumulative": "75" });
    assert.equal((await read("Get-Yield", a)).withdrawable, "51");
    assert.equal((await read("Get-Yield", b)).withdrawable, "24");
  });
}
