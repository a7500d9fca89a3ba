/** Tokens of an Ethereum chain, and what acts take in gas and in transfers of such a token. */
import type { Row } from "../measures.ts";
import { address, string, uint256 } from "./abi.ts";
import type { Contracts } from "./contracts.ts";

/** A whole token, and what everybody begins with. */
export const one = 10n ** 18n;
const wealth = one * 10n ** 12n;
const most = 2n ** 256n - 1n;
/** Somebody else. */
export const other = `0x${"2".repeat(40)}`;

/** So many tokens, all of them the account's. */
export async function newTokens(contracts: Contracts, count: number): Promise<string[]> {
  const { account } = contracts.chain;
  const tokens: string[] = [];
  for (let i = 0; i < count; i++)
    tokens.push(
      await contracts.deploy(
        "StandardTokenMock",
        address(account),
        uint256(wealth),
        string("Token"),
        string("TOK"),
        uint256(18n),
      ),
    );
  return tokens;
}

export function approve(contracts: Contracts, token: string, spender: string) {
  return contracts.call(token, "approve", address(spender), uint256(most));
}

export function transfer(contracts: Contracts, token: string) {
  return contracts.call(token, "transfer", address(other), uint256(1_000n));
}

/** The gas of the second time: the first writes where there was nothing yet, which is dearer. */
export async function second(act: () => Promise<{ readonly gas: number }>): Promise<number> {
  await act();
  return (await act()).gas;
}

/** The address in a topic of a log. */
export function addressIn(topic: string): string {
  return `0x${topic.slice(26)}`;
}

/** The gas of each act, and how many transfers would take as much. */
export function inGasAndTransfers(gas: Readonly<Record<string, number>>): Row["values"] {
  const { transfer: unitOf, ...acts } = gas;
  const each = Object.entries(acts).flatMap(([act, value]) => [
    [`${act}Gas`, value] as const,
    [`${act}Transfers`, value / unitOf!] as const,
  ]);
  return Object.fromEntries([["transferGas", unitOf!] as const, ...each]);
}
