/** What a factory should do, said another way: maps, BigInt, and nothing of process/. */

export const FEE = 100n;
export const PATIENCE = 1_000;
export const QUESTIONS = 3;
export const listedStatuses = ["Ready", "Active", "Ended", "Cancelled"] as const;
export type Listed = (typeof listedStatuses)[number];

export interface Spawn {
  readonly request: string;
  readonly module: string;
  readonly hash: string;
}

export interface Report {
  readonly status: Listed;
  readonly accumulated: bigint;
  readonly ticks: bigint;
}

export interface Request {
  readonly id: string;
  readonly by: string;
  readonly deployer: string;
  readonly start: number;
  status: "Awaiting-Approval" | "Requested" | "Spawned" | "Failed" | Listed;
  held: bigint;
  tried: number;
  questions: number;
  spawn: Spawn | undefined;
  child: string | undefined;
  sequence: number;
  accumulated: bigint;
  ticks: bigint;
}

/** "ok", or the code of the refusal. */
export type Verdict = string;

export class RegistryModel {
  readonly guarded: boolean;
  readonly owner: string;
  readonly approver: string;
  readonly feeRecipient: string;
  readonly modules: readonly string[];
  readonly requests: Request[] = [];
  readonly spawns: Spawn[] = [];
  readonly deprecated = new Set<string>();
  readonly credits = new Map<string, bigint>();
  /** Open payouts of fees by number. */
  readonly open = new Map<number, { readonly owner: string; readonly quantity: bigint }>();
  payouts = 0;
  received = 0n;
  foreign = 0n;
  surplus = 0n;
  paid = 0n;
  earned = 0n;
  paused = false;
  now = 0;

  constructor(options: {
    readonly guarded: boolean;
    readonly owner: string;
    readonly approver: string;
    readonly feeRecipient: string;
    readonly modules: readonly string[];
  }) {
    this.guarded = options.guarded;
    this.owner = options.owner;
    this.approver = options.approver;
    this.feeRecipient = options.feeRecipient;
    this.modules = options.modules;
  }

  get module(): string | undefined {
    return this.modules.find((module) => !this.deprecated.has(module));
  }

  isListed(request: Request): boolean {
    return (listedStatuses as readonly string[]).includes(request.status);
  }

  creditOf(account: string): bigint {
    return this.credits.get(account) ?? 0n;
  }

  create(id: string, by: string, deployer: string, start: number): Verdict {
    if (this.paused) return "paused";
    if (start <= this.now) return "start-passed";
    if (this.guarded && this.creditOf(by) < FEE) return "fee-required";
    if (this.module === undefined) return "no-module";
    const held = this.guarded ? FEE : 0n;
    this.#credit(by, -held);
    this.requests.push({
      ...{ id, by, deployer, start, held, status: "Awaiting-Approval", tried: this.now, questions: 0 },
      ...{ spawn: undefined, child: undefined, sequence: 0, accumulated: 0n, ticks: 0n },
    });
    return "ok";
  }

  /** What was spawned, as the outbox says; a free factory does it at once. */
  spawn(request: Request, hash: string): void {
    const spawn = { request: request.id, module: this.module!, hash };
    this.spawns.push(spawn);
    Object.assign(request, { spawn, child: undefined, status: "Requested", tried: this.now, questions: 0 });
  }

  /** The notice counts only for a request that waits for one, of the module that was last asked for. */
  spawned(spawn: Spawn, child: string): void {
    const request = this.requests.find(({ id }) => id === spawn.request)!;
    if (request.status !== "Requested" || spawn.module !== request.spawn!.module) return;
    Object.assign(request, { child, status: "Spawned", tried: this.now, questions: 1 });
  }

  identity(child: string, right: boolean): void {
    const request = this.#byChild(child);
    if (request?.status !== "Spawned") return;
    if (!right) return this.#fail(request);
    request.status = "Ready";
    this.#credit(this.feeRecipient, request.held);
    this.earned += request.held;
    request.held = 0n;
  }

  /** "spawn": one must follow. */
  retry(request: Request): Verdict {
    const late = request.start <= this.now;
    if (request.status === "Awaiting-Approval") {
      if (!late) return "not-approved";
      this.#fail(request);
      return "ok";
    }
    if (request.status !== "Requested" && request.status !== "Spawned") return "not-pending";
    if (this.now < request.tried + PATIENCE) return "too-early";
    if (request.status === "Spawned" && request.questions < QUESTIONS) {
      request.questions += 1;
      request.tried = this.now;
      return "ok";
    }
    if (late) {
      this.#fail(request);
      return "ok";
    }
    if (this.paused) return "paused";
    return this.module === undefined ? "no-module" : "spawn";
  }

  approve(request: Request, by: string): Verdict {
    if (request.status !== "Awaiting-Approval") return "not-pending";
    if (by !== this.approver || !this.guarded) return "not-approver";
    if (this.paused) return "paused";
    if (request.start <= this.now) return "start-passed";
    return this.module === undefined ? "no-module" : "spawn";
  }

  reject(request: Request, by: string): Verdict {
    if (request.status !== "Awaiting-Approval") return "not-pending";
    if (by !== this.approver && by !== request.by) return "not-approver";
    this.#fail(request);
    return "ok";
  }

  report(child: string, sequence: number, report: Report): Verdict {
    const request = this.#byChild(child);
    if (request === undefined || !this.isListed(request)) return "not-listed";
    if (sequence <= request.sequence) return "ok";
    const order = (status: string) => ["Ready", "Active", "Ended"].indexOf(status);
    const [was, will] = [order(request.status), order(report.status)];
    const over = request.status === "Ended" || request.status === "Cancelled";
    if (report.status !== request.status && (over || (will >= 0 && will < was))) return "invalid-report";
    const { status, accumulated, ticks } = report;
    Object.assign(request, { sequence, status, accumulated, ticks });
    return "ok";
  }

  /** A fee is credited; what is none goes back, which is a payout. */
  pay(by: string, quantity: bigint, isFee: boolean): void {
    if (this.guarded && isFee) {
      this.received += quantity;
      this.#credit(by, quantity);
    } else {
      this.foreign += quantity;
      this.#open("", quantity);
    }
  }

  withdraw(by: string, account: string): Verdict {
    if (account !== by && account !== this.feeRecipient) return "not-owner";
    const quantity = this.creditOf(account);
    if (quantity === 0n) return "no-credit";
    this.#credit(account, -quantity);
    this.#open(account, quantity);
    return "ok";
  }

  answer(number: number, settled: boolean): void {
    const payout = this.open.get(number);
    if (payout === undefined) return;
    this.open.delete(number);
    if (settled) this.paid += payout.quantity;
    else if (payout.owner === "") this.surplus += payout.quantity;
    else this.#credit(payout.owner, payout.quantity);
  }

  #byChild(child: string): Request | undefined {
    return this.requests.find((request) => request.child === child);
  }

  #fail(request: Request): void {
    request.status = "Failed";
    request.child = undefined;
    this.#credit(request.by, request.held);
    request.held = 0n;
  }

  #open(owner: string, quantity: bigint): void {
    this.payouts += 1;
    this.open.set(this.payouts, { owner, quantity });
  }

  #credit(account: string, quantity: bigint): void {
    if (quantity !== 0n) this.credits.set(account, this.creditOf(account) + quantity);
  }
}
