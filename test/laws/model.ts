/**
 * The specification's plain algorithm: every wallet, every cycle, in exact rationals. It knows nothing of how the
 * ledger does it, and imports nothing of it. Amounts are bigints, fractions basis points.
 */
import { largestRemainder, Portions } from "./portions.ts";
import { account, type Outcome, type Request, type Row, type Share } from "./requests.ts";

export interface Policies {
  readonly overDelegation: "normalise" | "reject";
  /** An account; undefined is the wallet itself. */
  readonly defaultTarget: string | undefined;
  readonly fanOut: number;
  readonly smallestFraction: number;
  readonly allowCycles: boolean;
  /** 0 is no bound. */
  readonly deepestChain: number;
  /** Times 10^18; 0 is off. */
  readonly smallestBaseWeight: bigint;
  readonly changeFee: bigint;
}

export interface Rules {
  readonly policies: Policies;
  /** The fixed share of each class of tokens. */
  readonly classes: readonly bigint[];
  readonly tokens: readonly TokenRules[];
  readonly oracle: string;
  readonly governor: string;
  readonly ledger: string;
}

export interface TokenRules {
  readonly id: string;
  readonly denomination: number;
  readonly tokenClass: number;
  readonly multiplier: bigint;
}

/** A token's reports: who has how much, by the address reported. */
export interface Reports {
  multiplier: bigint;
  version: number;
  held: Map<string, { readonly owner: string; readonly amount: bigint }>;
  complete: number;
  arriving: number;
  mode: "full" | "delta";
  pages: number;
  rows: (readonly Row[])[];
}

export interface Wallet {
  stated: readonly Share[];
  keeps: boolean;
  version: number;
  withdrawn: bigint;
  pending: bigint;
  fees: bigint;
  idle: boolean;
  /** How often it has stated something. */
  statements: number;
}

export interface Payout {
  readonly owner: string | undefined;
  readonly recipient: string;
  readonly quantity: bigint;
}

/** Final weights of one class, times 10^40, and what of them each delegator's share is (`from to`). */
export interface Weights {
  readonly base: ReadonlyMap<string, bigint>;
  readonly final: ReadonlyMap<string, bigint>;
  readonly shares: ReadonlyMap<string, bigint>;
  readonly total: bigint;
}

const ALL = 10_000;

const nobody: Readonly<Wallet> = {
  ...{ stated: [], keeps: false, version: 0, idle: false, statements: 0 },
  ...{ withdrawn: 0n, pending: 0n, fees: 0n },
};

export class Model {
  readonly rules: Rules;
  readonly reports: readonly Reports[];
  readonly wallets = new Map<string, Wallet>();
  readonly yields = new Portions();
  readonly payouts = new Map<number, Payout>();
  nextPayout = 1;
  minted = 0n;
  foreign = 0n;
  settled = 0n;
  feesTaken = 0n;
  feesWaiting = 0n;
  readonly waiting: bigint[];
  /** Whether a final weight was ever below zero, so that the specification's clamp had to act. */
  clamped = false;
  /** 10^42 times the most by which a wallet may differ from the ledger: one unit, and what divisions may leave over. */
  tolerance = 10n ** 42n;

  constructor(rules: Rules) {
    this.rules = rules;
    this.waiting = rules.classes.map(() => 0n);
    this.reports = rules.tokens.map(({ multiplier }) => ({
      multiplier,
      version: 0,
      held: new Map(),
      complete: 0,
      arriving: 0,
      mode: "full",
      pages: 0,
      rows: [],
    }));
  }

  wallet(address: string): Wallet {
    const known = this.wallets.get(address);
    if (known !== undefined) return known;
    const wallet = { ...nobody };
    this.wallets.set(address, wallet);
    return wallet;
  }

  /** Carries out a request that was accepted. */
  carryOut(request: Request, outcome: Outcome): void {
    switch (request.kind) {
      case "page":
        return this.#takePage(request.token, request);
      case "multiplier":
        this.reports[request.token]!.multiplier = request.multiplier;
        this.reports[request.token]!.version = request.version;
        return;
      case "delegation":
        return this.#state(account(request.from), withShare(this.wallet(account(request.from)), request));
      case "delegations":
        this.#state(account(request.from), setOf(account(request.from), request.shares));
        this.wallet(account(request.from)).version = request.version;
        return;
      case "withdrawal":
        return this.#withdraw(account(request.from), request.recipient ?? request.from, outcome.quantity!);
      case "minting":
        if (request.cumulative > this.minted) this.#distribute(request.cumulative - this.minted);
        return;
      case "payment":
        this.foreign += request.quantity;
        this.payouts.set(this.nextPayout, {
          owner: undefined,
          recipient: request.sender,
          quantity: request.quantity,
        });
        this.nextPayout += 1;
        return;
      case "answer":
        return this.#answer(request.payout, request.paid);
      case "tick":
        return;
    }
  }

  /** What a wallet can withdraw, rounded down. */
  withdrawable(address: string): bigint {
    const { withdrawn, fees } = this.wallets.get(address) ?? nobody;
    return this.yields.floor(address) - withdrawn - fees;
  }

  /** Whose yield goes where: what the wallet stated, brought down to all of it, or else the default. */
  sharesOf(address: string): readonly Share[] {
    const { stated, keeps } = this.wallets.get(address) ?? nobody;
    if (stated.length > 0) return normalised(stated);
    const target = this.rules.policies.defaultTarget;
    return keeps || target === undefined || target === address ? [] : [{ to: target, factor: ALL }];
  }

  /** What an account has of a token, whatever addresses it was reported under. */
  quantity(token: number, address: string): bigint {
    let sum = 0n;
    for (const { owner, amount } of this.reports[token]!.held.values()) if (owner === address) sum += amount;
    return sum;
  }

  /** A wallet's weight by itself, times 10^36, whether or not it is too small to count. */
  ownWeight(address: string): bigint {
    return this.reports.reduce(
      (sum, _, token) => sum + this.#weight(token, this.quantity(token, address)),
      0n,
    );
  }

  /** Base weight, delegated in and out, final weight, for one class of tokens. */
  weights(tokenClass: number): Weights {
    const base = new Map<string, bigint>();
    this.reports.forEach(({ held }, token) => {
      if (this.rules.tokens[token]!.tokenClass !== tokenClass) return;
      for (const { owner, amount } of held.values()) {
        if (this.wallets.get(owner)?.idle !== true)
          raise(base, owner, this.#weight(token, amount) * BigInt(ALL));
      }
    });
    const final = new Map(base);
    const shares = new Map<string, bigint>();
    for (const [from, weight] of base) {
      for (const { to, factor } of this.sharesOf(from)) {
        const part = (weight / BigInt(ALL)) * BigInt(factor);
        raise(final, from, -part);
        raise(final, to, part);
        raise(shares, `${from} ${to}`, part);
      }
    }
    let total = 0n;
    for (const [address, weight] of final) {
      if (weight < 0n) this.clamped = true;
      final.set(address, weight < 0n ? 0n : weight);
      total += weight;
    }
    return { base, final, shares, total };
  }

  #weight(token: number, amount: bigint): bigint {
    return (
      amount * this.reports[token]!.multiplier * 10n ** BigInt(18 - this.rules.tokens[token]!.denomination)
    );
  }

  #distribute(minted: bigint): void {
    this.minted += minted;
    const parts = largestRemainder(minted + this.feesWaiting, this.rules.classes);
    this.feesWaiting = 0n;
    parts.forEach((part, tokenClass) => {
      this.waiting[tokenClass]! += part;
      const { final, shares, total } = this.weights(tokenClass);
      if (total === 0n) return;
      this.yields.share(this.waiting[tokenClass]!, new Map([...final, ...shares]), total);
      this.waiting[tokenClass] = 0n;
    });
    for (const { held } of this.reports) {
      for (const { amount } of held.values()) this.tolerance += amount * BigInt(ALL) + 1n;
    }
  }

  #withdraw(owner: string, recipient: string, quantity: bigint): void {
    const wallet = this.wallet(owner);
    wallet.withdrawn += quantity;
    wallet.pending += quantity;
    this.payouts.set(this.nextPayout, { owner, recipient, quantity });
    this.nextPayout += 1;
  }

  #answer(number: number, paid: boolean): void {
    const payout = this.payouts.get(number);
    if (payout === undefined) return;
    this.payouts.delete(number);
    if (paid) this.settled += payout.quantity;
    if (payout.owner === undefined) return;
    const wallet = this.wallet(payout.owner);
    wallet.pending -= payout.quantity;
    if (!paid) wallet.withdrawn -= payout.quantity;
  }

  #state(address: string, { stated, keeps }: Pick<Wallet, "stated" | "keeps">): void {
    const wallet = this.wallet(address);
    if (this.rules.policies.changeFee > 0n && raised(wallet.stated, stated).length > 0) {
      wallet.fees += this.rules.policies.changeFee;
      this.feesTaken += this.rules.policies.changeFee;
      this.feesWaiting += this.rules.policies.changeFee;
    }
    wallet.stated = stated;
    wallet.keeps = keeps;
    wallet.statements += 1;
  }

  #takePage(token: number, page: Extract<Request, { kind: "page" }>): void {
    const reports = this.reports[token]!;
    if (page.snapshot !== reports.arriving) {
      Object.assign(reports, { arriving: page.snapshot, mode: page.mode, pages: page.pages, rows: [] });
    }
    reports.rows.push(page.rows);
    if (page.page < page.pages) return;
    reports.complete = page.snapshot;
    reports.arriving = 0;
    const judged = new Set<string>();
    if (reports.mode === "full") {
      for (const { owner } of reports.held.values()) judged.add(owner);
      reports.held = new Map();
    }
    for (const { source, amount, recipient } of reports.rows.flat()) {
      const former = reports.held.get(account(source));
      const owner = account(recipient ?? source);
      judged.add(account(source));
      if (former !== undefined) judged.add(former.owner);
      if (amount > 0n) judged.add(owner);
      if (amount === 0n) reports.held.delete(account(source));
      else reports.held.set(account(source), { owner, amount });
    }
    const { smallestBaseWeight } = this.rules.policies;
    for (const address of judged) {
      this.wallet(address).idle = this.ownWeight(address) < smallestBaseWeight * 10n ** 18n;
    }
  }
}

/** What a wallet states after it has set one share. A share to itself says that it keeps what is left. */
export function withShare(
  { stated, keeps }: Pick<Wallet, "stated" | "keeps">,
  { from, share }: Extract<Request, { kind: "delegation" }>,
): Pick<Wallet, "stated" | "keeps"> {
  const target = account(share.to);
  if (target === account(from)) return { stated, keeps: stated.length > 0 ? false : share.factor > 0 };
  const others = stated.filter(({ to }) => to !== target);
  return setOf(
    account(from),
    share.factor === 0 ? others : [...others, { to: target, factor: share.factor }],
    keeps,
  );
}

/** A whole set: sorted, without zeros; a share to itself says that the wallet keeps what is left. */
export function setOf(
  address: string,
  shares: readonly Share[],
  kept = false,
): Pick<Wallet, "stated" | "keeps"> {
  const all = shares
    .map(({ to, factor }) => ({ to: account(to), factor }))
    .filter(({ factor }) => factor > 0);
  const stated = all.filter(({ to }) => to !== address).toSorted((a, b) => (a.to < b.to ? -1 : 1));
  const keeps = kept || all.some(({ to }) => to === address);
  return { stated, keeps: stated.length === 0 && keeps };
}

/** The shares that are new or greater than before. */
export function raised(before: readonly Share[], after: readonly Share[]): readonly Share[] {
  return after.filter(({ to, factor }) => factor > (before.find((share) => share.to === to)?.factor ?? 0));
}

/** Shares that add up to more than all, brought down in proportion. */
export function normalised(shares: readonly Share[]): readonly Share[] {
  const factors = shares.map(({ factor }) => BigInt(factor));
  if (factors.reduce((sum, factor) => sum + factor, 0n) <= BigInt(ALL)) return shares;
  const parts = largestRemainder(BigInt(ALL), factors);
  return shares.map(({ to }, i) => ({ to, factor: Number(parts[i]) }));
}

function raise(sums: Map<string, bigint>, key: string, amount: bigint): void {
  sums.set(key, (sums.get(key) ?? 0n) + amount);
}
