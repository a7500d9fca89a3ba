/** Who is who in the index's log, and what is said in it again and again. */
import { ethereumAddress, identifier } from "../../../units/address.ts";
import { bob, type Log, type Step } from "../log.ts";

const id = (name: string): string => identifier(name);
export const ids = {
  ...{ pi: id("pi"), ao: id("ao"), ar: id("ar"), live: id("live"), ledger: id("ledger") },
  ...{ factory: id("factory"), launch: id("launch"), pool: id("pool"), other: id("another pool") },
  ...{ feed: id("feed"), guardian: ethereumAddress("guardian"), stranger: id("stranger") },
};
const { pi, ao, ar, live, ledger, factory, pool, other, feed, guardian } = ids;
export const one = 10n ** 30n;
export const hour = 3_600_000;
export const day = 24 * hour;

export type TagRecord = Readonly<Record<string, string>>;

const sources = [
  { token: ar, kind: "feed", process: feed, life: day, band: 100 },
  { token: ar, kind: "pool", process: pool, life: day, band: 500 },
  { token: live, kind: "pool", process: other, life: day, band: 500 },
];

/** The spawn tags of an index that starts. */
export const indexParameters: TagRecord = {
  ...{ "PI-Token-Process": pi, "AO-Token": ao, "AR-Token": ar, Ledgers: JSON.stringify([ledger]) },
  ...{ "Flp-Factory": factory, Guardian: guardian, "Numbered-Tokens": JSON.stringify([ao]) },
  Sources: JSON.stringify(sources),
};

export const ask = (log: Log, Action: string, more: TagRecord = {}): Step =>
  log.send(bob, { Action, ...more });
export const come = (
  log: Log,
  token: string,
  Sender: string,
  quantity: number | string,
  more: TagRecord = {},
) => log.push(token, { Action: "Credit-Notice", Sender, Quantity: `${quantity}`, ...more });
export const paid = (log: Log, token: string, number: number): Step =>
  log.push(token, { Action: "Debit-Notice", "X-Payout": `${number}` }).sends();
export const setPrice = (log: Log, price: bigint): Step =>
  log.push(feed, { Action: "Set-Price", Asset: ar, Price: `${price}` }).sends({ to: feed, Asset: ar });
