/** Laws of the mint and of the token's supply, and those of distribution that compare two worlds. */
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { nodeHost } from "../../process/host/node.ts";
import { token } from "../../process/token/actions.ts";
import { identifier, walletAddress } from "../../units/address.ts";
import { tagsOf, tagValue } from "../../units/message.ts";
import { cycleTime, emitted, mintHost, start } from "../mint/mint-host.ts";
import { person, rules } from "./history.ts";
import { runs, seed } from "./judge.ts";
import type { Rules } from "./model.ts";
import { accruedByWallet } from "./recomputation.ts";
import type { Request } from "./requests.ts";
import { addresses, big, createSubject, type Subject } from "./subject.ts";

const UNIT = 10n ** 42n;

/** When ticks come: how long after the last, by a clock that may go back, and sometimes stands far ahead. */
const ticks = fc.array(
  fc.record({
    step: fc.oneof(
      { weight: 9, arbitrary: fc.integer({ min: -cycleTime, max: 2 * cycleTime }) },
      { weight: 1, arbitrary: fc.integer({ min: 0, max: 60 * cycleTime }) },
    ),
    cron: fc.boolean(),
  }),
  { minLength: 1, maxLength: 60 },
);

test("MT3 a cycle is minted once, however often and late ticks come", () => {
  const property = fc.property(ticks, (drawn) => {
    const mint = mintHost();
    let last = 0;
    let minted = 0n;
    let [time, latest] = [0, 0];
    for (const { step, cron } of drawn) {
      time += step;
      latest = Math.max(latest, time);
      const due = Math.max(0, Math.floor(latest / cycleTime));
      const orders = mint.tick(start + time, cron);
      assert.equal(orders.length, due > last ? 1 : 0);
      for (const { quantity, cycle, cumulative } of orders) {
        assert.equal(cycle, due);
        assert.equal(cumulative, minted + quantity);
        minted = cumulative;
        last = cycle;
      }
      assert.equal(minted, emitted(due));
    }
  });
  fc.assert(property, { seed, numRuns: runs });
});

test("MT4 ten cycles at once ≡ ten ticks", () => {
  const property = fc.property(
    fc.integer({ min: 1, max: 300 }),
    fc.integer({ min: 2, max: 50 }),
    (before, count) => {
      const [once, each] = [mintHost(), mintHost()];
      const at = (cycle: number): number => start + cycle * cycleTime;
      once.tick(at(before));
      each.tick(at(before));
      once.tick(at(before + count));
      for (let i = 1; i <= count; i++) each.tick(at(before + i));
      assert.deepEqual(once.state(), each.state());
    },
  );
  fc.assert(property, { seed, numRuns: Math.ceil(runs / 4) });
});

interface World {
  readonly rules: Rules;
  readonly holdings: readonly (readonly bigint[])[];
  readonly factors: readonly number[];
}

/** Twelve wallets, each of which delegates some of its yield to the next. */
const worlds: fc.Arbitrary<World> = fc.record({
  rules: rules.map((drawn) => ({
    ...drawn,
    policies: {
      ...drawn.policies,
      allowCycles: true,
      deepestChain: 0,
      smallestBaseWeight: 0n,
      changeFee: 0n,
    },
  })),
  holdings: fc.array(fc.array(fc.bigInt(0n, 10n ** 24n), { minLength: 12, maxLength: 12 }), {
    minLength: 3,
    maxLength: 3,
  }),
  factors: fc.array(fc.integer({ min: 1_000, max: 10_000 }), { minLength: 12, maxLength: 12 }),
});

function found({ rules: own, holdings, factors }: World, scale = 1n): Subject {
  const subject = createSubject(own);
  const page = {
    kind: "page",
    from: addresses.oracle,
    snapshot: 1,
    page: 1,
    pages: 1,
    mode: "full",
  } as const;
  holdings.forEach((column, at) => {
    const rows = column.map((amount, i) => ({
      source: person(40, i),
      amount: amount * scale,
      recipient: undefined,
    }));
    assert.equal(subject.request({ ...page, token: at, rows }).error, "");
  });
  factors.forEach((factor, i) => {
    const share = { to: person(40, (i + 1) % 12), factor };
    const request = { kind: "delegation", from: person(40, i), owner: person(40, i), share } as const;
    assert.equal(subject.request(request).error, "");
  });
  return subject;
}

function mintTo(subject: Subject, cumulative: bigint): void {
  const request: Request = { kind: "minting", cycle: 1, cumulative };
  assert.equal(subject.request(request).error, "");
}

function assertClose(left: Subject, right: Subject, tolerance: bigint): void {
  const other = accruedByWallet(right.state());
  for (const [wallet, amount] of accruedByWallet(left.state())) {
    const difference = amount - (other.get(wallet) ?? 0n);
    assert.ok(difference <= tolerance && -difference <= tolerance, `${wallet}: ${difference}`);
  }
}

test("MT4 a ledger shares out ten cycles at once as it does ten by themselves", () => {
  const cycles = fc.array(fc.bigInt(1n, 34_593_759_375_000n), { minLength: 10, maxLength: 10 });
  const property = fc.property(worlds, cycles, (world, rewards) => {
    const [once, each] = [found(world), found(world)];
    let cumulative = 0n;
    for (const reward of rewards) mintTo(each, (cumulative += reward));
    mintTo(once, cumulative);
    // Between classes each cycle is split in whole units.
    assertClose(once, each, world.rules.classes.length === 1 ? UNIT : 10n * UNIT);
  });
  fc.assert(property, { seed, numRuns: runs });
});

test("MT8 multiplying all quantities by k changes nothing", () => {
  const property = fc.property(
    worlds,
    fc.bigInt(2n, 10n ** 6n),
    fc.bigInt(1n, 10n ** 15n),
    (world, k, minted) => {
      const [plain, scaled] = [found(world), found(world, k)];
      for (const subject of [plain, scaled]) {
        mintTo(subject, minted);
        mintTo(subject, minted * 3n);
      }
      assertClose(plain, scaled, UNIT);
    },
  );
  fc.assert(property, { seed, numRuns: runs });
});

/** What can happen to a token's supply. */
const events = fc.array(
  fc.oneof(
    fc.record({
      act: fc.constant("mint" as const),
      to: fc.nat(3),
      amount: fc.bigInt(1n, 400n),
      by: fc.nat(5),
    }),
    fc.record({
      act: fc.constant("mint up to" as const),
      to: fc.nat(3),
      amount: fc.bigInt(1n, 400n),
      by: fc.nat(5),
    }),
    fc.record({
      act: fc.constant("move" as const),
      to: fc.nat(3),
      amount: fc.bigInt(1n, 400n),
      by: fc.nat(3),
    }),
    fc.record({
      act: fc.constant("burn" as const),
      to: fc.nat(3),
      amount: fc.bigInt(1n, 100n),
      by: fc.nat(3),
    }),
  ),
  { minLength: 100, maxLength: 120, size: "max" },
);

test("MT5 supply grows by what is minted, never past the cap, and is what all balances add up to", () => {
  const cap = 2_000n;
  const property = fc.property(events, (drawn) => {
    const minter = walletAddress("minter");
    const host = nodeHost(token);
    const environment = {
      Process: {
        Id: identifier("token"),
        Owner: minter,
        Tags: tagsOf({ Name: "AO", Ticker: "AO", Denomination: "12", Cap: `${cap}`, Minter: minter }),
      },
      Module: { Id: identifier("module") },
    };
    let supply = 0n;
    const upTo = new Map<string, bigint>();
    for (const [index, { act, to, amount, by }] of drawn.entries()) {
      const recipient = person(40, to);
      const isMint = act === "mint" || act === "mint up to";
      const from = isMint && by > 0 ? minter : person(40, by);
      const before = upTo.get(recipient) ?? 0n;
      const tags = {
        ...{ Action: act === "move" ? "Transfer" : act === "burn" ? "Burn" : "Mint", Recipient: recipient },
        Quantity: `${amount}`,
        // Some figures are late: below what is known.
        ...(act === "mint up to" ? { "X-Cumulative": `${max(0n, before + amount - 150n)}` } : {}),
      };
      const message = {
        Id: identifier("event", index),
        Owner: from,
        From: from,
        Target: environment.Process.Id,
      };
      const { Messages } = host.handle({ ...message, Tags: tagsOf(tags), Timestamp: index }, environment);
      const done = Messages.find(({ Tags }) => /^(Mint|Burn)-Response$/.test(tagValue(Tags, "Action")!));
      const added = done === undefined ? 0n : BigInt(tagValue(done.Tags, "Quantity")!);
      if (isMint && from !== minter) assert.equal(done, undefined, "only the minter mints");
      if (act === "mint up to" && added > 0n) upTo.set(recipient, BigInt(tags["X-Cumulative"]!));
      if (act === "mint up to" && done !== undefined) {
        assert.equal(added, max(0n, BigInt(tags["X-Cumulative"]!) - before), "what is missing to the figure");
      }
      supply += act === "burn" ? -added : added;
      const { state } = host.kept()!;
      assert.equal(big(state.supply), supply);
      assert.ok(supply <= cap);
      const { names } = state.holders;
      const balances = state.balances.map((balance, slot) => (names[slot] === "" ? 0n : big(balance)));
      assert.equal(
        balances.reduce((sum, balance) => sum + balance, 0n),
        supply,
      );
    }
  });
  fc.assert(property, { seed, numRuns: runs });
});

function max(left: bigint, right: bigint): bigint {
  return left > right ? left : right;
}
