/**
 * Funding as a network delivers it: each notice at once, late or never, in any number of transfers, with dust and
 * mistakes among them. The launch never books more than it has, and has its tokens in the end if they have come.
 */
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { runs, seed } from "./judge.ts";
import { day, hour, places, type Setup } from "./launch-setup.ts";
import { createSubject, type Subject, tagIn, type TagRecord } from "./launch-subject.ts";

const allocation = 1_000n;
const setup: Setup = {
  ...{ amount: allocation, percent: "10", supply: 10_000n, factor: "0.5", periods: 30, grace: 1 },
  ...{ delay: 20 * day, batches: true, numbered: true, aoNumbered: true, ledgers: 1, indexPercent: "" },
  slices: { parts: 5_000, rows: 1_000, batches: 10 },
};

type Step =
  | { act: "send"; quantity: bigint; words: string; notice: "at once" | "late" | "never" }
  | { act: "hear"; which: number }
  | { act: "answer"; stale: boolean; lost: boolean }
  | { act: "carry out" }
  | { act: "wait"; hours: number };

const steps: fc.Arbitrary<Step> = fc.oneof(
  fc.record({
    act: fc.constant("send" as const),
    quantity: fc.oneof(
      fc.constantFrom(allocation, allocation, allocation / 2n, allocation + 1n),
      fc.bigInt(1n, 2n * allocation),
    ),
    words: fc.constantFrom("Initialize-FLP", "Initialize-FLP", "Dance", "Refund"),
    notice: fc.constantFrom("at once" as const, "late" as const, "late" as const, "never" as const),
  }),
  fc.record({ act: fc.constant("hear" as const), which: fc.nat(9) }),
  fc.record({ act: fc.constant("answer" as const), stale: fc.boolean(), lost: fc.boolean() }),
  fc.record({ act: fc.constant("carry out" as const) }),
  fc.record({ act: fc.constant("wait" as const), hours: fc.integer({ min: 1, max: 3 }) }),
);

/** The launch's token: what the launch really has, and what is on its way between the two. */
class Vault {
  readonly subject: Subject = createSubject(setup);
  balance = 0n;
  sent = 0n;
  late: TagRecord[] = [];
  #questions: { reference: string; balance: bigint }[] = [];
  #orders: { number: string; quantity: bigint }[] = [];
  readonly #paid = new Set<string>();

  post(tags: TagRecord, from = places.token): void {
    const result = this.subject.post({ from, tags });
    assert.equal(result.Error, undefined);
    for (const message of result.Messages) {
      const of = (name: string) => tagIn(message, name);
      if (message.Target !== places.token) continue;
      if (of("Action") === "Balance")
        this.#questions.push({ reference: of("Reference"), balance: this.balance });
      if (of("Action") === "Transfer")
        this.#orders.push({ number: of("X-Payout"), quantity: BigInt(of("Quantity")) });
    }
    assert.ok(this.#figure("Token-Book-Balance") <= this.balance, "no more is booked than there is");
  }

  #figure(name: string): bigint {
    return BigInt(this.subject.info().get(name)!);
  }

  take(step: Step): void {
    if (step.act === "send") this.#send(step);
    if (step.act === "hear") this.hear(step.which);
    if (step.act === "answer") this.answer(step.stale, step.lost);
    if (step.act === "carry out") this.carryOut();
    if (step.act === "wait") this.wait(step.hours);
  }

  #send({ quantity, words, notice }: Extract<Step, { act: "send" }>): void {
    this.balance += quantity;
    this.sent += quantity;
    const tags = { Action: "Credit-Notice", Sender: places.team, Quantity: `${quantity}`, "X-Action": words };
    if (notice === "at once") this.post(tags);
    if (notice === "late") this.late.push(tags);
  }

  hear(which: number): void {
    const [tags] = this.late.splice(which % Math.max(1, this.late.length), 1);
    if (tags !== undefined) this.post(tags);
  }

  answer(stale: boolean, lost = false): void {
    const question = this.#questions.pop();
    if (question === undefined || lost) return;
    const balance = stale ? question.balance : this.balance;
    const reference = { "X-Reference": question.reference, Account: places.launch };
    this.post({ Balance: `${balance}`, ...reference });
  }

  carryOut(): void {
    for (const { number, quantity } of this.#orders.splice(0)) {
      assert.ok(this.#paid.has(number) || quantity <= this.balance, "a refund is covered");
      if (!this.#paid.has(number)) this.balance -= quantity;
      this.#paid.add(number);
      this.post({ Action: "Debit-Notice", "X-Payout": number });
    }
  }

  wait(hours: number): void {
    this.subject.wait(hours * hour);
    this.post({ Action: "Tick" }, places.stranger);
  }
}

test("a launch never books more than it has, and any loss of a notice heals", (context) => {
  const counts = { found: 0, funded: 0, back: 0n };
  const property = fc.property(fc.array(steps, { maxLength: 40 }), (history) => {
    const vault = new Vault();
    vault.post({ Action: "Info-Response", Ticker: "T", Denomination: "6", "Numbered-Transfers": "true" });
    history.forEach((step) => vault.take(step));
    vault.carryOut();
    const booked = BigInt(vault.subject.info().get("Token-Book-Balance")!);
    const before = vault.subject.info().get("Status");
    for (let i = 0; i < 3; i++) {
      vault.wait(1);
      vault.answer(false);
    }
    const status = vault.subject.info().get("Status");
    const isThere = before === "Active" || vault.balance - booked >= allocation;
    assert.equal(status, isThere ? "Active" : "Ready");
    if (before === "Ready" && status === "Active") counts.found += 1;
    if (status === "Active") counts.funded += 1;
    // Whatever is heard of later changes nothing in that.
    while (vault.late.length > 0) vault.hear(0);
    vault.carryOut();
    if (status === "Active") assert.ok(vault.balance >= allocation, "the tokens are there for delegators");
    counts.back += vault.sent - vault.balance;
  });
  fc.assert(property, { seed, numRuns: runs });
  context.diagnostic(
    `${counts.funded} funded, ${counts.found} of them found in the end, ${counts.back} sent back`,
  );
  assert.ok(counts.found > 0 && counts.funded > counts.found && counts.back > 0n);
});
