/** How a cycle is split: over ledgers, by shares that change from one era to the next. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { walletAddress } from "../../units/address.ts";
import { tagsOf, tagValue } from "../../units/message.ts";
import { createNetwork } from "../../units/network.ts";
import { node, coreNames } from "../scene/runtimes.ts";
import { oracle, workedTokens } from "../scene/scene.ts";
import { cycleTime, emitted, type Era, first, mintHost, type MintOrder, second, start } from "./mint-host.ts";

const oneThird = [
  { ledger: first, share: "1" },
  { ledger: second, share: "2" },
];

/** All to the first until the fourth cycle, then a third and two thirds, as the network did in 2024. */
const eras: readonly Era[] = [
  { from: 0, shares: [{ ledger: first, share: "1" }] },
  { from: start + 4 * cycleTime, shares: oneThird },
];

function totals(orders: readonly MintOrder[]): Map<string, bigint> {
  const sums = new Map<string, bigint>();
  for (const { ledger, quantity } of orders) sums.set(ledger, (sums.get(ledger) ?? 0n) + quantity);
  return sums;
}

test("two ledgers get a third and two thirds of each cycle, by largest remainder", () => {
  const mint = mintHost([{ from: 0, shares: oneThird }]);
  for (let cycle = 1; cycle <= 20; cycle++) {
    const reward = emitted(cycle) - emitted(cycle - 1);
    const [one, two] = mint.tick(start + cycle * cycleTime);
    assert.equal(one!.quantity + two!.quantity, reward);
    // Of two units left over in three, the first ledger has lost two thirds of one by rounding, the second one third.
    assert.equal(one!.quantity, reward / 3n + (reward % 3n === 2n ? 1n : 0n));
  }
});

test("an era begins with the first cycle that is due in it", () => {
  const mint = mintHost(eras);
  const ledgers = [3, 4, 5].map((cycle) => mint.tick(start + cycle * cycleTime).map(({ ledger }) => ledger));
  assert.deepEqual(ledgers, [[first], [first, second], [first, second]]);
});

test("a tick that catches up over the change of eras splits each cycle by its own era", () => {
  const late = mintHost(eras);
  const prompt = mintHost(eras);
  const atOnce = totals(late.tick(start + 9 * cycleTime));
  const oneByOne = totals(
    [1, 2, 3, 4, 5, 6, 7, 8, 9].flatMap((cycle) => prompt.tick(start + cycle * cycleTime)),
  );
  assert.deepEqual(atOnce, oneByOne);
  assert.equal(atOnce.get(first)! + atOnce.get(second)!, emitted(9));
  assert.ok(atOnce.get(first)! > emitted(3));
});

for (const [name, wrong] of [
  ["no era", []],
  ["a first era that is not from 0", [{ from: 5, shares: oneThird }]],
  ["eras out of order", [...eras, { from: 3, shares: oneThird }]],
  ["a share of zero", [{ from: 0, shares: [{ ledger: first, share: "0" }] }]],
  ["a ledger twice in an era", [{ from: 0, shares: [...oneThird, oneThird[0]!] }]],
  ["a ledger that is no address", [{ from: 0, shares: [{ ledger: "ledger", share: "1" }] }]],
  ["an era without shares", [{ from: 0, shares: [] }]],
] as const) {
  test(`${name} is refused at the start`, () => {
    assert.match(mintHost(wrong).post("Info", {}, start).Error ?? "", /^\[invalid-ledgers\]/);
  });
}

test("two ledgers beside each other share out what each was minted", async () => {
  const [owner, holder] = [walletAddress("owner"), walletAddress("holder")];
  const network = createNetwork();
  for (const name of coreNames) network.module(name, await node.factory(name));
  const spawn = (module: string, tags: Readonly<Record<string, string>>) =>
    network.spawn({ module, owner, tags: tagsOf(tags) });
  const post = async (
    from: string,
    target: string,
    tags: Readonly<Record<string, string>>,
    data?: string,
  ) => {
    const id = network.send({ from, target, tags: tagsOf(tags), ...(data === undefined ? {} : { data }) });
    await network.settle();
    assert.equal(network.result(id)!.Error, undefined);
  };
  const token = await spawn("token", { Name: "AO", Ticker: "AO", Denomination: "12" });
  const parameters = { "AO-Token": token, Tokens: JSON.stringify(workedTokens) };
  const ledgers = [await spawn("ledger", parameters), await spawn("ledger", parameters)];
  const shares = ledgers.map((ledger, i) => ({ ledger, share: `${i + 1}` }));
  const mint = await spawn("mint", {
    "Token-Process": token,
    "Start-Timestamp": `${network.now()}`,
    Ledgers: JSON.stringify([{ from: 0, shares }]),
  });
  await post(owner, token, { Action: "Set-Minter", Minter: mint });
  for (const ledger of ledgers) {
    await post(owner, ledger, { Action: "Set-Mint", "Mint-Process": mint });
    await post(oracle, ledger, { Action: "Set-Balances", Token: "AR", Snapshot: "1" }, `${holder},1`);
  }
  await network.advance(6 * cycleTime);
  await post(owner, mint, { Action: "Tick" });

  const read = async (target: string, tags: Readonly<Record<string, string>>) =>
    (await network.dryRun({ target, tags: tagsOf(tags) })).Messages[0]!;
  const parts = await Promise.all(
    ledgers.map(async (ledger) => {
      const { Data } = await read(ledger, { Action: "Get-Yield", Wallet: holder });
      const { Tags } = await read(token, { Action: "Balance", Recipient: ledger });
      const { withdrawable } = JSON.parse(Data!) as { withdrawable: string };
      assert.equal(withdrawable, tagValue(Tags!, "Balance"), "all that a ledger has is its holder's");
      return BigInt(withdrawable);
    }),
  );
  assert.equal(parts[0]! + parts[1]!, emitted(6));
  const excess = parts[1]! - 2n * parts[0]!;
  assert.ok(excess <= 6n && -excess <= 12n, "twice as much, but for what rounding leaves over in each cycle");
});
