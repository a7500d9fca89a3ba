/** What live clients read, by name and by type (protocol, "Factory and launches"). */
import assert from "node:assert/strict";
import { test } from "node:test";
import { deployer, reportData, requestTags } from "../scene/launch-requests.ts";
import { createFactoryScene } from "../scene/factory-scene.ts";

const strings =
  `id, flp_id, flp_name, status, deployer, treasury, flp_token_process, flp_token_name, flp_token_ticker,
  flp_token_denomination, flp_token_logo, flp_token_disclaimer, flp_short_description, flp_long_description, website_url,
  twitter_handle, telegram_handle, total_token_supply, token_supply_to_use, distributed_qty, last_day_distribution,
  total_yield_ticks, latest_yield_cycle, accumulated_qty, withdrawn_qty, accumulated_pi_qty, exchanged_for_pi_qty,
  withdrawn_pi_qty`.split(/,\s*/);
const numbers = [
  ...["created_at_ts", "starts_at_ts", "ends_at_ts", "last_updated_at_ts", "stats_updated_at"],
  ...["token_unlock_at_ts", "decay_factor"],
];

test("a row has every field with its type, before and after the launch is there", async () => {
  const scene = await createFactoryScene();
  const { network, factory, create, idOf, row, start } = scene;
  network.faults.add({ from: factory, drop: 1 });
  const stuck = await create({ "Token-Supply": "", "Token-Share": "10%" });
  network.faults.clear();
  const all = requestTags(start, {
    "Token-Process": scene.teamToken,
    Duration: "30",
    "Ends-At-Timestamp": `${start + 30 * 86_400_000}`,
    "Short-Description": "short",
    "Long-Description": "long \u{1F30A}",
    "Token-Disclaimer": "none",
    "Token-Ticker": "CLAIM",
    "Token-Denomination": "9",
    "Token-Logo": "logo",
    "Twitter-Handle": "@ocean",
    "Website-URL": "https://ocean.example",
    "Telegaram-Handle": "@ocean",
    "Are-Batch-Transfers-Possible": "true",
  });
  const launch = await idOf(await create(all));
  for (const found of [await row(stuck), await row(launch)]) {
    for (const name of strings) assert.equal(typeof found[name], "string", name);
    for (const name of numbers) assert.equal(typeof found[name], "number", name);
  }
  const found = await row(launch);
  assert.deepEqual(
    [found.id, found.flp_id, found.flp_name, found.status, found.deployer],
    [launch, launch, "Ocean", "Ready", deployer],
  );
  assert.deepEqual(
    [found.decay_factor, found.starts_at_ts, found.ends_at_ts, found.token_unlock_at_ts],
    [0.95, start, start + 30 * 86_400_000, start],
  );
  assert.deepEqual(
    [found.telegram_handle, found.twitter_handle, found.website_url, found.flp_long_description],
    ["@ocean", "@ocean", "https://ocean.example", "long \u{1F30A}"],
  );
  assert.equal((await row(stuck)).id, "");
});

test("every figure of a report is in the row as it was said", async () => {
  const { network, factory, create, idOf, row } = await createFactoryScene();
  const launch = await idOf(await create());
  const names = strings.slice(strings.indexOf("total_token_supply"));
  const amounts = Object.fromEntries(names.map((name, i) => [name, `${i + 7}`]));
  const said = {
    ...amounts,
    flp_token_name: "N",
    flp_token_logo: "L",
    flp_token_ticker: "T",
    status: "Active",
  };
  const data = reportData({
    ...said,
    flp_token_denomination: "3",
    stats_updated_at: 9,
    last_updated_at_ts: 8,
  });
  network.forge({
    ...{ signer: network.authority, fromProcess: launch, target: factory, data },
    tags: [
      { name: "Action", value: "FLP-Report" },
      { name: "Sequence", value: "999" },
    ],
  });
  await network.settle();
  const found = await row(launch);
  for (const [name, value] of Object.entries(JSON.parse(data) as object))
    assert.equal(found[name], value, name);
});

test("what the factory publishes by path is what it answers", async () => {
  const { network, factory, create, idOf, row, ask } = await createFactoryScene();
  const request = await create();
  const launch = await idOf(request);
  const published: Record<string, Record<string, string>> = {};
  for (const { result } of network.log(factory)) {
    for (const { Target, Tags = [] } of result.Messages) {
      if (Target !== undefined) continue;
      for (const { name, value } of Tags.slice(1))
        published[name] = { ...published[name], ...(value as unknown as Record<string, string>) };
    }
  }
  assert.deepEqual(JSON.parse(published.flps![launch]!), await row(launch));
  assert.deepEqual(JSON.parse(published.requests![request]!), { flp_id: launch });
  const { tags } = await ask(factory, { Action: "Info" });
  for (const [name, value] of Object.entries(published.info!))
    assert.equal(tags.find((tag) => tag.name.toLowerCase() === name)?.value, value, name);
});
