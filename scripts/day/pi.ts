/** The index after the launches' periods: minted by yield, rebalanced by auctions, minted by deposits, partly redeemed. */
import { findings } from "../../deployment/laws/law.ts";
import { judgeIndex, piAtRest, readPi } from "../../deployment/laws/pi.ts";
import type { Wallet } from "../../units/items/wallet.ts";
import type { Day } from "./day.ts";
import type { Launch } from "./launches.ts";
import { walletOf } from "./wallets.ts";

/** What the feed says of AR: so much AO for one, times 10^30. */
const arPrice = 2n * 10n ** 30n;
/** An auction is bid in once its price has fallen to about the middle of its bounds. */
const patience = 45 * 60_000;

export interface Holding {
  readonly asset: string;
  readonly ticker: string;
  readonly denomination: string;
  /** Times 10^30; "" where there is none. */
  readonly price: string;
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

/** An auction of AO: how much was sold, for how much of what. */
export interface Rebalancing {
  readonly bought: Holding;
  readonly sold: bigint;
  readonly paid: bigint;
}

export interface PiResult {
  /** PI minted for yield, and to how many delegators. */
  readonly byYield: bigint;
  readonly delegators: number;
  readonly before: Holdings;
  readonly after: Holdings;
  readonly auctions: readonly Rebalancing[];
  /** PI for a deposit in kind, and for AR alone; and what was redeemed. */
  readonly inKind: bigint;
  readonly byValue: bigint;
  readonly redeemed: bigint;
  readonly wrong: readonly string[];
}

/** Takes the index through everything that it does; undefined where nobody delegates to it. Throws DeploymentError. */
export async function runIndex(day: Day, launches: readonly Launch[]): Promise<PiResult | undefined> {
  const { processes, client, deployer, ask, progress } = day;
  const { pi: index, "pi-token": pi, ar } = processes as Record<string, string>;
  const bot = walletOf("bot");
  const step = (done: number): void => progress("running the index", done, 5);
  step(0);
  // Prices are asked for every ten minutes at most, and those of the last period are wanted.
  await day.network.advance(600_000);
  await client.send(deployer, index!, { Action: "Tick" }, "1");
  await settle(day);
  await tellPrice(day);
  const before = await readHoldings(day);
  if (before.supply === 0n) return undefined;
  step(1);
  await equip(day, bot, launches);
  const auctions = await rebalance(day, bot, before);
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
    ...{ delegators: Number(tag("Delegators")), before, after, auctions, inKind },
    ...{ byValue: held - inKind, redeemed: held / 2n },
    wrong: judged.filter(({ holds }) => !holds).map(({ law, detail }) => `index: ${law}: ${detail}`),
  };
}

/** Gives the bot what it trades with: AR, and of each launch's token what its team has beside the launch. */
async function equip(day: Day, bot: Wallet, launches: readonly Launch[]): Promise<void> {
  const { client, deployer, processes } = day;
  const sources = [
    { token: processes.ar!, from: deployer, quantity: 10n ** 17n },
    ...launches.map(({ token, team, allocation, denomination }) => {
      return { token, from: team, quantity: allocation * 10n ** BigInt(denomination) };
    }),
  ];
  for (const { token, from, quantity } of sources) {
    const transfer = { Action: "Transfer", Recipient: bot.address, Quantity: `${quantity}` };
    await client.send(from, token, transfer, " ");
  }
  await settle(day);
}

/** Sells AO for every asset that has a price and less than its target: somebody opens the auction, and the bot bids in it. */
async function rebalance(day: Day, bot: Wallet, { assets }: Holdings): Promise<readonly Rebalancing[]> {
  const { network, client, deployer, processes, ask } = day;
  const { pi: index, token } = processes as Record<string, string>;
  const auctions: Rebalancing[] = [];
  for (const bought of assets) {
    if (bought.price === "" || Number(bought.share) >= Number(bought.target)) continue;
    await tellPrice(day);
    await client.send(deployer, index!, { Action: "Open-Auction", Sell: token!, Buy: bought.asset }, " ");
    await network.advance(patience);
    const id = `${auctions.length + 1}`;
    const all = await balanceOf(day, bought.asset, bot.address);
    await give(day, bot, bought.asset, all, { "X-Action": "Bid", "X-Auction": id });
    const { tag } = await ask(index!, { Action: "Get-Auction", "Auction-Id": id });
    auctions.push({ bought, sold: BigInt(tag("Amount-Sold")), paid: BigInt(tag("Payment-Received")) });
  }
  return auctions;
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
