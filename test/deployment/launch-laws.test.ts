/** The laws that verify judges launches by: each is told when one figure is not what it should be. */
import assert from "node:assert/strict";
import { before, describe, test } from "node:test";
import { findings } from "../../deployment/laws/law.ts";
import { launchAtRest, launchLaws, readLaunch } from "../../deployment/laws/launch.ts";
import type { Ask } from "../../deployment/units.ts";
import { askOf } from "../laws/books.ts";
import { alice, bob, createLaunchScene, type LaunchScene } from "../scene/launch-scene.ts";

let scene: LaunchScene;
before(async () => {
  scene = await createLaunchScene({ launch: { "Are-Batch-Transfers-Possible": "false" } });
  await scene.fund();
  await scene.delegate(alice, 10000);
  await scene.delegate(bob, 10000);
  await scene.days(2);
  await scene.send(alice, scene.launch, { Action: "Withdraw-FLP-Token" });
});

/** A reading in which one figure of the launch is other than it is. */
function changing(action: string, figure: string, change: (text: string) => string): Ask {
  const ask = askOf(scene);
  return async (target, tags) => {
    const { data, tag } = await ask(target, tags);
    if (tags.Action !== action) return { data, tag };
    if (figure === "Data") return { data: change(data), tag };
    const changed = data.replace(
      new RegExp(`("${figure}":")(\\d+)`),
      (_, start: string, value: string) => start + change(value),
    );
    return { data: changed, tag: (name) => (name === figure ? change(tag(name)) : tag(name)) };
  };
}
const raised = (text: string): string => `${BigInt(text) + 100n}`;

async function broken(ask: Ask): Promise<readonly string[]> {
  const books = await readLaunch(ask, scene.launch, {});
  return findings([...launchLaws, ...launchAtRest], books)
    .filter(({ holds }) => !holds)
    .map(({ law }) => law);
}

const FL1 = "FL1 distributed + rollover + not yet emitted + returned = allocation";
const CR2 = "CR2 distributed + returned = claimable + under way + paid";
const FL9 = "FL9 AO received = forwarded + exchanged + waiting + under way";
const REST = "MS5 nothing stays pending or unconfirmed";
const told: readonly (readonly [action: string, figure: string, ...laws: string[]])[] = [
  ["Info", "Token-Supply-To-Use", FL1],
  ["Info", "Distributed-Quantity", FL1, "FL5 Σ credited = distributed", CR2],
  ["Info", "Rollover", FL1, "the launch has the tokens that it owes"],
  ["Info", "Not-Yet-Emitted", FL1, "the launch has the tokens that it owes"],
  ["Info", "Returned", FL1, CR2],
  ["Info", "Claimable", CR2, "FL8 Σ claimable of accounts = claimable"],
  ["Info", "Under-Way", CR2, REST],
  ["Info", "Unconfirmed", REST],
  ["Info", "Paid", CR2],
  ["Info", "Delegators", "delegators are counted"],
  ["Info", "Distribution-Tick", "FL2 no more periods than there are"],
  ["Info", "Token-Book-Balance", "the launch's book = what the token says that it has"],
  ["Info", "Accumulated-Quantity", FL9],
  ["Info", "Withdrawn-Quantity", FL9],
  ["Info", "Exchanged-For-Pi-Quantity", FL9],
  ["Info", "Came-Back", FL9],
  ["Info", "Waiting", FL9, "the launch has the AO that waits"],
  ["Info", "AO-Under-Way", FL9, REST],
  ["Info", "AO-Book-Balance", "the launch's book of AO = what the token says that it has"],
  ["Get-Contributions", "credited", "FL5 Σ credited = distributed"],
  ["Get-Contributions", "claimable", "FL8 Σ claimable of accounts = claimable"],
  ["Balance", "Data", "the launch's book = what the token says that it has"],
];

describe("the laws of launches", () => {
  test("hold on a launch of which some was claimed", async () => {
    assert.deepEqual(await broken(askOf(scene)), []);
  });

  for (const [action, figure, ...laws] of told) {
    test(`tell a hundred too many: ${action} ${figure}`, async () => {
      const wrong = await broken(changing(action, figure, raised));
      for (const law of laws) assert.ok(wrong.includes(law), `${law} is not among ${wrong.join("; ")}`);
    });
  }

  test("tell what was given out without funding, and what is over with something left", async () => {
    const unfunded = await broken(changing("Info", "Funded-By", () => ""));
    assert.ok(unfunded.includes("FL4 nothing is given out without funding"));
    for (const status of ["Ended", "Cancelled"]) {
      const over = await broken(changing("Info", "Status", () => status));
      assert.deepEqual(over, ["FL11 what is over has nothing left to give out"]);
    }
    const late = await broken(changing("Info", "Total-Distribution-Ticks", () => "2"));
    assert.deepEqual(late, ["FL2 nothing is left to emit from the last period on"]);
  });

  test("hold where the token says nothing of balances, or nonsense", async () => {
    const ask = askOf(scene);
    for (const lie of ["", "-5", "many", "9".repeat(39)])
      assert.deepEqual(await broken(changing("Balance", "Data", () => lie)), []);
    const mute: Ask = (target, tags) =>
      tags.Action === "Balance" ? Promise.reject(new Error("no answer")) : ask(target, tags);
    assert.deepEqual(await broken(mute), []);
  });
});
