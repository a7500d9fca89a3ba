/** The laws of a fair launch (FL), and of claims and payouts as a launch keeps them (CR). */
import assert from "node:assert/strict";
import { add } from "./launch-model.ts";
import type { Figures, Game, LaunchMoment } from "./launch-play.ts";
import { people, places } from "./launch-setup.ts";
import { tagIn } from "./launch-subject.ts";
import { assets } from "./launch-world.ts";

export interface LaunchLaw {
  /** As in the laws: `FL5 Σ credited = distributed`. */
  readonly name: string;
  /** Fails when the law does not hold after a message. */
  readonly check: (moment: LaunchMoment) => void;
}

function figure({ info }: Figures, name: string): bigint {
  const text = info.get(name);
  assert.match(text ?? "", /^(0|[1-9]\d*)$/, name);
  return BigInt(text!);
}

const sum = (values: Iterable<bigint>): bigint => [...values].reduce((total, value) => total + value, 0n);
const isWallet = (account: string) =>
  people.includes(account) || account === places.team || account === places.treasury;

const order = ["Ready", "Active", "Ended", "Cancelled"];
const mayBecome: Readonly<Record<string, readonly string[]>> = {
  Ready: ["Ready", "Active", "Cancelled"],
  Active: ["Active", "Ended", "Cancelled"],
  Ended: ["Ended"],
  Cancelled: ["Cancelled"],
};

/** What a launch says of itself that nothing may change. */
const parameters = [
  ...[
    "Owner",
    "FLP_FACTORY",
    "Request-Id",
    "Flp-Name",
    "Starts-At-Timestamp",
    "Ends-At-Timestamp",
    "Deployer",
  ],
  ...[
    "Treasury",
    "Token-Process",
    "Total-Distribution-Ticks",
    "Decay-Factor",
    "AO-Token",
    "Ledgers",
    "PI-Share",
  ],
  ...["PI-Process", "PI-Token-Process", "Grace-Days", "Initializer", "Delegation-Oracle"],
];

/** Once told, never told otherwise. */
const told = ["Total-Token-Supply-At-Creation", "Token-Supply-To-Use", "Funded-By", "Token-Ticker"];

/** Sums that only grow. */
const growing = [
  ...["Distributed-Quantity", "Returned", "Paid", "Distribution-Tick", "Round", "Accumulated-Quantity"],
  ...["Withdrawn-Quantity", "Exchanged-For-Pi-Quantity", "Came-Back", "Accumulated-Pi-Quantity"],
  ...["Withdrawn-Pi-Quantity", "Delegators"],
];

const fairLaunch: readonly LaunchLaw[] = [
  {
    name: "FL1 distributed + rollover + not yet emitted + returned = allocation",
    check({ game: { model }, after }) {
      const parts = ["Distributed-Quantity", "Rollover", "Not-Yet-Emitted", "Returned"];
      const total = sum(parts.map((name) => figure(after, name)));
      assert.equal(total, model.allocation() ?? 0n);
      if (model.funder === undefined) return;
      const owed = sum(["Claimable", "Under-Way", "Paid"].map((name) => figure(after, name)));
      assert.equal(figure(after, "Distributed-Quantity") + figure(after, "Returned"), owed);
    },
  },
  {
    name: "FL2 nothing is left to emit from the last period on",
    check({ game: { model }, after }) {
      assert.equal(figure(after, "Distribution-Tick"), BigInt(model.period));
      assert.equal(figure(after, "Not-Yet-Emitted"), model.notYetEmitted());
      if (model.period >= model.setup.periods) assert.equal(figure(after, "Not-Yet-Emitted"), 0n);
    },
  },
  {
    name: "FL3 the schedule is the exact one, and falls by periods but for a unit",
    check({ game: { model, subject }, before, after }) {
      if (before.info.get("Token-Supply-To-Use") === after.info.get("Token-Supply-To-Use")) return;
      const { data } = subject.ask({ Action: "Get-Emission-Schedule" });
      const { items } = JSON.parse(data) as {
        items: { period: number; emission: string; emitted: string }[];
      };
      assert.equal(items.length, model.setup.periods);
      let last = model.allocation()!;
      for (const { period, emission, emitted } of items) {
        assert.equal(BigInt(emitted), model.emitted(period));
        assert.equal(BigInt(emission), model.emitted(period) - model.emitted(period - 1));
        assert.ok(BigInt(emission) <= last + 1n, `period ${period}`);
        last = BigInt(emission);
      }
      assert.equal(BigInt(items.at(-1)!.emitted), model.allocation());
    },
  },
  {
    name: "FL4 nothing is given out before start or funding",
    check({ game: { model, subject }, after, orders }) {
      if (model.funder !== undefined && subject.now() >= model.start) return;
      assert.equal(figure(after, "Distributed-Quantity"), 0n);
      assert.equal(after.info.get("Round-Phase"), "idle");
      assert.ok(!orders.some(({ kind }) => kind === "delegators"));
    },
  },
  {
    name: "FL5 Σ credited = distributed, to each by what they contributed",
    check({ game, after }) {
      const { model } = game;
      const { standings } = after;
      const total = sum([...standings.values()].map(({ credited }) => credited));
      assert.equal(total, figure(after, "Distributed-Quantity"));
      for (const [account, { contributed, credited }] of standings) {
        const due = model.credited.get(account) ?? 0n;
        assert.equal(contributed, model.contributed.get(account) ?? 0n, `contributed by ${account}`);
        if (game.isBusy()) assert.ok(credited <= due, `credited to ${account}`);
        else assert.equal(credited, due, `credited to ${account}`);
      }
      if (game.isBusy()) return;
      assert.equal(figure(after, "Distributed-Quantity"), model.distributed);
      assert.equal(figure(after, "Rollover"), model.rollover);
      for (const account of model.credited.keys()) assert.ok(standings.has(account), account);
    },
  },
  {
    name: "FL6 a round shares out when all reports are there, or patience is over, and not before",
    check({ game, event, isVoid, could, shared, after }) {
      const { model } = game;
      assert.equal(figure(after, "Round"), BigInt(model.rounds));
      const complete = model.round !== undefined && !model.round.sharing && model.isComplete();
      assert.ok(!complete, "all reports are there and nothing is shared out");
      if (event.kind === "tick" && !isVoid && could) assert.ok(shared, "a tick does what is due");
      if (!shared) return;
      assert.ok(could || event.kind === "report", "nothing was due");
    },
  },
  {
    name: "FL7 parameters never change",
    check({ before, after }) {
      for (const name of parameters) assert.equal(after.info.get(name), before.info.get(name), name);
      for (const name of told)
        if (before.info.get(name) !== "") assert.equal(after.info.get(name), before.info.get(name), name);
    },
  },
  {
    name: "FL8 claimed ≤ credited",
    check({ game, after }) {
      for (const [account, { credited, claimable }] of after.standings) {
        const owed = credited + (game.model.givenBack.get(account) ?? 0n);
        assert.ok(claimable >= 0n && claimable <= owed, account);
        if (!game.isBusy()) assert.equal(claimable, game.model.claimable(account), account);
        else assert.ok(claimable <= game.model.claimable(account), account);
      }
      const total = sum([...after.standings.values()].map(({ claimable }) => claimable));
      assert.equal(total, figure(after, "Claimable"));
    },
  },
  {
    name: "FL9 AO received and sent back = forwarded + exchanged + waiting + under way",
    check({ game: { model, orders }, after }) {
      const ao = { ...model.ao, underWay: orders.openQuantity("ao", ["treasury", "index"]) };
      const { forwarded, exchanged, waiting, underWay } = ao;
      assert.equal(figure(after, "Accumulated-Quantity"), ao.received);
      assert.equal(figure(after, "Came-Back"), ao.cameBack);
      assert.equal(figure(after, "Withdrawn-Quantity"), forwarded);
      assert.equal(figure(after, "Exchanged-For-Pi-Quantity"), exchanged);
      assert.equal(figure(after, "Waiting"), waiting);
      assert.equal(figure(after, "AO-Under-Way"), underWay);
      assert.equal(ao.received + ao.cameBack, forwarded + exchanged + waiting + underWay);
      const pi = orders.openQuantity("pi", ["treasury"]);
      assert.equal(figure(after, "Accumulated-Pi-Quantity"), model.pi.received);
      assert.equal(figure(after, "Pi-Under-Way"), pi);
      assert.equal(model.pi.received, model.pi.forwarded + figure(after, "Pi-Waiting") + pi);
    },
  },
  {
    name: "FL10 cancelling and refunds never touch what is owed",
    check({ event, before, after, orders }) {
      const refunds = event.kind === "credit" || event.kind === "cancel";
      if (!refunds) return;
      for (const [account, { credited, claimable }] of before.standings) {
        assert.equal(after.standings.get(account)!.credited, credited, account);
        assert.ok(after.standings.get(account)!.claimable >= claimable || event.kind === "cancel", account);
      }
      assert.equal(figure(after, "Distributed-Quantity"), figure(before, "Distributed-Quantity"));
      if (event.kind === "credit")
        assert.ok(orders.every(({ order: { asset }, kind }) => asset !== "token" || kind === "refund"));
    },
  },
  {
    name: "FL11 the status only moves forward",
    check({ game: { model, subject }, before, after, event, isVoid }) {
      const [was, is] = [before.info.get("Status")!, after.info.get("Status")!];
      assert.ok(order.includes(is) && mayBecome[was]!.includes(is), `${was} becomes ${is}`);
      assert.equal(is, model.status);
      if (was === "Active" && is === "Cancelled") assert.ok(subject.now() < model.start);
      if (event.kind === "cancel" && (isVoid || event.from !== places.deployer)) assert.equal(is, was);
    },
  },
  {
    name: "FL12 wrong or surplus funds go back, once, and nothing else does",
    check({ result, refund, event, orders }) {
      const sent = result.Messages.filter((message) => tagIn(message, "X-Action") === "Refund");
      const again = event.kind === "tick";
      if (refund === undefined) {
        if (!again) assert.deepEqual(sent, []);
        assert.ok(orders.every(({ kind }) => kind !== "refund"));
        return;
      }
      assert.equal(sent.length, 1);
      const [message] = sent;
      assert.ok(event.kind === "credit");
      assert.equal(message!.Target, event.asset === undefined ? places.foreign : places[event.asset]);
      assert.equal(tagIn(message!, "Action"), "Transfer");
      assert.equal(tagIn(message!, "Recipient"), refund.recipient);
      assert.equal(tagIn(message!, "Quantity"), `${refund.quantity}`);
    },
  },
];

const claims: readonly LaunchLaw[] = [
  {
    name: "CR1 what is claimed and what is owed only grow",
    check({ before, after }) {
      for (const name of growing) assert.ok(figure(after, name) >= figure(before, name), name);
      for (const [account, { contributed, credited }] of before.standings) {
        assert.ok(after.standings.get(account)!.contributed >= contributed, account);
        assert.ok(after.standings.get(account)!.credited >= credited, account);
      }
      const owed = figure(after, "Distributed-Quantity") + figure(after, "Returned");
      assert.ok(figure(after, "Paid") <= owed);
    },
  },
  {
    name: "CR2 received = claimable + under way + paid + rest, and no token pays out more than it got",
    check({ game: { model, orders, world }, after }) {
      assert.equal(figure(after, "Paid"), model.paid);
      assert.equal(figure(after, "Under-Way"), orders.openQuantity("token", ["claim", "delegators"]));
      assert.equal(figure(after, "Token-Book-Balance"), orders.book("token"));
      assert.equal(figure(after, "AO-Book-Balance"), orders.book("ao"));
      for (const asset of assets) {
        const { balance } = world.vaults[asset];
        assert.ok(balance >= orders.book(asset) - orders.openQuantity(asset), `${asset} is solvent`);
      }
      if (model.funder === undefined) return;
      const rest = ["Rollover", "Not-Yet-Emitted", "Claimable"].map((name) => figure(after, name));
      const spare = world.vaults.token.balance - sum(rest);
      assert.ok(spare >= 0n, "what is owed is there");
    },
  },
  {
    name: "CR3 a number is paid once, and never another way",
    check({ game: { world, orders, knowsNumbers, model }, repeated, event }) {
      for (const asset of assets)
        for (const times of world.vaults[asset].timesPaid.values()) assert.equal(times, 1, asset);
      for (const again of repeated) {
        assert.deepEqual(again, orders.known(again.asset, again.number));
        assert.equal(event.kind, "tick", "only a tick sends again");
        const isNumbered = again.asset === "token" ? knowsNumbers : model.setup.aoNumbered;
        assert.ok(isNumbered, "what can't be told apart is never sent twice");
        assert.ok(model.open[again.asset].has(again.number), "what is over is not sent again");
      }
    },
  },
  {
    name: "CR4 what is nobody's, unknown or sent before leaves no trace",
    check({ game, event, isVoid, untouched, result, orders }) {
      if (isVoid) {
        assert.match(result.Error ?? "", /^\[(repeated|untrusted)\]/);
        assert.ok(untouched, "a refused message");
        return;
      }
      if (result.Error !== undefined) assert.ok(untouched, result.Error);
      if (event.kind === "void report") assert.ok(untouched, "a report that may not count");
      if (event.kind === "outcome" && orders.length > 0) assert.fail("an answer is no reason to pay");
      const isUnknown =
        event.kind === "outcome" && game.orders.known(event.asset, event.number) === undefined;
      if (isUnknown) assert.ok(untouched, "an answer to nothing");
      if (event.kind === "facts" && event.supply === undefined && !event.described)
        assert.ok(untouched, "a lie");
      if (event.kind === "claim" && orders.length === 0) assert.ok(untouched, "a claim to nothing");
    },
  },
  {
    name: "CR5 a payout that failed is restored once, to whom it was for",
    check({ event, before, after }) {
      if (event.kind !== "outcome") return;
      const claimableBy = ({ standings }: Figures, account: string) =>
        standings.get(account)?.claimable ?? 0n;
      const grown = new Map<string, bigint>();
      for (const account of after.standings.keys())
        add(grown, account, claimableBy(after, account) - claimableBy(before, account));
      const failed = figure(before, "Under-Way") - figure(after, "Under-Way");
      assert.equal(sum(grown.values()), event.paid || event.asset !== "token" ? 0n : failed);
      assert.ok([...grown.values()].every((quantity) => quantity >= 0n));
    },
  },
  {
    name: "CR6 anyone can settle: a claim pays all of it at once, a round pushes to all that took part",
    check({ game, event, isVoid, before, after, orders, finished }) {
      if (event.kind === "claim" && !isVoid) {
        const account = event.account ?? event.from;
        const due = before.standings.get(account)?.claimable ?? 0n;
        assert.deepEqual(
          orders.map(({ order: { recipient, quantity } }) => [recipient, quantity]),
          due === 0n ? [] : [[account, due]],
        );
        assert.equal(after.standings.get(account)?.claimable ?? 0n, 0n);
      }
      if (finished === undefined || !isPushing(game, before, after)) return;
      for (const account of finished) assert.equal(after.standings.get(account)!.claimable, 0n, account);
    },
  },
  {
    name: "CR7 only who it belongs to is paid",
    check({ game: { model }, orders, refund, event, isVoid }) {
      for (const { order: given, kind } of orders) {
        const { asset, recipient, rows } = given;
        if (kind === "refund") assert.equal(recipient, refund?.recipient);
        else if (asset === "token") {
          for (const [account] of rows ?? [[recipient]]) {
            assert.ok(isWallet(account), account);
            assert.ok(model.claimable(account) >= 0n, `${account} gets more than is due`);
          }
        } else {
          assert.equal(recipient, kind === "index" ? places.index : places.treasury);
          if (kind === "index") assert.notEqual(model.setup.indexPercent, "");
        }
      }
      if (event.kind === "withdraw" && (isVoid || event.from !== places.deployer))
        assert.deepEqual(orders, []);
    },
  },
];

/** Whether the launch sends batches, and knows what came of the earlier ones. */
function isPushing({ model }: Game, ...moments: readonly Figures[]): boolean {
  return (
    model.setup.batches &&
    !model.batchesFail &&
    moments.every((figures) => figure(figures, "Unconfirmed") === 0n)
  );
}

export const launchLaws: readonly LaunchLaw[] = [...fairLaunch, ...claims];
