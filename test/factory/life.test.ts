/** From a request to a launch that reports, with the launch's own code, on every runtime. */
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { tagsOf, tagValue } from "../../units/message.ts";
import { createFactoryScene } from "../scene/factory-scene.ts";
import { alice, day, team, treasury } from "../scene/launch-scene.ts";
import { runtimes } from "../scene/runtimes.ts";

for (const runtime of runtimes) {
  describe(`on ${runtime.name}`, () => {
    test("a request becomes a launch, which is funded, gives out tokens and reports", async () => {
      const scene = await createFactoryScene({ runtime });
      const { network, factory, send, ask, bundle, teamToken, start } = scene;
      if (bundle !== "") {
        await assert.rejects(scene.create(), /\[code-missing\] /);
        const provided = await send(alice, factory, { Action: "Provide-Launch-Code" }, bundle);
        assert.equal(provided.Error, undefined);
      }
      const request = await scene.create({ "Short-Description": "Ocean's own" });
      const launch = await scene.idOf(request);
      assert.match(launch, /^[\w-]{43}$/);
      const [notice] = network
        .inbox(team)
        .filter(({ Tags }) => tagValue(Tags, "Action") === "FLP-Ready-Notice");
      assert.equal(tagValue(notice!.Tags, "FLP-Id"), launch);
      assert.equal(network.environment(launch).Process.Owner, factory);
      await send(alice, launch, { Action: "Report-To-Factory" });
      let row = await scene.row(launch);
      assert.deepEqual(
        [row.status, row.total_token_supply, row.token_supply_to_use, row.flp_short_description],
        ["Ready", "10000000", "1000000", "Ocean's own"],
      );

      const funding = {
        Action: "Transfer",
        Recipient: launch,
        Quantity: "1000000",
        "X-Action": "Initialize-FLP",
      };
      await send(team, teamToken, funding);
      assert.equal((await scene.row(launch)).status, "Active");
      const delegation = JSON.stringify({ walletFrom: alice, walletTo: launch, factor: 5_000 });
      await send(alice, scene.ledger, { Action: "Set-Delegation" }, delegation);
      await network.advance(start - network.now());
      for (let i = 0; i < 2; i++) {
        await network.advance(day);
        await send(scene.owner, scene.mint, { Action: "Tick" });
        await send(alice, launch, { Action: "Tick" });
      }
      await send(alice, launch, { Action: "Report-To-Factory" });
      row = await scene.row(launch);
      const balance = await ask(teamToken, { Action: "Balance", Recipient: alice });
      assert.equal(row.distributed_qty, balance.data);
      assert.ok(BigInt(row.distributed_qty) > 0n && BigInt(row.accumulated_qty!) > 0n);
      const stats = JSON.parse((await ask(factory, { Action: "Get-Aggregated-Stats" })).data) as object;
      assert.deepEqual(
        { ...stats },
        { ...stats, total_flps: 1, active_flps: 1, total_accumulated_qty: row.accumulated_qty },
      );
      const proceeds = await ask(scene.token, { Action: "Balance", Recipient: treasury });
      assert.equal(proceeds.data, row.withdrawn_qty);
    });

    test("nobody changes a launch's code, its factory's neither", async () => {
      const scene = await createFactoryScene({ runtime });
      const { factory, send, bundle, network, owner } = scene;
      if (bundle !== "") await send(alice, factory, { Action: "Provide-Launch-Code" }, bundle);
      const launch = await scene.idOf(await scene.create());
      for (const action of ["Upgrade", "Renounce-Ownership", "Eval"]) {
        const tags = { Action: action };
        const expected =
          action === "Eval" && runtime.name !== "aos" ? /^\[unknown-action\]/ : /^\[renounced\]/;
        assert.match((await send(owner, factory, tags, "handle = nil")).Error ?? "", expected);
        const anchor = action.padEnd(32, "0");
        const id = network.forge({
          ...{ signer: network.authority, fromProcess: factory, target: launch, anchor },
          ...{ tags: tagsOf(tags), data: "handle = nil" },
        });
        await network.settle();
        assert.match(network.result(id)!.Error ?? "", expected);
      }
    });
  });
}
