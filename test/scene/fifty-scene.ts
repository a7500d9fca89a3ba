/** An index whose basket is full: AO, AR and fifty launches' tokens, all with backing and a price. */
import { walletAddress } from "../../units/address.ts";
import { tagValue, type ComputeResult } from "../../units/message.ts";
import { type BasketScene, createBasketScene } from "./basket-scene.ts";
import { carol, maker, one } from "./index-scene.ts";
import { node, type Runtime } from "./runtimes.ts";

const COUNT = 50;

export const launchOf = (i: number): string => walletAddress(`launch ${i}`);

export interface FiftyScene extends BasketScene {
  readonly tokens: readonly string[];
  /** AO, AR and the tokens. */
  readonly assets: readonly string[];
  /** What the index made of the last page of the factory's list. */
  readonly listed: ComputeResult;
  /** Whether a token is a wallet, which answers by hand or not at all. */
  readonly isPlayed: (token: string) => boolean;
  /** Tells all prices anew. */
  readonly tellPrices: () => Promise<void>;
  readonly open: (sell: string, buy: string) => Promise<ComputeResult>;
  /** Opens an auction, waits for its worst price and has the maker fill it; what the maker has bought. */
  readonly trade: (sell: string, buy: string) => Promise<bigint>;
}

/** The launches have received more, the later they come. The maker has much of everything. `played` are tokens by their place. */
export async function createFiftyScene(
  runtime: Runtime = node,
  played: Readonly<Record<number, string>> = {},
): Promise<FiftyScene> {
  const basket = await createBasketScene({ "Step-Milliseconds": "1000" }, { runtime });
  const { token, ar, list, spawnToken, setPrice, tellPrice } = basket;
  const tokens: string[] = [];
  for (let i = 0; i < COUNT; i++) tokens.push(played[i] ?? (await spawnToken(launchOf(i), `T${i}`)));
  const received = (i: number): bigint => BigInt(i + 1) * 10n ** 12n;
  const rows = tokens.map((each, i) => ({ launch: launchOf(i), token: each, received: received(i) }));
  const listed = (await list(rows)).at(-1)!;
  const scene: FiftyScene = {
    ...{ ...basket, tokens, assets: [token, ar, ...tokens], listed },
    isPlayed: (each) => Object.values(played).includes(each),
    async tellPrices() {
      await setPrice(2n * one);
      for (let i = 0; i < COUNT; i++) await tellPrice(launchOf(i), 1n);
    },
    open: (Sell, Buy) => basket.send(carol, basket.index, { Action: "Open-Auction", Sell, Buy }),
    trade: (sell, buy) => trade(scene, sell, buy),
  };
  for (const i of tokens.keys()) await payIn(scene, i);
  await scene.tellPrices();
  await scene.trade(token, ar);
  return scene;
}

/** A launch pays the index, and gives the maker some of its token. A token that is played says so itself. */
async function payIn({ send, give, index, tokens, isPlayed }: FiftyScene, i: number): Promise<void> {
  const [token, launch, quantity] = [tokens[i]!, launchOf(i), 10n ** 13n + BigInt(i) * 7_000_000_007n];
  if (isPlayed(token)) {
    await send(token, index, { Action: "Credit-Notice", Sender: launch, Quantity: `${quantity}` });
    return;
  }
  await give(launch, token, quantity, {});
  await send(launch, token, { Action: "Transfer", Recipient: maker, Quantity: `${10n ** 16n}` });
}

async function trade(scene: FiftyScene, sell: string, buy: string): Promise<bigint> {
  const { open, network, balance, give, figure } = scene;
  const { Error: error } = await open(sell, buy);
  if (error !== undefined) throw new Error(error);
  const auction = await figure("Auctions");
  await network.advance(63_000);
  const before = await balance(maker, sell);
  await give(maker, buy, 10n ** 15n, { "X-Action": "Bid", "X-Auction": auction });
  return (await balance(maker, sell)) - before;
}

/** The transfers of the last redemption: token and quantity of each. */
export function lastRedemption({ network, index }: FiftyScene): readonly (readonly [string, bigint])[] {
  const isRedemption = ({ Messages }: ComputeResult): boolean =>
    Messages.some(({ Tags = [] }) => tagValue(Tags, "Action") === "Redeem-Confirmation");
  const result = network
    .log(index)
    .map((evaluation) => evaluation.result)
    .findLast(isRedemption)!;
  return result.Messages.filter(({ Tags = [] }) => tagValue(Tags, "X-Action") === "Redeemed").map(
    ({ Target, Tags = [] }) => [Target!, BigInt(tagValue(Tags, "Quantity")!)] as const,
  );
}
