/**
 * A pool in plain BigInt, written from docs/pool.md and without a look at the rules: what the pool is compared with. It
 * keeps whole histories where the pool keeps sums.
 */
export type Two<Value> = [Value, Value];
export type Index = 0 | 1;

export interface Terms {
  readonly least: bigint;
  /** Basis points of a half that may come back. */
  readonly tolerance: bigint;
}

/** A payout: under way, or, with a token that numbers nothing, without an answer for too long. */
export interface ModelPayout {
  readonly number: number;
  readonly owner: string;
  readonly quantity: bigint;
  deadline: number;
  aside: boolean;
}

interface Waiting extends Terms {
  readonly side: Index;
  readonly quantity: bigint;
  readonly deadline: number;
}

/** A transfer that the pool should order. */
export interface Order {
  readonly side: Index;
  readonly recipient: string;
  readonly quantity: bigint;
  readonly number: number;
}

export const LOCKED = 1_000n;
const ten42 = 10n ** 42n;
const patience = 600_000;

const ceiling = (dividend: bigint, divisor: bigint): bigint => (dividend + divisor - 1n) / divisor;

/** By bisection: slow, and obvious. */
function root(square: bigint): bigint {
  let [low, high] = [0n, square + 1n];
  while (high - low > 1n) {
    const middle = (low + high) / 2n;
    if (middle * middle <= square) low = middle;
    else high = middle;
  }
  return low;
}

export class PoolModel {
  readonly fee: bigint;
  readonly numbered: Two<boolean>;
  readonly wait: number;
  readonly pool: string;
  now: number;
  reserves: Two<bigint> = [0n, 0n];
  received: Two<bigint> = [0n, 0n];
  settled: Two<bigint> = [0n, 0n];
  readonly shares = new Map<string, bigint>();
  readonly claims: Two<Map<string, bigint>> = [new Map<string, bigint>(), new Map<string, bigint>()];
  readonly waiting = new Map<string, Waiting>();
  readonly payouts: Two<ModelPayout[]> = [[], []];
  readonly numbers: Two<number> = [1, 1];
  /** Every time at which the reserves changed, and what they became. */
  readonly past: { readonly at: number; readonly reserves: Two<bigint> }[] = [];

  constructor(pool: string, fee: number, numbered: Two<boolean>, wait: number, now: number) {
    this.pool = pool;
    this.fee = BigInt(fee);
    this.numbered = numbered;
    this.wait = wait;
    this.now = now;
  }

  get supply(): bigint {
    return [...this.shares.values()].reduce((sum, each) => sum + each, 0n);
  }

  sharesOf(account: string): bigint {
    return this.shares.get(account) ?? 0n;
  }

  /** What so much of a side buys. The product of the reserves, over the larger reserve, rounded up, is what must stay. */
  output(side: Index, input: bigint): bigint {
    const [own, other] = [this.reserves[side], this.reserves[1 - side]!];
    const counted = (input * (10_000n - this.fee)) / 10_000n;
    return other - ceiling(own * other, own + counted);
  }

  swap(side: Index, sender: string, input: bigint, least: bigint | undefined): Order[] {
    this.received[side] += input;
    const output = this.supply === 0n || least === undefined ? 0n : this.output(side, input);
    if (output === 0n || least === undefined || least === 0n || output < least)
      return this.pay(side, sender, input);
    const reserves: Two<bigint> = [...this.reserves];
    reserves[side] += input;
    reserves[1 - side]! -= output;
    this.become(reserves);
    return this.pay((1 - side) as Index, sender, output);
  }

  /** The most shares that both amounts are good for, and what they cost. */
  addition(given: Two<bigint>): { shares: bigint; used: Two<bigint> } {
    const { supply, reserves } = this;
    if (supply === 0n) {
      const mean = root(given[0] * given[1]);
      return { shares: mean > LOCKED ? mean - LOCKED : 0n, used: given };
    }
    const [one, other] = given.map((amount, side) => (amount * supply) / reserves[side]!) as Two<bigint>;
    const shares = one < other ? one : other;
    return { shares, used: reserves.map((reserve) => ceiling(shares * reserve, supply)) as Two<bigint> };
  }

  provide(side: Index, sender: string, quantity: bigint, terms: Terms | undefined): Order[] {
    this.received[side] += quantity;
    const late = (this.waiting.get(sender)?.deadline ?? Infinity) <= this.now ? this.cancel(sender) : [];
    if (terms === undefined) return [...late, ...this.pay(side, sender, quantity)];
    const first = this.waiting.get(sender);
    if (first === undefined) {
      this.waiting.set(sender, { ...terms, side, quantity, deadline: this.now + this.wait });
      return late;
    }
    const strict = {
      least: first.least > terms.least ? first.least : terms.least,
      tolerance: first.tolerance < terms.tolerance ? first.tolerance : terms.tolerance,
    };
    if (first.side === side) {
      this.waiting.set(sender, { ...first, ...strict, quantity: first.quantity + quantity });
      return late;
    }
    this.waiting.delete(sender);
    const given: Two<bigint> = side === 0 ? [quantity, first.quantity] : [first.quantity, quantity];
    const { shares, used } = this.addition(given);
    const bearable = given.every(
      (amount, i) => used[i]! >= (amount * (10_000n - strict.tolerance)) / 10_000n,
    );
    const taken = shares > 0n && shares >= strict.least && bearable;
    if (taken) {
      const start = this.supply === 0n;
      this.become([this.reserves[0] + used[0], this.reserves[1] + used[1]]);
      if (start) this.shares.set(this.pool, LOCKED);
      this.shares.set(sender, this.sharesOf(sender) + shares);
    }
    return ([0, 1] as const).flatMap((i) => this.pay(i, sender, given[i] - (taken ? used[i] : 0n)));
  }

  /** What some words can't be told is sent back; what is a refund is kept for its sender. */
  stray(side: Index, sender: string, quantity: bigint, refund: boolean): Order[] {
    this.received[side] += quantity;
    if (!refund) return this.pay(side, sender, quantity);
    this.owe(side, sender, quantity);
    return [];
  }

  burn(holder: string, quantity: bigint, least: Two<bigint>): Order[] | undefined {
    const { supply } = this;
    if (quantity > this.sharesOf(holder)) return undefined;
    const amounts = this.reserves.map((reserve) => (reserve * quantity) / supply) as Two<bigint>;
    if (amounts.every((amount) => amount === 0n) || amounts.some((amount, i) => amount < least[i]!))
      return undefined;
    this.become([this.reserves[0] - amounts[0], this.reserves[1] - amounts[1]]);
    this.shares.set(holder, this.sharesOf(holder) - quantity);
    return ([0, 1] as const).flatMap((i) => this.pay(i, holder, amounts[i]));
  }

  give(from: string, to: string, quantity: bigint): void {
    if (quantity > this.sharesOf(from)) return;
    this.shares.set(from, this.sharesOf(from) - quantity);
    this.shares.set(to, this.sharesOf(to) + quantity);
  }

  cancel(account: string): Order[] {
    const first = this.waiting.get(account);
    if (first === undefined) return [];
    this.waiting.delete(account);
    return this.pay(first.side, account, first.quantity);
  }

  claim(account: string): Order[] {
    return ([0, 1] as const).flatMap((side) => {
      const quantity = this.claims[side].get(account) ?? 0n;
      this.claims[side].delete(account);
      return this.pay(side, account, quantity);
    });
  }

  answer(side: Index, number: number, paid: boolean): void {
    const index = this.payouts[side].findIndex((payout) => payout.number === number);
    if (index < 0) return;
    const [payout] = this.payouts[side].splice(index, 1);
    if (paid) this.settled[side] += payout!.quantity;
    else this.owe(side, payout!.owner, payout!.quantity);
  }

  tick(): Order[] {
    const late = [...this.waiting].filter(([, { deadline }]) => deadline <= this.now);
    const orders = late.flatMap(([account]) => this.cancel(account));
    for (const side of [0, 1] as const) {
      for (const payout of this.payouts[side].filter(
        ({ deadline, aside }) => deadline <= this.now && !aside,
      )) {
        payout.aside = !this.numbered[side];
        payout.deadline = this.now + patience;
        if (payout.aside) continue;
        orders.push({ side, recipient: payout.owner, quantity: payout.quantity, number: payout.number });
      }
    }
    return orders;
  }

  /** The sum of price · time, from the whole past: of the first token in the second, and the other way round. */
  cumulative(): Two<bigint> {
    const sums: Two<bigint> = [0n, 0n];
    this.past.forEach(({ at, reserves }, i) => {
      const time = BigInt((this.past[i + 1]?.at ?? this.now) - at);
      sums[0] += (reserves[1] * time * ten42) / reserves[0];
      sums[1] += (reserves[0] * time * ten42) / reserves[1];
    });
    return sums;
  }

  pending(side: Index, aside: boolean): bigint {
    const those = this.payouts[side].filter((payout) => payout.aside === aside);
    return those.reduce((sum, { quantity }) => sum + quantity, 0n);
  }

  become(reserves: Two<bigint>): void {
    this.reserves = reserves;
    this.past.push({ at: this.now, reserves });
  }

  owe(side: Index, account: string, quantity: bigint): void {
    this.claims[side].set(account, (this.claims[side].get(account) ?? 0n) + quantity);
  }

  pay(side: Index, owner: string, quantity: bigint): Order[] {
    if (quantity === 0n) return [];
    const number = this.numbers[side]++;
    this.payouts[side].push({ number, owner, quantity, deadline: this.now + patience, aside: false });
    return [{ side, recipient: owner, quantity, number }];
  }
}
