/**
 * A launch in plain sums: who has contributed what, what is due, who gets how much of it. It knows nothing of phases, slices
 * or pages; when a round shares out, and what is sent when, it is told. It imports nothing of the process.
 */
import { birth, day, emittedExactly, hour, places, scaled, type Setup } from "./launch-setup.ts";
import { largestRemainder } from "./portions.ts";
import type { Asset, Order, ReportPage } from "./launch-world.ts";

export type Status = "Ready" | "Active" | "Ended" | "Cancelled";

export interface ModelRound {
  readonly number: number;
  readonly began: number;
  /** Pages that have come, and how many there are, by ledger. */
  readonly got: readonly Set<number>[];
  readonly pages: number[];
  /** Whether contributions are fixed. */
  sharing: boolean;
  /** Who contributed to it. */
  participants: readonly string[];
}

/** What a launch did with a payout: an order that nobody has told it the end of. */
export interface ModelPayout {
  readonly order: Order;
  readonly kind: "delegators" | "claim" | "refund" | "treasury" | "index";
}

/** AO or PI. */
export interface Cash {
  received: bigint;
  cameBack: bigint;
  waiting: bigint;
  forwarded: bigint;
  exchanged: bigint;
  foreign: bigint;
  settled: bigint;
}

const patience = 6 * hour;

export class LaunchModel {
  readonly setup: Setup;
  status: Status = "Ready";
  funder: string | undefined;
  supply: bigint | undefined;
  period = 0;
  elapsed = 0;
  rollover = 0n;
  distributed = 0n;
  returned = 0n;
  paid = 0n;
  settled = 0n;
  foreign = 0n;
  batchesFail = false;
  rounds = 0;
  round: ModelRound | undefined;
  readonly contributed = new Map<string, bigint>();
  readonly credited = new Map<string, bigint>();
  /** What goes back to funder or treasury. */
  readonly givenBack = new Map<string, bigint>();
  /** What is under way to an account, or has arrived. */
  readonly sent = new Map<string, bigint>();
  readonly open: Readonly<Record<Asset, Map<number, ModelPayout>>> = {
    token: new Map(),
    ao: new Map(),
    pi: new Map(),
  };
  readonly ao = emptyCash();
  readonly pi = emptyCash();
  /** What each ledger's notices came to, and what it says to have paid. */
  readonly noticed: bigint[];
  readonly told: bigint[];
  #current = new Map<string, bigint>();
  #late: (readonly [string, bigint])[] = [];
  readonly #seen: readonly Map<string, bigint>[];

  constructor(setup: Setup) {
    this.setup = setup;
    this.#seen = Array.from({ length: setup.ledgers }, () => new Map());
    this.noticed = Array.from({ length: setup.ledgers }, () => 0n);
    this.told = [...this.noticed];
  }

  get start(): number {
    return birth + this.setup.delay;
  }

  allocation(): bigint | undefined {
    const { amount, percent } = this.setup;
    if (amount !== undefined) return amount;
    return this.supply === undefined ? undefined : (this.supply * scaled(percent)) / 10n ** 20n;
  }

  emitted(period: number): bigint {
    const { factor, periods } = this.setup;
    const allocation = this.allocation();
    return allocation === undefined ? 0n : emittedExactly(allocation, factor, periods, period);
  }

  notYetEmitted(): bigint {
    return this.emitted(this.setup.periods) - this.emitted(this.period);
  }

  elapsedAt(now: number): number {
    return now < this.start ? 0 : Math.floor((now - this.start) / day);
  }

  isOver(): boolean {
    return this.status === "Ended" || this.status === "Cancelled";
  }

  /** What an account may still have sent to it. */
  claimable(account: string): bigint {
    const owed = (this.credited.get(account) ?? 0n) + (this.givenBack.get(account) ?? 0n);
    return owed - (this.sent.get(account) ?? 0n);
  }

  /** Time has passed, and somebody has noticed. True when a round begins. */
  notice(now: number): boolean {
    const elapsed = this.elapsedAt(now);
    if (this.round !== undefined || elapsed <= this.elapsed || this.isOver()) return false;
    this.elapsed = elapsed;
    const allocation = this.allocation();
    const period = Math.min(elapsed, this.setup.periods);
    if (allocation !== undefined) {
      this.rollover += this.emitted(period) - this.emitted(this.period);
      this.period = period;
    }
    if (this.status === "Active") {
      this.rounds += 1;
      const got = this.#seen.map(() => new Set<number>());
      const round = { number: this.rounds, began: now, got, pages: got.map(() => 0) };
      this.round = { ...round, sharing: false, participants: [] };
      return true;
    }
    if (elapsed >= this.setup.periods) this.cancel();
    return false;
  }

  /** Tokens have come with these words; true when they fund the launch. */
  fund(sender: string, quantity: bigint, action: string | undefined, now: number): boolean {
    if (action !== "Initialize-FLP" || this.status !== "Ready") return this.#isForeign(quantity);
    const isLate = this.elapsedAt(now) >= this.setup.periods;
    if (isLate || quantity !== this.allocation()) return this.#isForeign(quantity);
    this.funder = sender;
    this.status = "Active";
    return true;
  }

  #isForeign(quantity: bigint): false {
    this.foreign += quantity;
    return false;
  }

  /** AO of somebody's own; true when it is a contribution. */
  contribute(account: string, quantity: bigint, action: string | undefined, now: number): boolean {
    const isLast = this.round?.sharing === true && this.period >= this.setup.periods;
    if (action !== "Delegate" || this.status !== "Active" || now < this.start || isLast) {
      this.ao.foreign += quantity;
      return false;
    }
    this.ao.received += quantity;
    this.ao.waiting += quantity;
    if (this.round?.sharing === true) this.#late.push([account, quantity]);
    else this.#count(account, quantity);
    return true;
  }

  /** A page of a report, from a ledger of the launch. */
  report({ ledger, reference, page, pages, rows, paid }: ReportPage): void {
    this.tellPaid(ledger, paid);
    const { round } = this;
    if (round === undefined || round.sharing || reference !== `${round.number}`) return;
    for (const [account, cumulative] of rows) {
      const seen = this.#seen[ledger]!.get(account) ?? 0n;
      if (cumulative > seen) {
        this.#seen[ledger]!.set(account, cumulative);
        this.#count(account, cumulative - seen);
      }
    }
    round.got[ledger]!.add(page);
    round.pages[ledger] = pages;
  }

  /** AO has come from a ledger, which says so by a notice, or later by a figure. */
  proceeds(ledger: number, quantity: bigint): void {
    const before = this.#paidBy(ledger);
    this.noticed[ledger]! += quantity;
    this.#receive(this.#paidBy(ledger) - before);
  }

  tellPaid(ledger: number, paid: bigint): void {
    const before = this.#paidBy(ledger);
    if (paid > this.told[ledger]!) this.told[ledger] = paid;
    this.#receive(this.#paidBy(ledger) - before);
  }

  #paidBy(ledger: number): bigint {
    const [noticed, told] = [this.noticed[ledger]!, this.told[ledger]!];
    return noticed > told ? noticed : told;
  }

  #receive(quantity: bigint): void {
    this.ao.received += quantity;
    this.ao.waiting += quantity;
  }

  #count(account: string, quantity: bigint): void {
    add(this.#current, account, quantity);
    add(this.contributed, account, quantity);
  }

  /** Whether the contributions of the round are all in, or have been waited for long enough. */
  maySharing(now: number): boolean {
    const { round } = this;
    if (round === undefined || round.sharing) return false;
    return this.isComplete() || now - round.began >= patience;
  }

  isComplete(): boolean {
    const { round } = this;
    return (round?.got ?? []).every((pages, ledger) => {
      const count = round!.pages[ledger]!;
      return count > 0 && Array.from({ length: count }, (_, i) => i + 1).every((page) => pages.has(page));
    });
  }

  /** The round shares out all of the rollover. */
  share(): void {
    const round = this.round!;
    const accounts = [...this.#current.keys()].sort();
    round.sharing = true;
    round.participants = accounts;
    if (accounts.length === 0) return;
    const parts = largestRemainder(
      this.rollover,
      accounts.map((account) => this.#current.get(account)!),
    );
    accounts.forEach((account, i) => add(this.credited, account, parts[i]!));
    this.distributed += this.rollover;
    this.rollover = 0n;
    this.#current = new Map();
  }

  /** The round is over. */
  finish(): void {
    const { participants } = this.round!;
    this.round = undefined;
    const { periods, grace } = this.setup;
    if (this.period >= periods) {
      if (this.rollover === 0n) this.status = "Ended";
      else if (participants.length === 0 && this.elapsed >= periods + grace) {
        this.#giveBack(places.treasury);
        this.status = "Ended";
      }
    }
    for (const [account, quantity] of this.#late.splice(0)) this.#count(account, quantity);
  }

  cancel(): void {
    this.status = "Cancelled";
    if (this.funder === undefined) this.#lapse();
    else this.#giveBack(this.funder);
  }

  #giveBack(account: string): void {
    add(this.givenBack, account, this.rollover + this.notYetEmitted());
    this.#lapse();
  }

  #lapse(): void {
    this.returned += this.rollover + this.notYetEmitted();
    this.rollover = 0n;
    this.period = this.setup.periods;
  }
}

function emptyCash(): Cash {
  const nothing = { received: 0n, cameBack: 0n, waiting: 0n, forwarded: 0n };
  return { ...nothing, exchanged: 0n, foreign: 0n, settled: 0n };
}

export function add(map: Map<string, bigint>, key: string, quantity: bigint): void {
  map.set(key, (map.get(key) ?? 0n) + quantity);
}
