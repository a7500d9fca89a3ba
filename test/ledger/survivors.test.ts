/** Faults that mutation testing planted and that no test saw. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { basisPoints } from "../../process/ledger/actions/delegate.ts";
import { walletAddress } from "../../units/address.ts";
import { createScene, oracle, sentBy } from "../scene/scene.ts";

const [a, b, c, d, e] = ["a", "b", "c", "d", "e"].map((name) => walletAddress(name)) as [
  string,
  string,
  string,
  string,
  string,
];

test("a number just below a whole one counts as that one", () => {
  assert.equal(basisPoints("109.99999999999999"), 110);
  assert.equal(basisPoints("110.00000000000001"), 110);
  assert.equal(basisPoints("109.999"), undefined);
});

test("a chain's depth is that of the longest way, whichever comes last", async () => {
  const { send, ledger } = await createScene({ ledger: { "Deepest-Chain": "3" } });
  const delegate = async (from: string, to: string) => {
    const data = JSON.stringify({ walletFrom: from, walletTo: to, factor: 1000 });
    return (await send(from, ledger, { Action: "Set-Delegation" }, data)).Error;
  };
  // From the middle one way has two more steps, and another, on either side of it by address, has one.
  const others = [b, c, d].toSorted();
  const [low, middle, high] = others as [string, string, string];
  assert.equal(await delegate(middle, e), undefined);
  for (const end of [low, middle, high]) assert.equal(await delegate(a, end), undefined);
  assert.equal(await delegate(walletAddress("f"), a), undefined);
  assert.match((await delegate(walletAddress("g"), walletAddress("f"))) ?? "", /^\[chain-too-deep\]/);
});

test("a fee that is just covered can be paid", async () => {
  const minter = walletAddress("minter");
  const { send, ledger, token } = await createScene({
    token: { Minter: minter },
    ledger: { "Mint-Process": minter, "Change-Fee": "75" },
  });
  await send(oracle, ledger, { Action: "Set-Balances", Token: "AR", Snapshot: "1" }, `${a},1000000000000`);
  const mint = { Action: "Mint", Recipient: ledger, "X-Action": "Distribute", "X-Cycle": "1" };
  const data = JSON.stringify({ walletFrom: a, walletTo: b, factor: 1000 });
  const change = async () => (await send(a, ledger, { Action: "Set-Delegation" }, data)).Error;
  await send(minter, token, { ...mint, Quantity: "74", "X-Cumulative": "74" });
  assert.match((await change()) ?? "", /^\[fee\]/);
  await send(minter, token, { ...mint, Quantity: "1", "X-Cumulative": "75" });
  assert.equal(await change(), undefined);
});

test("the balance is asked for again after five minutes, not later", async () => {
  const { send, ledger, network } = await createScene();
  const asked = async () =>
    sentBy(await send(a, ledger, { Action: "Tick" })).filter(({ Target }) => Target !== a).length;
  assert.equal(await asked(), 1);
  await network.advance(299_999);
  assert.equal(await asked(), 0);
  await network.advance(1);
  assert.equal(await asked(), 1);
});

test("a slot that is used again does not start idle", async () => {
  const { send, ask, ledger } = await createScene({ ledger: { "Smallest-Base-Weight": "1" } });
  const balances = (snapshot: number, csv: string) =>
    send(oracle, ledger, { Action: "Set-Balances", Token: "AR", Snapshot: `${snapshot}` }, csv);
  await balances(1, `${a},1000000000000`);
  await balances(2, `${b},0`);
  await balances(3, `${c},5000000000000`);
  const { data } = await ask(ledger, { Action: "Get-Weights", Wallet: c });
  assert.equal((JSON.parse(data) as { baseWeight: string }).baseWeight, "1.000000000000000000");
});
