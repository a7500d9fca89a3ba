/** The pool's part of the battlefield, and a message of every action of it. */
import { tagsOf, tagValue } from "../../units/message.ts";
import type { TagRecord } from "../scene/scene.ts";
import type { Observed } from "./observed.ts";
import type { Sample } from "./samples.ts";
import { samplingOf } from "./sampling.ts";

export interface PoolField {
  readonly pool: string;
  readonly coin: string;
  readonly alice: string;
  readonly bob: string;
  /** The message that began Alice's half deposit. */
  readonly deposit: string;
}

/**
 * A pool of AO and a coin. Alice has shares, half a deposit that waits, a claim, and a payout under way, number 1, whose
 * transfer was lost.
 */
export async function spawnPool(scene: Observed, alice: string, bob: string): Promise<PoolField> {
  const { network, send, ask, token, owner } = scene;
  const spawn = (module: string, tags: TagRecord) => network.spawn({ module, owner, tags: tagsOf(tags) });
  const holder = { "Initial-Supply": "1000000", "Initial-Holder": alice };
  const coin = await spawn("token", { Name: "Coin", Ticker: "COIN", Denomination: "6", ...holder });
  const pool = await spawn("pool", {
    ...{ Name: "AO-COIN", Ticker: "AO-COIN", "Token-A": token, "Token-B": coin },
    ...{ "Numbered-Transfers-A": "true", "Numbered-Transfers-B": "true" },
  });
  const pay = (from: string, Quantity: string, tags: TagRecord) =>
    send(alice, from, { Action: "Transfer", Recipient: pool, Quantity, ...tags });
  network.faults.add({ from: pool, to: token, drop: 1 });
  await pay(token, "50", {});
  network.faults.clear();
  await pay(token, "100000", { "X-Action": "Provide" });
  await pay(coin, "400000", { "X-Action": "Provide" });
  await pay(coin, "60", { "X-Action": "Refund" });
  await pay(token, "70", { "X-Action": "Provide" });
  const pending = await ask(pool, { Action: "Get-Pending-Provides", Recipient: alice });
  return { pool, coin, alice, bob, deposit: tagValue(pending.tags, "Provide-Id")! };
}

export function poolSamples(scene: Observed, field: PoolField): readonly Sample[] {
  const { token, network } = scene;
  const { pool, alice, bob, deposit } = field;
  const sampleOf = samplingOf("pool");
  const ofAlice = sampleOf("refuses", pool, alice);
  const ofToken = sampleOf("ignores", pool, token, network.authority);
  const payment = { Sender: bob, Quantity: "500" };
  const reads = ["Sender", "Quantity"];
  const question = { Token: token, Quantity: "5000" };

  return [
    ofAlice("Info"),
    ofAlice("Balance", { Recipient: alice, Target: alice }),
    ofAlice("Balances", { Cursor: "0", Limit: "10" }),
    ofAlice("Total-Supply"),
    ...["Get-Pair", "Get-Reserves", "Get-K", "Get-Fee-Percentage", "Get-Cumulative-Price"].map((action) =>
      ofAlice(action),
    ),
    ofAlice("Get-Price", question),
    ofAlice("Get-Swap-Output", question),
    ofAlice("Get-Pending-Provides", { Recipient: alice }),
    ofAlice("Get-Claimable", { Recipient: alice }),
    ofAlice("Transfer", { Recipient: bob, Quantity: "7", "X-Note": "a" }),
    ofAlice("Batch-Transfer", { "X-Note": "a" }, { data: `${bob},7` }),
    ofAlice("Burn", { Quantity: "100", "Min-Token-A": "49", "Min-Token-B": "199", "X-Note": "a" }),
    ofAlice("Cancel", { Transfer: deposit }),
    ofAlice("Claim"),
    ofAlice("Tick", {}, { open: true }),
    ofToken(
      "Credit-Notice",
      { ...payment, "X-Action": "Swap", "X-Expected-Min-Output": "1" },
      { variant: "to swap", reads },
    ),
    ofToken("Credit-Notice", { ...payment, "X-Action": "Provide" }, { variant: "to provide", reads }),
    ofToken("Credit-Notice", payment, { variant: "for nothing", reads }),
    ofToken("Debit-Notice", { "X-Payout": "1" }),
    ofToken("Transfer-Error", { "X-Payout": "1" }),
  ];
}
