/** Emission: the vectors, near ones by ticks and far ones by the rules; catching up; ticks in excess. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { formatNatural } from "../../process/math/natural.ts";
import { emissionOf, mintDue } from "../../process/mint/rules.ts";
import { limits } from "../../process/protocol/limits.ts";
import { createScene } from "../scene/scene.ts";
import { tagValue } from "../../units/message.ts";
import { cycleTime, emitted, mintHost, start } from "./mint-host.ts";

interface Vector {
  readonly cycle: number;
  readonly reward: string;
  readonly minted: string;
}

const vectors = (
  JSON.parse(readFileSync(new URL("../data/emission.json", import.meta.url), "utf8")) as {
    cycles: readonly Vector[];
  }
).cycles;
const near = vectors.filter(({ cycle }) => cycle <= limits.foreseenCycles);

test("the near vectors by ticks, each cycle by itself", () => {
  const mint = mintHost();
  const byCycle = new Map(vectors.map((vector) => [vector.cycle, vector]));
  for (let cycle = 1; cycle <= 8_640; cycle++) {
    const [order] = mint.tick(start + cycle * cycleTime);
    const vector = byCycle.get(cycle);
    if (vector === undefined) continue;
    assert.equal(`${order!.quantity}`, vector.reward, `cycle ${cycle}`);
    assert.equal(`${order!.cumulative}`, vector.minted, `cycle ${cycle}`);
  }
});

test("the near vectors are foreseen before the first tick, and no others", () => {
  const mint = mintHost();
  for (const { cycle, reward, minted } of near) {
    assert.deepEqual(mint.emission(cycle), { cycle, reward, minted });
  }
  assert.equal(mint.emission(0).minted, "0");
  assert.throws(() => mint.emission(limits.foreseenCycles + 1), /^Error: \[too-far\]/);
});

test("the far vectors by the rules, and afterwards every earlier one by Get-Emission", () => {
  const mint = mintHost();
  mint.post("Info", {}, start);
  const state = mint.state();
  for (const { cycle, reward, minted } of vectors) {
    while (state.cycle < cycle) mintDue(state, start + cycle * cycleTime);
    assert.equal(formatNatural(state.minted), minted, `cycle ${cycle}`);
    const emission = emissionOf(state, cycle)!;
    assert.equal(formatNatural(emission.reward), reward, `cycle ${cycle}`);
  }
  for (const { cycle, reward, minted } of vectors) {
    assert.deepEqual(mint.emission(cycle), { cycle, reward, minted });
  }
});

test("a late tick catches up, a bounded number of cycles at a time", () => {
  const mint = mintHost();
  const late = start + 2_500 * cycleTime;
  const cycles = [1, 2, 3, 4].map(() => mint.tick(late)[0]?.cycle);
  assert.deepEqual(cycles, [1_000, 2_000, 2_500, undefined]);
  assert.equal(formatNatural(mint.state().minted), `${emitted(2_500)}`);
});

test("nothing is due before the first cycle has passed, nor before the start", () => {
  const mint = mintHost();
  assert.deepEqual(mint.tick(start - 1), []);
  assert.deepEqual(mint.tick(start + cycleTime - 1), []);
  assert.equal(mint.tick(start + cycleTime).length, 1);
});

for (const cron of ["exact", "over-firing"] as const) {
  test(`cron ticks that come ${cron}, and strangers' ticks beside them, mint each cycle once`, async () => {
    const crons = { "Cron-Interval": "5-minutes", "Cron-Tag-Action": "Tick" };
    const scene = await createScene({ network: { cron }, mint: crons });
    const { network, send, ask, mint, token, owner } = scene;
    for (let i = 1; i <= 12; i++) {
      await network.advance(cycleTime);
      for (let j = 0; j < 3; j++) await send(owner, mint, { Action: "Tick" });
    }
    const supply = await ask(token, { Action: "Total-Supply" });
    assert.equal(supply.data, `${emitted(12)}`);
    assert.equal(tagValue((await ask(mint, { Action: "Info" })).tags, "Cycle"), "12");
  });
}
