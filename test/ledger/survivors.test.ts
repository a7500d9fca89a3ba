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

test("a cycle waits for a snapshot that takes more than two messages", async () => {
  const minter = walletAddress("minter");
  const scene = await createScene({ token: { Minter: minter }, ledger: { "Mint-Process": minter } });
  const { send, ask, ledger, token } = scene;
  const mint = { Action: "Mint", Recipient: ledger, Quantity: "100", "X-Action": "Distribute" };
  const waiting = async () =>
    (await ask(ledger, { Action: "Info" })).tags.find(({ name }) => name === "Waiting")!.value;
  const name = (i: number) => `${i}`.padStart(43, "w");
  for (let page = 1; page <= 7; page++) {
    const rows = Array.from({ length: 20_000 }, (_, i) => `${name(page * 20_000 + i)},1000000000000`);
    const tags = { Token: "AR", Snapshot: "1", Mode: "delta", Page: `${page}`, Pages: "7" };
    await send(oracle, ledger, { Action: "Set-Balances", ...tags }, rows.join("\n"));
  }
  await send(minter, token, { ...mint, "X-Cycle": "1", "X-Cumulative": "100" });
  assert.equal(await waiting(), `1${"0".repeat(44)}`);
  await send(minter, token, { ...mint, "X-Cycle": "2", "X-Cumulative": "200" });
  assert.equal(await waiting(), "0");
});

test("refunds leave room for payouts", async () => {
  const { send, ledger, token, network } = await createScene({ token: { "Initial-Supply": "1000000" } });
  network.faults.silence(token);
  const owner = walletAddress("owner");
  const gift = (i: number) => ({
    From: token,
    Tags: { Action: "Credit-Notice", Sender: owner, Quantity: "1", "X-Gift": `${i}` },
  });
  let begun = 0;
  for (let i = 0; i <= 4_096; i++) {
    const { From, Tags } = gift(i);
    const id = network.forge({
      signer: network.authority,
      fromProcess: From,
      target: ledger,
      tags: Object.entries(Tags).map(([name, value]) => ({ name, value })),
    });
    await network.settle();
    begun += sentBy(network.result(id)!).length;
  }
  assert.equal(begun, 4_096);
  assert.equal((await send(owner, ledger, { Action: "Tick" })).Error, undefined);
});

test("a wallet's past has exactly as many edges as it may", async () => {
  const minter = walletAddress("minter");
  const scene = await createScene({ token: { Minter: minter }, ledger: { "Mint-Process": minter } });
  const { send, ledger, token } = scene;
  await send(oracle, ledger, { Action: "Set-Balances", Token: "AR", Snapshot: "1" }, `${a},1000000000000`);
  const mint = { Action: "Mint", Recipient: ledger, Quantity: "1000", "X-Action": "Distribute" };
  const turn = async (round: number) => {
    const targets = Array.from({ length: 10 }, (_, i) => `${round * 10 + i}`.padStart(43, "t"));
    const delegations = targets.map((walletTo) => ({ walletTo, factor: 1000 }));
    const data = JSON.stringify({ delegations, version: round });
    const { Error: error } = await send(a, ledger, { Action: "Set-Delegations" }, data);
    await send(minter, token, { ...mint, "X-Cycle": `${round}`, "X-Cumulative": `${round * 1000}` });
    return error;
  };
  for (let round = 1; round <= 100; round++) assert.equal(await turn(round), undefined, `round ${round}`);
  assert.notEqual(await turn(101), undefined);
});
