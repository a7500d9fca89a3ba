/** The index after the launches' periods: minted by yield, rebalanced by an auction, minted by deposits, partly redeemed. */
import { findings } from "../../deployment/laws/law.ts";
import { judgeIndex, piAtRest, readPi } from "../../deployment/laws/pi.ts";
import type { Wallet } from "../../units/items/wallet.ts";
import type { Day } from "./day.ts";
import { walletOf } from "./wallets.ts";

/** What the feed says of AR: so much AO for one, times 10^30. */
const arPrice = 2n * 10n ** 30n;
/** An auction is bid in once its price has fallen to about the middle of its bounds. */
const patience = 45 * 60_000;

export interface Holding {
  readonly asset: string;
  readonly ticker: string;
  readonly denomination: string;
  readonly backing: string;
  readonly share: string;
  readonly target: string;
}

/** The basket at one moment. `value` in smallest units of AO. */
export interface Holdings {
  readonly supply: bigint;
  readonly value: bigint;
  readonly assets: readonly Holding[];
}

export interface PiResult {
  /** PI minted for yield, and to how many delegators. */
  readonly byYield: bigint;
  readonly delegators: number;
  readonly before: Holdings;
  readonly after: Holdings;
  readonly auction: { readonly sold: bigint; readonly paid: bigint };
  /** PI for a deposit in kind, and for AR alone; and what was redeemed. */
  readonly inKind: bigint;
  readonly byValue: bigint;
  readonly redeemed: bigint;
  readonly wrong: readonly string[];
}

/** Takes the index through everything that it does; undefined where nobody delegates to it. Throws DeploymentError. */
export async function runIndex(day: Day): Promise<PiResult | undefined> {
  const { processes, client, deployer, ask, progress } = day;
  const { pi: index, "pi-token": pi, ar, token } = processes as Record<string, string>;
  const bot = walletOf("bot");
  const step = (done: number): void => progress("running the index", done, 5);
  step(0);
  await client.send(deployer, index!, { Action: "Tick" }, "1");
  await settle(day);
  await tellPrice(day);
  const before = await readHoldings(day);
  if (before.supply === 0n) return undefined;
  step(1);
  const transfer = { Action: "Transfer", Recipient: bot.address, Quantity: "100000000000000000" };
  await client.send(deployer, ar!, transfer, " ");
  await settle(day);
  const auction = await rebalance(day, bot);
  step(2);
  const inKind = await depositInKind(day, bot);
  step(3);
  await tellPrice(day);
  await give(day, bot, ar!, 10n ** 12n, { "X-Action": "Mint", "X-Min-Out": "1" });
  const held = await balanceOf(day, pi!, bot.address);
  step(4);
  await give(day, bot, pi!, held / 2n, { "X-Action": "Redeem" });
  await tellPrice(day);
  const after = await readHoldings(day);
  const history = await client.read(index!, { Action: "Get-Yield-Tick-History" });
  const { tag } = await ask(index!, { Action: "Info" });
  const judged = [
    ...(await judgeIndex(ask, index!, {})),
    ...findings(piAtRest, await readPi(ask, index!, {})),
  ];
  step(5);
  return {
    byYield: (history as unknown as { TotalMintedInTick: string }[]).reduce(
      (sum, { TotalMintedInTick }) => sum + BigInt(TotalMintedInTick),
      0n,
    ),
    ...{ delegators: Number(tag("Delegators")), before, after, auction, inKind },
    ...{ byValue: held - inKind, redeemed: held / 2n },
    wrong: judged.filter(({ holds }) => !holds).map(({ law, detail }) => `index: ${law}: ${detail}`),
  };

  /** Sells AO for AR: somebody opens the auction, and the bot bids. */
  async function rebalance({ network }: Day, bidder: Wallet): Promise<PiResult["auction"]> {
    await client.send(deployer, index!, { Action: "Open-Auction", Sell: token!, Buy: ar! }, " ");
    await network.advance(patience);
    await give(day, bidder, ar!, 5n * 10n ** 16n, { "X-Action": "Bid", "X-Auction": "1" });
    const auctionNow = (await ask(index!, { Action: "Get-Auction", "Auction-Id": "1" })).tag;
    return { sold: BigInt(auctionNow("Amount-Sold")), paid: BigInt(auctionNow("Payment-Received")) };
  }
}

/** Deposits one hundredth of the basket, a leg of each asset. Gives the PI that it came to. */
async function depositInKind(day: Day, wallet: Wallet): Promise<bigint> {
  const { client, processes } = day;
  const { pi: index, "pi-token": pi } = processes as Record<string, string>;
  const { supply } = await readHoldings(day);
  const quote = await client.read(index!, { Action: "Quote-Mint", Quantity: `${supply / 100n}` });
  const legs = quote as unknown as readonly { asset: string; quantity: string }[];
  const session = await client.request(wallet, index!, { Action: "Open-Session", "Min-Out": "1" });
  for (const { asset, quantity } of legs) {
    await give(day, wallet, asset, BigInt(quantity), { "X-Action": "Deposit", "X-Session": session });
  }
  return balanceOf(day, pi!, wallet.address);
}

/** A transfer to the index, with what it is for; and waits until nothing is under way. */
async function give(
  day: Day,
  wallet: Wallet,
  asset: string,
  quantity: bigint,
  tags: Readonly<Record<string, string>>,
): Promise<void> {
  const transfer = { Action: "Transfer", Recipient: day.processes.pi!, Quantity: `${quantity}` };
  await day.client.send(wallet, asset, { ...transfer, ...tags }, " ");
  await settle(day);
}

async function tellPrice({ network, client, deployer, processes }: Day): Promise<void> {
  const { pi: index, ar } = processes as Record<string, string>;
  const tags = { Action: "Set-Price", Asset: ar!, Price: `${arPrice}` };
  await client.send(deployer, index!, tags, `${network.now()} ${client.sent()}`);
}

async function settle({ network }: Day): Promise<void> {
  await network.settle(60_000);
}

async function balanceOf({ ask }: Day, asset: string, account: string): Promise<bigint> {
  return BigInt((await ask(asset, { Action: "Balance", Recipient: account })).data);
}

async function readHoldings({ client, processes }: Day): Promise<Holdings> {
  const read = await client.read(processes.pi!, { Action: "Get-Holdings" });
  const { supply, value, assets } = read as { supply: string; value: string; assets: readonly Holding[] };
  return { supply: BigInt(supply), value: BigInt(value === "" ? "0" : value), assets };
}
