/** What verify says of a factory and of each launch that it lists: each is told when one figure is not what it should be. */
import assert from "node:assert/strict";
import { before, describe, test } from "node:test";
import { keepers } from "../../deployment/laws/keepers.ts";
import { judgeLaunches } from "../../deployment/launches.ts";
import type { DeployedProcess } from "../../deployment/record.ts";
import { DeploymentError, type Ask } from "../../deployment/units.ts";
import { askOf } from "../laws/books.ts";
import { createFactoryScene, type FactoryScene } from "../scene/factory-scene.ts";
import { alice, day, team } from "../scene/launch-scene.ts";

let scene: FactoryScene;
let launch: string;
before(async () => {
  scene = await createFactoryScene();
  const { send, ledger, mint, owner, teamToken, network, start } = scene;
  launch = await scene.idOf(await scene.create());
  await scene.create({ Name: "Another" });
  const funding = { Action: "Transfer", Recipient: launch, Quantity: "1000000" };
  await send(team, teamToken, { ...funding, "X-Action": "Initialize-FLP" });
  const delegation = JSON.stringify({ walletFrom: alice, walletTo: launch, factor: 10_000 });
  await send(alice, ledger, { Action: "Set-Delegation" }, delegation);
  await network.advance(start + day - network.now());
  await send(owner, mint, { Action: "Tick" });
  await send(owner, launch, { Action: "Tick" });
});

const record = (): DeployedProcess => {
  const module = scene.network.environment(launch).Module.Id;
  const common = { id: scene.factory, bundle: "fair-launch-factory", module: "", upgrades: 0 };
  const spawns = { "fair-launch": { module, codeHash: "node" } };
  return { ...common, codeHash: "", parametersHash: "", spawns };
};

/** A reading in which the answer to one action of one process is other than it is. */
function changing(process: string, action: string, change: (text: string) => string, name?: string): Ask {
  const ask = askOf(scene);
  return async (target, tags) => {
    const { data, tag } = await ask(target, tags);
    if (target !== process || tags.Action !== action) return { data, tag };
    if (name === undefined) return { data: change(data), tag };
    return { data, tag: (each) => (each === name ? change(tag(each)) : tag(each)) };
  };
}

async function wrongWith(ask: Ask): Promise<readonly string[]> {
  const { launches } = await judgeLaunches(ask, record(), 10);
  return launches.flatMap(({ id, wrong }) => (id === launch ? wrong : []));
}

const more = (text: string): string => `${BigInt(text) + 100n}`;

describe("a launch that a factory lists", () => {
  test("is judged, the newest first, and no more of them than is said", async () => {
    const { launches, total } = await judgeLaunches(askOf(scene), record(), 10);
    assert.deepEqual(
      launches.map(({ name, status, wrong }) => [name, status, wrong]),
      [
        ["Another", "Ready", []],
        ["Ocean launch", "Active", []],
      ],
    );
    assert.equal(total, 2);
    const one = await judgeLaunches(askOf(scene), record(), 1);
    assert.deepEqual([one.launches.map(({ name }) => name), one.total], [["Another"], 2]);
  });

  const identity = ["Process", "Module", "Owner", "Ownership", "Code-Hash"];
  const terms = ["FLP_FACTORY", "AO-Token", "Ledgers", "Request-Id", "Flp-Name", "Deployer", "Treasury"];
  const times = ["Token-Process", "Decay-Factor", "Starts-At-Timestamp", "Ends-At-Timestamp"];
  for (const [action, names] of [
    ["Identity", identity],
    ["Info", [...terms, ...times]],
  ] as const) {
    for (const name of names) {
      test(`is told that has another ${name}`, async () => {
        const wrong = await wrongWith(changing(launch, action, () => "other", name));
        assert.equal(wrong.length, 1, wrong.join("; "));
        assert.match(wrong[0]!, new RegExp(`^its ${name} is other, not `));
      });
    }
  }

  for (const field of ["distributed_qty", "accumulated_qty", "withdrawn_qty"]) {
    test(`is told when its row is ahead of it in ${field}`, async () => {
      const rows = new RegExp(`("${field}":")\\d+`, "g");
      const ahead = (text: string): string => text.replace(rows, `$1${"9".repeat(25)}`);
      assert.match((await wrongWith(changing(scene.factory, "Get-FLPs", ahead))).join(), new RegExp(field));
      // Of a lost report the next one makes up: a row that says less is no fault.
      const behind = (text: string): string => text.replace(rows, "$10");
      assert.deepEqual(await wrongWith(changing(scene.factory, "Get-FLPs", behind)), []);
    });
  }

  test("is told when its row is further than it, or its laws don't hold, or it does not answer", async () => {
    const over = changing(scene.factory, "Get-FLPs", (text) => text.replace('"Active"', '"Ended"'));
    assert.deepEqual(await wrongWith(over), ["its row says Ended, it says Active"]);
    const lost = changing(launch, "Info", more, "Rollover");
    assert.match((await wrongWith(lost)).join(), /FL1 .* is 1000100, the allocation is 1000000/);
    const ask = askOf(scene);
    const mute: Ask = (target, tags) =>
      target === launch ? Promise.reject(new DeploymentError("no answer")) : ask(target, tags);
    assert.deepEqual(await wrongWith(mute), ["no answer"]);
  });
});

describe("a factory", () => {
  const broken = async (ask: Ask): Promise<readonly string[]> => {
    const findings = await keepers["fair-launch-factory"]!(ask, scene.factory, {});
    return findings.filter(({ holds }) => !holds).map(({ law }) => law);
  };

  test("holds its laws", async () => assert.deepEqual(await broken(askOf(scene)), []));

  for (const figure of [
    ...["Launches", "Requests", "Ready", "Active", "Ended", "Cancelled", "Requested", "Spawned", "Failed"],
    ...["Awaiting-Approval", "accumulated_qty", "withdrawn_qty", "total_yield_ticks"],
    ...["accumulated_pi_qty", "exchanged_for_pi_qty", "withdrawn_pi_qty"],
    ...["Fees-Received", "Foreign-AO", "Fees-Credited", "Fees-Held", "Surplus-AO", "Pending", "Paid"],
  ]) {
    test(`is told a hundred too many: ${figure}`, async () => {
      assert.ok((await broken(changing(scene.factory, "Info", more, figure))).length > 0);
    });
  }
});
