/**
 * Launches on the in-process network, with a real ledger, mint and tokens, and messages dropped, doubled, delayed and reordered,
 * and handlers that fail. Once the faults are over and the launch has come to its end, everything is where it belongs.
 */
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { findings } from "../../deployment/laws/law.ts";
import { launchAtRest, launchLaws, readLaunch } from "../../deployment/laws/launch.ts";
import type { FaultRule } from "../../units/faults.ts";
import { tagsOf, tagValue } from "../../units/message.ts";
import {
  alice,
  bob,
  carol,
  createLaunchScene,
  day,
  type LaunchScene,
  team,
  treasury,
} from "../scene/launch-scene.ts";
import { compact, node, type Runtime } from "../scene/runtimes.ts";
import { askOf, assertLaws } from "./books.ts";
import { runs, seed } from "./judge.ts";

const people = [alice, bob, carol];
const gift = 1_000_000n;
const allocation = 1_000_000n;

type Act =
  | { readonly act: "time"; readonly hours: number; readonly ticks: number }
  | { readonly act: "delegate"; readonly by: number; readonly factor: number }
  | { readonly act: "send AO"; readonly by: number; readonly amount: number; readonly words: string }
  | { readonly act: "send tokens"; readonly amount: number }
  | { readonly act: "claim"; readonly for: number }
  | { readonly act: "withdraw" }
  /** Faults begin or end. */
  | { readonly act: "weather"; readonly faults: boolean };

const acts: fc.Arbitrary<Act> = fc.oneof(
  {
    weight: 8,
    arbitrary: fc.record({
      act: fc.constant("time" as const),
      hours: fc.constantFrom(0, 1, 6, 12, 24, 24, 48),
      ticks: fc.nat(3),
    }),
  },
  {
    weight: 4,
    arbitrary: fc.record({
      act: fc.constant("delegate" as const),
      by: fc.nat(2),
      factor: fc.constantFrom(0, 500, 5_000, 10_000, 10_000),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      act: fc.constant("send AO" as const),
      by: fc.nat(2),
      amount: fc.integer({ min: 1, max: 1_000 }),
      words: fc.constantFrom("Delegate", "Delegate", "Gift"),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      act: fc.constant("send tokens" as const),
      amount: fc.integer({ min: 1, max: 500 }),
    }),
  },
  { weight: 3, arbitrary: fc.record({ act: fc.constant("claim" as const), for: fc.nat(2) }) },
  { weight: 1, arbitrary: fc.constant<Act>({ act: "withdraw" }) },
  { weight: 1, arbitrary: fc.record({ act: fc.constant("weather" as const), faults: fc.boolean() }) },
);

const chance = fc.constantFrom(0, 0.05, 0.2, 0.5);
const faults: fc.Arbitrary<FaultRule> = fc.record({
  drop: chance,
  repeat: chance,
  reorder: chance,
  fail: chance,
  delay: fc.record({
    chance,
    messages: fc.integer({ min: 0, max: 6 }),
    time: fc.constantFrom(0, 1_000, 400_000, 30_000_000),
  }),
});

interface Story {
  readonly acts: readonly Act[];
  readonly fault: FaultRule;
  readonly batches: boolean;
  readonly link: "all" | "ledger" | "team token" | "AO";
  readonly seed: number;
}

const stories: fc.Arbitrary<Story> = fc.record({
  acts: fc.array(acts, { minLength: 15, maxLength: 25, size: "max" }),
  fault: faults,
  batches: fc.boolean(),
  link: fc.constantFrom("all" as const, "ledger" as const, "team token" as const, "AO" as const),
  seed: fc.nat(),
});

async function begin(story: Story, runtime: Runtime): Promise<LaunchScene> {
  const scene = await createLaunchScene({
    runtime,
    network: { seed: story.seed },
    token: { "Initial-Supply": `${gift * 3n}`, "Initial-Holder": team },
    holdings: { [alice]: "3000000000000", [bob]: "1000000000000", [carol]: "7" },
    launch: {
      Duration: "4",
      "Grace-Days": "1",
      "Are-Batch-Transfers-Possible": `${story.batches}`,
    },
  });
  const rows = people.map((person) => `${person},${gift}`).join("\n");
  await scene.send(team, scene.token, { Action: "Batch-Transfer" }, rows);
  await scene.fund();
  return scene;
}

/** The faults drawn, on some link; but what nobody could make up for, since no later figure counts it, comes late at worst. */
function setWeather(scene: LaunchScene, { fault, link }: Story, on: boolean): void {
  const { network, ledger, teamToken, token, launch } = scene;
  network.faults.clear();
  if (!on) return;
  const ends = { all: undefined, ledger, "team token": teamToken, AO: token }[link];
  network.faults.add(ends === undefined ? fault : { ...fault, between: [ends, launch] });
  network.faults.add({
    to: launch,
    where: ({ Tags }) => tagValue(Tags, "Action") === "Credit-Notice" && tagValue(Tags, "Sender") !== ledger,
    repeat: 0.3,
    delay: { chance: 0.3, time: 400_000 },
  });
}

async function perform(scene: LaunchScene, act: Act, story: Story): Promise<void> {
  const { network, launch, token, teamToken, ledger, mint, owner } = scene;
  const post = (from: string, target: string, tags: Readonly<Record<string, string>>, data?: string) =>
    network.send({ from, target, tags: tagsOf(tags), ...(data === undefined ? {} : { data }) });
  switch (act.act) {
    case "time":
      await network.advance(act.hours * 3_600_000);
      post(owner, mint, { Action: "Tick" });
      await network.settle();
      for (let i = 0; i < act.ticks; i++) post(carol, launch, { Action: "Tick" });
      break;
    case "delegate": {
      const walletFrom = people[act.by]!;
      const data = JSON.stringify({ walletFrom, walletTo: launch, factor: act.factor });
      post(walletFrom, ledger, { Action: "Set-Delegation" }, data);
      break;
    }
    case "send AO":
      post(people[act.by]!, token, {
        ...{ Action: "Transfer", Recipient: launch, Quantity: `${act.amount}`, "X-Action": act.words },
      });
      break;
    case "send tokens":
      post(team, teamToken, { Action: "Transfer", Recipient: launch, Quantity: `${act.amount}` });
      break;
    case "claim":
      post(carol, launch, { Action: "Withdraw-FLP-Token", Recipient: people[act.for]! });
      break;
    case "withdraw":
      post(team, launch, { Action: "Withdraw-AO" });
      break;
    case "weather":
      setWeather(scene, story, act.faults);
  }
  await network.settle();
}

/** Ends all faults and lets the launch come to its end, on ticks alone; then everybody claims. */
async function heal(scene: LaunchScene): Promise<void> {
  const { network, launch, mint, ledger, owner, send } = scene;
  await network.heal();
  const tick = async (wait: number) => {
    await network.advance(wait);
    for (const process of [mint, ledger, launch]) await send(owner, process, { Action: "Tick" });
  };
  for (let i = 0; i < 9; i++) await tick(day);
  for (const Recipient of [...people, treasury])
    await send(carol, launch, { Action: "Withdraw-FLP-Token", Recipient });
  for (let i = 0; i < 3; i++) await tick(700_000);
  // What a ledger paid last is known by its next report: there must be one after the last payment.
  for (const person of people) await scene.delegate(person, 0);
  for (let i = 0; i < 3; i++) await tick(day);
}

async function assertHome(scene: LaunchScene): Promise<void> {
  const { launch, ledger, token, figure, tokensOf, ask } = scene;
  const books = await readLaunch(askOf(scene), launch, {});
  assertLaws(findings([...launchLaws, ...launchAtRest], books));
  assert.equal(books.status, "Ended");
  assert.equal(books.distributed + books.returned, allocation, "all of it was given out, or back");
  assert.equal(books.claimable, 0n);
  assert.equal(await tokensOf(launch), 0n, "nothing is left with the launch");
  const { data } = await ask(launch, { Action: "Get-Contributions" });
  const { items } = JSON.parse(data) as { items: { wallet: string; credited: string }[] };
  for (const { wallet, credited } of items)
    if (wallet !== treasury) assert.equal(await tokensOf(wallet), BigInt(credited), wallet);
  assert.equal(await tokensOf(treasury), books.returned);
  assert.equal(await tokensOf(team), 10_000_000n - allocation, "what was no funding came back, once");
  // AO: what people sent and the ledger paid, all of it with the treasury.
  const { data: yielded } = await ask(ledger, { Action: "Get-Yield", Wallet: launch });
  const { withdrawn } = JSON.parse(yielded) as { withdrawn: string };
  const given = await Promise.all(people.map(async (person) => gift - (await tokensOf(person, token))));
  const total = given.reduce((sum, one) => sum + one, 0n) + BigInt(withdrawn);
  assert.equal(books.received, total, "all AO has been counted");
  assert.equal(books.forwarded, total);
  assert.equal(await tokensOf(treasury, token), total);
  assert.equal(await tokensOf(launch, token), 0n);
  assert.equal(await figure("Waiting"), "0");
}

for (const [runtime, share] of [
  [node, 8],
  [compact, 100],
] as const) {
  test(`${runtime.name}: launches among faults lose nothing, double nothing and leave nothing hanging`, async () => {
    const property = fc.asyncProperty(stories, async (story) => {
      const scene = await begin(story, runtime);
      setWeather(scene, story, true);
      for (const act of story.acts) await perform(scene, act, story);
      await heal(scene);
      await assertHome(scene);
    });
    await fc.assert(property, {
      seed,
      numRuns: Math.ceil(runs / share),
      endOnFailure: true,
      includeErrorInReport: true,
    });
  });
}
