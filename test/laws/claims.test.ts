/** Laws of claims and payouts that histories alone don't show. */
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { walletAddress } from "../../units/address.ts";
import { tagValue } from "../../units/message.ts";
import { histories, person } from "./history.ts";
import { play, runs, seed, steps } from "./judge.ts";
import { accruedByWallet, walletsOf } from "./recomputation.ts";
import { addresses, big, type Subject } from "./subject.ts";

const UNIT = 10n ** 42n;

function settleAll(subject: Subject, paid: boolean): void {
  for (const number of Object.keys(subject.state().payouts.open)) {
    assert.equal(subject.request({ kind: "answer", payout: Number(number), paid }).error, "");
  }
}

test("CR6 everyone can settle, in any order, and what remains is the rest", () => {
  const property = fc.property(
    histories(Math.ceil(steps / 2)),
    fc.infiniteStream(fc.nat()),
    (history, turns) => {
      const { subject } = play(history, () => {});
      settleAll(subject, true);
      const order = [...accruedByWallet(subject.state()).keys()].map((from) => ({
        from,
        turn: turns.next().value as number,
      }));
      for (const { from } of order.toSorted((a, b) => a.turn - b.turn)) {
        const request = { kind: "withdrawal", from, quantity: undefined, recipient: undefined } as const;
        const { error } = subject.request(request);
        assert.ok(error === "" || error.includes("There is nothing to withdraw"), error);
      }
      settleAll(subject, true);

      const { tokens, waiting, feesWaiting, wallets, minted, foreign, payouts } = subject.state();
      const fractions = [...accruedByWallet(subject.state())].reduce((sum, [name, accrued]) => {
        const slot = wallets.register.slots[name]!;
        const left = accrued - (big(wallets.withdrawn[slot]) + big(wallets.fees[slot])) * UNIT;
        assert.ok(left >= 0n && left < UNIT, "less than a unit each");
        return sum + left;
      }, 0n);
      const rest = [...tokens.map((token) => token.rest), ...waiting].reduce(
        (sum, part) => sum + big(part),
        0n,
      );
      const withdrawn = walletsOf(subject.state()).reduce(
        (sum, slot) => sum + big(wallets.withdrawn[slot]),
        0n,
      );
      const refunded = big(payouts.settled) - withdrawn;
      // A refund that the token refused stays, and is nobody's here.
      const remains = big(minted) + big(foreign) - big(payouts.settled) - (big(foreign) - refunded);
      assert.equal(remains * UNIT, fractions + rest + big(feesWaiting) * UNIT);
    },
  );
  fc.assert(property, { seed, endOnFailure: true, numRuns: Math.ceil(runs / 2) });
});

test("CR4 an unknown claim leaves no trace", () => {
  const property = fc.property(histories(20), fc.string(), (history, name) => {
    const { subject } = play(history, () => {});
    const before = JSON.stringify(subject.state());
    const nobody = walletAddress(`nobody ${name}`);
    for (const tags of [{}, { Quantity: "1" }, { Recipient: person(40, 0) }]) {
      const { Error: error } = subject.post(nobody, { Action: "Withdraw", ...tags });
      assert.match(error ?? "", /^\[insufficient-yield\]/);
    }
    subject.ask({ Action: "Get-Yield", Wallet: nobody });
    for (const number of ["77777", "payout-1", "", "1e9", "__proto__", "constructor"]) {
      for (const action of ["Debit-Notice", "Transfer-Error"]) {
        const answer = subject.post(addresses.token, { Action: action, "X-Payout": number, Quantity: "1" });
        assert.deepEqual([answer.Error, answer.Messages.length], [undefined, 0]);
      }
    }
    assert.equal(JSON.stringify(subject.state()), before);
  });
  fc.assert(property, { seed, endOnFailure: true, numRuns: Math.ceil(runs / 4) });
});

test("CR7 only the owner redirects", () => {
  const property = fc.property(histories(steps), (history) => {
    const sent = new Map<string, { recipient: string; quantity: string }>();
    play(history, ({ model, outcome }) => {
      const { result } = outcome as ReturnType<Subject["request"]>;
      for (const { Tags } of result?.Messages ?? []) {
        if (tagValue(Tags, "Action") !== "Transfer") continue;
        const number = tagValue(Tags, "X-Payout")!;
        const order = { recipient: tagValue(Tags, "Recipient")!, quantity: tagValue(Tags, "Quantity")! };
        // The model has the recipient from the owner's own request; a transfer sent again says the same.
        const payout = model.payouts.get(Number(number))!;
        assert.deepEqual(order, { recipient: payout.recipient, quantity: `${payout.quantity}` });
        assert.deepEqual(sent.get(number) ?? order, order);
        sent.set(number, order);
      }
    });
  });
  fc.assert(property, { seed, endOnFailure: true, numRuns: Math.ceil(runs / 2) });
});

test("a wallet's yield is paid to nobody else, whoever asks", () => {
  const property = fc.property(histories(steps), fc.nat(39), (history, index) => {
    const { subject } = play(history, () => {});
    const robbed = person(40, index);
    const before = subject.ask({ Action: "Get-Yield", Wallet: robbed }).data;
    subject.post(addresses.stranger, { Action: "Withdraw", Wallet: robbed, Recipient: addresses.stranger });
    const forged = subject.post(robbed, { Action: "Withdraw" }, "", { signer: addresses.forger });
    assert.match(forged.Error ?? "", /^\[untrusted\]/);
    assert.equal(subject.ask({ Action: "Get-Yield", Wallet: robbed }).data, before);
  });
  fc.assert(property, { seed, endOnFailure: true, numRuns: Math.ceil(runs / 8) });
});
