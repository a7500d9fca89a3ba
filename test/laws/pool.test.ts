/** The pool's laws (docs/pool.md), over histories with several actors, mute tokens, repetition and forgery. */
import assert from "node:assert/strict";
import { tagValue } from "../../units/message.ts";
import { actors } from "./pool-history.ts";
import { type PoolLaw, testPoolLaws } from "./pool-judge.ts";
import { LOCKED } from "./pool-model.ts";
import { big, places, sent } from "./pool-subject.ts";

const both = [0, 1] as const;

const laws: readonly PoolLaw[] = [
  {
    name: "PL1 reserve + deposits + owed + pending + unconfirmed = received − settled, for each token, in Info",
    check({ subject, model }) {
      for (const [side, name] of [
        [0, "Token-A"],
        [1, "Token-B"],
      ] as const) {
        const figure = (what: string) => subject.figure(`${name}-${what}`);
        const parts = ["Reserve", "Deposits", "Owed", "Pending", "Unconfirmed"].map(figure);
        assert.equal(
          parts.reduce((sum, part) => sum + part, 0n),
          model.received[side] - model.settled[side],
        );
        assert.equal(figure("Received"), model.received[side]);
        assert.equal(figure("Settled"), model.settled[side]);
        assert.equal(figure("Accounted-For"), figure("Book-Balance"));
        assert.equal(figure("Book-Balance"), model.received[side] - model.settled[side]);
      }
    },
  },
  {
    name: "PL2 a swap never lowers the product of the reserves",
    check({ step, before, after }) {
      if (step.kind !== "swap") return;
      assert.ok(after.reserves[0] * after.reserves[1] >= before.reserves[0] * before.reserves[1]);
    },
  },
  {
    name: "PL3 the quote is the fill, and never more than the model's",
    check({ result, quote, model, step, before }) {
      const [order] = sent(result, "Order-Confirmation");
      if (order === undefined || quote === undefined || step.kind !== "swap") return;
      assert.equal(BigInt(tagValue(order, "To-Quantity")!), quote);
      assert.equal(BigInt(tagValue(sent(result, "Transfer")[0]!, "Quantity")!), quote);
      const was = { reserves: before.reserves, fee: model.fee };
      const paid = BigInt(tagValue(order, "From-Quantity")!);
      assert.equal(quote, model.output.call(was, step.side, paid));
    },
  },
  {
    name: "PL4 nobody's part of either reserve falls when others add, remove or swap: by shares, cross-multiplied",
    check({ step, before, after }) {
      if (before.supply === 0n) return;
      if (step.kind === "swap") {
        const [was, is] = [before, after].map(({ reserves }) => reserves[0] * reserves[1]);
        assert.ok(after.supply === before.supply && is! >= was!);
      } else {
        for (const side of both)
          assert.ok(after.reserves[side] * before.supply >= before.reserves[side] * after.supply);
      }
    },
  },
  {
    name: "PL5 what is ordered is what the model orders: to whom, how much, under which number, and nothing else",
    check({ result, orders }) {
      const found = sent(result, "Transfer").map((tags) => {
        const value = (name: string) => tagValue(tags, name);
        return `${value("Recipient")} ${value("Quantity")} ${value("X-Payout")}`;
      });
      const expected = orders.map(({ recipient, quantity, number }) => `${recipient} ${quantity} ${number}`);
      assert.deepEqual([...found].sort(), [...expected].sort());
      const targets = result.Messages.filter(({ Tags }) => tagValue(Tags, "Action") === "Transfer");
      for (const [side, token] of places.tokens.entries())
        assert.equal(
          targets.filter(({ Target }) => Target === token).length,
          orders.filter((order) => order.side === side).length,
        );
    },
  },
  {
    name: "PL6 what can't be used goes back once, whole, with the reason",
    check({ step, result, refused }) {
      if (refused !== undefined || (step.kind !== "swap" && step.kind !== "stray")) return;
      if (sent(result, "Order-Confirmation").length > 0) return;
      const back = sent(result, "Transfer");
      if (step.kind === "stray" && step.words === 1) return assert.equal(back.length, 0);
      assert.equal(back.length, 1);
      assert.equal(tagValue(back[0]!, "X-Action"), "Refund");
      assert.ok(tagValue(back[0]!, "X-Reason")!.length > 10);
      for (const error of sent(result, "Order-Error"))
        assert.equal(tagValue(error, "Result"), tagValue(back[0]!, "X-Reason"));
    },
  },
  {
    name: "PL7 half a deposit waits until its deadline at most: after a Tick none is overdue; what waits is the model's",
    check({ step, subject, model, refused }) {
      const { deposits, sides, line } = subject.state();
      const found = Object.entries(deposits).map(([account, { side, quantity, deadline }]) => {
        return `${account} ${side} ${big(quantity)} ${deadline}`;
      });
      const expected = [...model.waiting].map(([account, { side, quantity, deadline }]) => {
        return `${account} ${side} ${quantity} ${deadline}`;
      });
      assert.deepEqual(found.sort(), expected.sort());
      assert.equal(line.size, model.waiting.size);
      for (const side of both) {
        const halves = [...model.waiting.values()].filter((half) => half.side === side);
        assert.equal(
          big(sides[side].deposits),
          halves.reduce((sum, { quantity }) => sum + quantity, 0n),
        );
      }
      if (step.kind === "tick" && refused === undefined)
        for (const { deadline } of Object.values(deposits)) assert.ok(deadline > subject.now());
    },
  },
  {
    name: "PL8 reserves and what is owed, pending and unconfirmed are the model's, account by account",
    check({ subject, model }) {
      for (const side of both) {
        const { reserve, owed, owedTo, payouts } = subject.state().sides[side];
        assert.equal(big(reserve), model.reserves[side]);
        assert.equal(big(payouts.pending), model.pending(side, false));
        assert.equal(big(payouts.aside), model.pending(side, true));
        const claims = [...model.claims[side]].filter(([, quantity]) => quantity > 0n);
        assert.deepEqual(
          Object.entries(owedTo)
            .map(([account, quantity]) => `${account} ${big(quantity)}`)
            .sort(),
          claims.map(([account, quantity]) => `${account} ${quantity}`).sort(),
        );
        assert.equal(
          big(owed),
          claims.reduce((sum, [, quantity]) => sum + quantity, 0n),
        );
      }
    },
  },
  {
    name: "PL9 the balances are the model's and add up to the supply; the first 1,000 shares never move",
    check({ subject, model }) {
      const balance = (Recipient: string) =>
        BigInt(tagValue(subject.ask({ Action: "Balance", Recipient }), "Balance")!);
      for (const account of [...actors, places.pool])
        assert.equal(balance(account), model.sharesOf(account), account);
      assert.equal(big(subject.state().supply), model.supply);
      assert.equal(balance(places.pool), model.supply === 0n ? 0n : LOCKED);
      if (model.supply > 0n) for (const side of both) assert.ok(model.reserves[side] > 0n);
    },
  },
  {
    name: "PL10 the cumulative prices are Σ price · time of the whole past, whatever came between",
    check({ subject, model }) {
      if (model.supply === 0n) return;
      const tags = subject.ask({ Action: "Get-Cumulative-Price" });
      const found = ["Price-A-Cumulative", "Price-B-Cumulative"].map((name) => BigInt(tagValue(tags, name)!));
      assert.deepEqual(found, model.cumulative());
    },
  },
  {
    name: "PL11 a repeated or forged message is refused, and changes nothing (MS1, MS2)",
    check({ untouched, refused }) {
      if (untouched === undefined) return;
      assert.ok(refused === "repeated" || refused === "untrusted", refused);
      assert.ok(untouched);
    },
  },
  {
    name: "PL12 a notice never fails (MS8): only requests are refused, for a reason that applies",
    check({ step, refused, untouched, orders }) {
      if (untouched !== undefined || refused === undefined) return;
      const reasons = { cancel: "unknown-deposit", claim: "nothing-owed" } as Record<string, string>;
      assert.equal(refused, reasons[step.kind], step.kind);
      assert.equal(orders.length, 0);
    },
  },
];

testPoolLaws(laws);
