/** What an index is asked for while it is measured: each act's messages, made when its turn has come. */
import type { ComputeMessage, OutgoingMessage } from "../units/message.ts";
import { tagValue } from "../units/message.ts";
import { part, payment } from "./pi-amounts.ts";
import { ao, ar, holder, type IndexMessages, minute, pi } from "./pi-messages.ts";

/** Evaluates a message that is not measured. */
export type Ask = (message: ComputeMessage) => Promise<readonly OutgoingMessage[]>;

/** An act by its messages, in their order. The last is what the act is named after; all of them together are its sum. */
export interface Act {
  readonly name: ActName;
  readonly messages: (ask: Ask) => Promise<readonly ComputeMessage[]>;
  /** How many transfers somebody has to order first, so that the messages come. */
  readonly paid: number;
}

export const actNames = [
  ...(["tick", "holdings", "mintByValue", "deposit", "depositExcess", "redeem"] as const),
  ...(["openAuction", "bid"] as const),
] as const;

export type ActName = (typeof actNames)[number];

/** An auction is over after so long; and after so much of it, it is on its way from its second price to the best. */
const auctionLength = 73 * minute;
const firstPhase = 15 * minute;

/** In an order in which none stands in another's way: auctions take time, which makes a tick have something to do. */
export function actsOf(messages: IndexMessages, assets: readonly string[]): readonly Act[] {
  const one = (name: ActName, make: () => ComputeMessage, paid = 0): Act => ({
    name,
    messages: () => Promise.resolve([make()]),
    paid,
  });
  const deposit = (name: ActName, isExact: boolean): Act => ({
    name,
    messages: (ask) => legsOf(messages, ask, isExact),
    paid: assets.length,
  });
  return [
    one("tick", () => messages.tick()),
    one("holdings", () => messages.wallet(holder, { Action: "Get-Holdings" })),
    one("mintByValue", () => messages.credit(ar, payment, { "X-Action": "Mint", "X-Min-Out": "1" }), 1),
    deposit("deposit", true),
    deposit("depositExcess", false),
    one("redeem", () => messages.credit(pi, part, { "X-Action": "Redeem" }), 1),
    one("openAuction", () => {
      messages.now += auctionLength;
      return messages.wallet(holder, { Action: "Open-Auction", Sell: ao, Buy: ar });
    }),
    { name: "bid", messages: (ask) => bidOf(messages, ask), paid: 1 },
  ];
}

/** A session, and a leg of every asset as the index quotes it; not exact, all but the first have a hundredth more. */
async function legsOf(
  messages: IndexMessages,
  ask: Ask,
  isExact: boolean,
): Promise<readonly ComputeMessage[]> {
  const answers = await ask(messages.wallet(holder, { Action: "Quote-Mint", Quantity: `${part}` }));
  const legs = JSON.parse(answers[0]!.Data!) as readonly { asset: string; quantity: string }[];
  const open = messages.wallet(holder, { Action: "Open-Session" });
  const tags = { "X-Action": "Deposit", "X-Session": open.Id! };
  return [
    open,
    ...legs.map(({ asset, quantity }, i) => {
      const more = isExact || i === 0 ? 0n : BigInt(quantity) / 100n;
      return messages.credit(asset, BigInt(quantity) + more, tags);
    }),
  ];
}

/** A bid for a small part of the latest auction's lot, past its first phase. Opens one where none is open. */
async function bidOf(messages: IndexMessages, ask: Ask): Promise<readonly ComputeMessage[]> {
  const read = messages.wallet(holder, { Action: "Get-Auctions", Cursor: "0", Limit: "1000" });
  const [answer] = await ask(read);
  const { items } = JSON.parse(answer!.Data!) as { items: readonly Record<string, string>[] };
  const latest = items.at(-1)!;
  if (latest["Dutch-Tick-Count"] === "0") messages.now += firstPhase;
  return [messages.credit(ar, payment, { "X-Action": "Bid", "X-Auction": latest["Auction-Id"]! })];
}

/** Throws where an act has not come to what it is measured for. */
export function checkAct({ name }: Act, sent: readonly OutgoingMessage[], assets: number): void {
  const transfers = sent.filter(({ Tags: tags = [] }) => tagValue(tags, "Action") === "Transfer");
  const actions = transfers.map(({ Tags: tags = [] }) => tagValue(tags, "X-Action") ?? "");
  const count = (action: string): number => actions.filter((each) => each === action).length;
  const expected: Partial<Record<ActName, boolean>> = {
    tick: sent.length === 1,
    holdings: (sent[0]?.Data ?? "").split('"priceAge"').length === assets + 1,
    mintByValue: count("Minted") === 1,
    deposit: count("Minted") === 1,
    depositExcess: count("Minted") === 1 && count("Refund") === assets - 1,
    redeem: count("Redeemed") === assets,
    bid: count("Bid-Filled") === 1,
  };
  if (expected[name] === false) throw new Error(`${name} sent ${actions.join(", ")} of ${sent.length}`);
}
