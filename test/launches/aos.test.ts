/** A launch of one day on the local network in the network's standard module: its factory brings the code along. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { aosForNode, fetchAos } from "../../module/aos.ts";
import { signDataItem } from "../../units/items/data-item.ts";
import { tagsOf, tagsWithout, tagValue } from "../../units/message.ts";
import { delegationsText } from "../../units/population.ts";
import { verify } from "../../deployment/verify.ts";
import * as world from "../units/world.ts";
import { contributionsOf, isProportional, sameEverywhere } from "./expectations.ts";
import { alice, day, deployer, hour, openLaunchStage, requestOf, team } from "./stage.ts";

test("asked for, funded, given out and over, in aos", async (context) => {
  const scene = await openLaunchStage("aos", async ({ url }) => {
    const release = aosForNode();
    const plain = tagsWithout(world.moduleTags, "Module-Format");
    const tags = [...plain, ...tagsOf({ "Module-Format": release.format })];
    const item = await signDataItem({ tags, data: await fetchAos(release) }, team);
    return (await world.post(`${url}/tx`, item)).body.id as string;
  });
  context.after(() => scene.close());
  const { send, ask, ids, network, spawnToken, balanceOf } = scene;
  const token = await spawnToken();
  const start = network.now() + hour;
  const snapshot = { Token: "AR", Snapshot: "1", Page: "1", Pages: "1", Mode: "full" };
  await send(deployer, ids.ledger, { Action: "Set-Balances", ...snapshot }, `${alice.address},3000000000000`);
  await send(deployer, ids.ledger, { Action: "Tick" });

  const asked = { Action: "Create-FLP", ...requestOf(token, start, { Duration: "1" }) };
  const created = await send(team, ids.factory, asked);
  assert.equal(created.Error, undefined);
  const answer = created.Messages.find(({ Target }) => Target === team.address);
  const request = tagValue(answer?.Tags ?? [], "Request-Id")!;
  const { data } = await ask(ids.factory, { Action: "Get-FLP-Id", "Request-Id": request });
  const launch = (JSON.parse(data) as Record<string, string>)["FLP-Id"]!;
  const transfer = { Action: "Transfer", Recipient: launch, Quantity: "1000000" };
  await send(team, token, { ...transfer, "X-Action": "Initialize-FLP" });
  const preferences = [{ walletTo: launch, factor: 10_000 }];
  await send(alice, ids.ledger, { Action: "Set-Delegations" }, delegationsText({ wallet: "", preferences }));
  await network.advance(hour + day);
  await send(deployer, ids.mint, { Action: "Tick" });
  await send(alice, launch, { Action: "Tick" });

  const row = await sameEverywhere(scene, "factory", launch);
  assert.deepEqual([row.status, row.total_yield_ticks], ["Ended", "1"]);
  isProportional(await contributionsOf(scene, launch), 1_000_000n, 1n);
  assert.equal(await balanceOf(token, alice.address), 1_000_000n);
  assert.equal(await balanceOf(ids.token, team.address), BigInt(row.withdrawn_qty!));
  const { config, file, units } = await scene.options();
  const checks = await verify({ config, file, units, attempts: 1 });
  assert.deepEqual(
    checks.filter(({ holds }) => !holds),
    [],
  );
});
