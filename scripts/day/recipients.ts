/** Who received most, and from whom. */
import type { Population } from "../../units/population.ts";
import type { Client } from "./client.ts";
import type { Day } from "./day.ts";

export interface Recipient {
  readonly address: string;
  /** What people call it, or the address. */
  readonly name: string;
  /** Smallest units of AO: all that it accrued; of that, what others' delegations brought. */
  readonly accrued: bigint;
  readonly contributed: bigint;
  readonly delegators: number;
}

/** The largest recipients, the largest first. Only those that can be among them, by weight, are asked about. */
export async function largestRecipients(
  { client, processes: { ledger } }: Day,
  population: Population,
  count: number,
): Promise<readonly Recipient[]> {
  const recipients: Recipient[] = [];
  for (const address of heaviest(population, count)) {
    const yields = await client.read(ledger, { Action: "Get-Yield", Wallet: address });
    const { contributed, delegators } = await contributionsTo(client, ledger, address);
    const name = population.names.get(address) ?? address;
    recipients.push({ address, name, accrued: BigInt(yields.accrued as string), contributed, delegators });
  }
  return recipients.sort((a, b) => (a.accrued < b.accrued ? 1 : a.accrued > b.accrued ? -1 : 0));
}

async function contributionsTo(client: Client, ledger: string, address: string) {
  let contributed = 0n;
  let delegators = 0;
  let cursor: string | null = "0";
  while (cursor !== null) {
    const page: Record<string, unknown> = await client.read(ledger, {
      Action: "Get-Delegators",
      Target: address,
      Cursor: cursor,
      Limit: "1000",
    });
    for (const item of page.items as { contributed: string }[]) contributed += BigInt(item.contributed);
    delegators = page.totalItems as number;
    cursor = page.nextCursor as string | null;
  }
  return { contributed, delegators };
}

/** The addresses of the greatest final weight, by the specification's formula. */
function heaviest(population: Population, count: number): readonly string[] {
  const base = new Map<string, bigint>();
  const final = new Map<string, bigint>();
  for (const { token, denomination, multiplier } of population.tokens) {
    const [whole, fraction = ""] = multiplier.split(".");
    const scaled = BigInt(whole! + fraction.padEnd(18, "0")) * 10n ** BigInt(18 - denomination);
    for (const { wallet, amount } of population.balances.get(token) ?? []) {
      base.set(wallet, (base.get(wallet) ?? 0n) + BigInt(amount) * scaled);
    }
  }
  for (const [wallet, weight] of base) final.set(wallet, weight * 10_000n);
  for (const { wallet, preferences } of population.delegations) {
    for (const { walletTo, factor } of preferences) {
      const moved = (base.get(wallet) ?? 0n) * BigInt(factor);
      final.set(wallet, (final.get(wallet) ?? 0n) - moved);
      final.set(walletTo, (final.get(walletTo) ?? 0n) + moved);
    }
  }
  const sorted = [...final].sort(([, a], [, b]) => (a < b ? 1 : a > b ? -1 : 0));
  return sorted.slice(0, count).map(([address]) => address);
}
