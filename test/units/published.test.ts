/** State by path: the same figures as a dry run gives, now and after a restart. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { type LocalNetwork, startNetwork } from "../../units/local-network.ts";
import { tagsOf, tagValue } from "../../units/message.ts";
import * as world from "./world.ts";

const spawnTags = { Name: "AO", Ticker: "AO", Denomination: "12", "Initial-Supply": "1000" };
const bob = "b".repeat(43);

async function get({ url }: LocalNetwork, path: string): Promise<{ status: number; text: string }> {
  const response = await fetch(url + path);
  return { status: response.status, text: await response.text() };
}

async function sameFigures(network: LocalNetwork, token: string, accounts: readonly string[]): Promise<void> {
  const ao = world.aoconnectTo(network);
  const at = (path: string) => get(network, `/${token}~process@1.0/now/${path}`);
  const info = await ao.dryrun({ process: token, tags: tagsOf({ Action: "Info" }) });
  const published = JSON.parse((await at("info")).text) as Record<string, string>;
  for (const name of ["Name", "Ticker", "Denomination", "Supply", "Owner"]) {
    const figure = tagValue(info.Messages[0]?.Tags ?? [], name);
    assert.equal(published[name.toLowerCase()], figure, name);
    assert.equal((await at(`info/${name.toLowerCase()}`)).text, figure, name);
  }
  for (const account of accounts) {
    const tags = tagsOf({ Action: "Balance", Recipient: account });
    const balance = await ao.dryrun({ process: token, tags });
    assert.deepEqual(await at(`balances/${account}`), { status: 200, text: balance.Messages[0]?.Data });
  }
}

test("both ways to read give the same figures", async (context) => {
  const data = world.temporaryFolder(context);
  const keys = await world.testKeys();
  const alice = await world.aliceWallet();
  let network = await startNetwork({ keys, data });
  context.after(() => network.stop());
  const module = await world.publishModule(network, await world.tokenModule(), alice);
  const token = await world.spawn(network, module, alice, spawnTags);

  const early = await get(network, `/${token}~process@1.0/now/info/supply`);
  assert.equal(early.status, 404);
  assert.match(early.text, /has published nothing at \\"info\/supply\\"/);

  const transfer = (Quantity: string) =>
    world.send(network, { target: token, tags: { Action: "Transfer", Recipient: bob, Quantity } }, alice);
  await transfer("30");
  await sameFigures(network, token, [alice.address, bob]);
  await transfer("12");
  await world.send(network, { target: token, tags: { Action: "Burn", Quantity: "100" } }, alice);
  await transfer("5000"); // more than there is
  await sameFigures(network, token, [alice.address, bob]);
  assert.equal((await get(network, `/${token}~process@1.0/compute/info/supply`)).text, "900");
  assert.equal((await get(network, `/${token}~process@1.0/compute/balances/${bob}`)).text, "42");

  await network.stop();
  network = await startNetwork({ keys, data });
  await sameFigures(network, token, [alice.address, bob]);

  for (const path of ["info/nothing", "balances/nobody", "nothing", "info/supply/deeper"]) {
    assert.equal((await get(network, `/${token}~process@1.0/now/${path}`)).status, 404, path);
  }
  assert.equal((await get(network, `/${bob}~process@1.0/now/info`)).status, 404);
  assert.equal((await get(network, `/${token}/now/info`)).status, 404);
});
