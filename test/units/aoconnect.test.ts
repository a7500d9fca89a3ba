/** The unmodified client library against the local network: all it can do in legacy mode. */
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { signDataItem, type UnsignedItem } from "../../units/items/data-item.ts";
import { startNetwork, type LocalNetwork } from "../../units/local-network.ts";
import { tagsOf, tagValue, type ComputeResult } from "../../units/message.ts";
import * as world from "./world.ts";

let network: LocalNetwork;
let ao: world.Aoconnect;
let token: string;
let courier: string;
const keys = await world.testKeys();
const alice = await world.aliceWallet();
const signer = world.createDataItemSigner(keys.alice);

before(async () => {
  network = await startNetwork({ keys, clock: 1_795_200_000_000 });
  ao = world.aoconnectTo(network);
  const [tokenId, courierId] = [
    await world.publishModule(network, await world.tokenModule(), alice),
    await world.publishModule(network, await world.courierModule(), alice),
  ];
  const parameters = { Name: "AO", Ticker: "AO", Denomination: "12", Cap: "21000000000000000000" };
  const common = { scheduler: network.scheduler, signer };
  const authority = { Authority: network.authority };
  token = await ao.spawn({
    ...common,
    module: tokenId,
    tags: tagsOf({ ...parameters, ...authority, Minter: alice.address }),
  });
  const cron = tagsOf({
    ...authority,
    "Cron-Interval": "10-seconds",
    "Cron-Tag-Action": "Tick",
    "Cron-Tag-To": token,
  });
  courier = await ao.spawn({ ...common, module: courierId, tags: cron, data: "Boot" });
});
after(() => network.stop());

const say = (action: string, more: Readonly<Record<string, string>> = {}, process = token): Promise<string> =>
  ao.message({ process, signer, tags: tagsOf({ Action: action, ...more }) });

/** What a result sends to somebody; a patch of the published state is for nobody. */
const actions = ({ Messages }: ComputeResult): (string | undefined)[] =>
  Messages.filter(({ Target }) => Target !== undefined).map(({ Tags }) => tagValue(Tags ?? [], "Action"));

const balance = async (of: string): Promise<string | undefined> => {
  const { Messages } = await ao.dryrun({
    process: token,
    tags: tagsOf({ Action: "Balance", Recipient: of }),
  });
  return Messages[0]?.Data;
};

test("spawn, message, result and dryrun: a token that is minted and transferred", async () => {
  const minted = await say("Mint", { Recipient: alice.address, Quantity: "100" });
  assert.deepEqual(actions(await ao.result({ process: token, message: minted })), [
    "Mint-Response",
    "Credit-Notice",
  ]);
  const transfer = await say("Transfer", { Recipient: network.scheduler, Quantity: "30" });
  const notices = await ao.result({ process: token, message: transfer });
  assert.deepEqual(actions(notices), ["Debit-Notice", "Credit-Notice"]);
  assert.deepEqual([await balance(alice.address), await balance(network.scheduler)], ["70", "30"]);
});

test("a refused request is an Error, sends nothing and changes nothing", async () => {
  const refused = await say("Transfer", { Recipient: network.scheduler, Quantity: "01" });
  const result = await ao.result({ process: token, message: refused });
  assert.match(String(result.Error), /Quantity/);
  assert.deepEqual([result.Messages, result.Spawns, result.Assignments], [[], [], []]);
  assert.equal(await balance(alice.address), "70");
});

test("dryrun keeps nothing, and takes any Owner", async () => {
  const tags = tagsOf({ Action: "Transfer", Recipient: network.scheduler, Quantity: "1" });
  const result = await ao.dryrun({ process: token, Owner: alice.address, tags });
  assert.deepEqual(actions(result), ["Debit-Notice", "Credit-Notice"]);
  assert.equal(await balance(alice.address), "70");
});

test("results: page by page, both ways, each once", async () => {
  for (let i = 0; i < 5; i++) await say("Info", { Number: String(i) });
  const all = (await ao.results({ process: token, limit: 100 })).edges;
  assert.ok(all.length > 8);
  const paged = [];
  for (let from: string | undefined; ;) {
    const { edges } = await ao.results({ process: token, limit: 3, ...(from && { from }) });
    if (edges.length === 0) break;
    assert.ok(edges.length <= 3);
    paged.push(...edges);
    from = edges.at(-1)!.cursor;
  }
  assert.deepEqual(paged, all);
  const backwards = (await ao.results({ process: token, sort: "DESC", limit: 100 })).edges;
  assert.deepEqual(backwards, [...all].reverse());
  const part = await ao.results({ process: token, from: all[1]!.cursor, to: all[4]!.cursor });
  assert.deepEqual(part.edges, all.slice(2, 5));
  const [latest] = (await ao.results({ process: token, sort: "DESC", limit: 1 })).edges;
  assert.deepEqual(latest, all.at(-1));
  const { pageInfo } = (await (await fetch(`${network.units.CU_URL}/results/${token}?limit=2`)).json()) as {
    pageInfo: object;
  };
  assert.deepEqual(pageInfo, { hasNextPage: true });
});

test("assign: a message for one process in the schedule of another", async () => {
  const message = await say("Inc", {}, courier);
  await ao.result({ process: courier, message });
  const assigned = await ao.assign({ process: token, message });
  assert.equal(assigned, message);
  const { Error: error } = await ao.result({ process: token, message });
  assert.match(String(error), /assign|target/i);
});

test("monitor and unmonitor: what ticks send goes out only in between", async () => {
  const ticks = async (): Promise<number> => {
    const items = await graphql(
      `{ transactions(first: 100, tags: [{ name: "From-Process", values: ["${courier}"] }]) { edges { node { id } } } }`,
    );
    return (items.data.transactions as { edges: unknown[] }).edges.length;
  };
  await network.advance(20_000);
  assert.equal(await ticks(), 0);
  assert.equal((await ao.monitor({ process: courier, signer })).length, 43);
  await assert.rejects(ao.monitor({ process: courier, signer }), /monitored already/);
  await network.advance(20_000);
  assert.equal(await ticks(), 2);
  await ao.unmonitor({ process: courier, signer });
  await assert.rejects(ao.unmonitor({ process: courier, signer }), /not monitored/);
  await network.advance(20_000);
  assert.equal(await ticks(), 2);
});

/** What a wallet extension puts into a page, as far as the client library uses it. */
const injectedWallet = {
  connect: () => Promise.resolve(),
  getActivePublicKey: () => Promise.resolve(keys.alice.n!),
  getActiveAddress: () => Promise.resolve(alice.address),
  signDataItem: async (item: UnsignedItem) => Uint8Array.from(await signDataItem(item, alice)).buffer,
};

test("the library's build for browsers, with a browser wallet", async () => {
  // The build expects a page around it. Its name is no constant, as it has no types.
  Object.defineProperty(globalThis, "navigator", { value: { userAgent: "" }, configurable: true });
  const build = "@permaweb/aoconnect/browser";
  const browser = (await import(build)) as {
    connect: (options: object) => world.Aoconnect;
    createDataItemSigner: (wallet: object) => world.Signer;
  };
  const page = browser.connect({ MODE: "legacy", ...network.units });
  const message = await page.message({
    process: token,
    signer: browser.createDataItemSigner(injectedWallet),
    tags: tagsOf({ Action: "Transfer", Recipient: network.authority, Quantity: "7" }),
  });
  const result = await page.result({ process: token, message });
  assert.deepEqual(actions(result), ["Debit-Notice", "Credit-Notice"]);
  assert.equal(await balance(network.authority), "7");
});

async function graphql(query: string, variables: object = {}) {
  const { body } = await world.post(`${network.url}/graphql`, { query, variables });
  return body as { data: Record<string, unknown> };
}

test("the gateway finds items by id, owner, recipient and tags, page by page", async () => {
  const query = `query ($owner: String!, $after: String) {
    transactions(owners: [$owner], tags: [{ name: "Action", values: ["Info", "Mint"] }], sort: HEIGHT_ASC, first: 4, after: $after) {
      pageInfo { hasNextPage }
      edges { cursor node { id recipient owner { address } it: tags { name value } block { height } } }
    }
  }`;
  type Page = {
    pageInfo: { hasNextPage: boolean };
    edges: { cursor: string; node: Record<string, unknown> }[];
  };
  const first = (await graphql(query, { owner: alice.address })).data.transactions as Page;
  assert.deepEqual([first.edges.length, first.pageInfo.hasNextPage], [4, true]);
  assert.deepEqual(Object.keys(first.edges[0]!.node), ["id", "recipient", "owner", "it", "block"]);
  const variables = { owner: alice.address, after: first.edges.at(-1)!.cursor };
  const second = (await graphql(query, variables)).data.transactions as Page;
  assert.deepEqual([second.edges.length, second.pageInfo.hasNextPage], [2, false]);
  assert.ok([...first.edges, ...second.edges].every(({ node }) => node.recipient === token));
  const { data } = await graphql(
    `{ one: transaction(id: "${token}") { id } none: transaction(id: "x") { id } }`,
  );
  assert.deepEqual(data, { one: { id: token }, none: null });
  assert.match(
    String(((await graphql("{ blocks { id } }")) as { error?: string }).error),
    /answers transaction/,
  );
});

test("the scheduler tells what it has scheduled", async () => {
  interface Slot {
    readonly message: { readonly id: string };
    readonly assignment: { readonly tags: { name: string; value: string }[] };
  }
  const page = (await (await fetch(`${network.schedulerUrl}/${token}?limit=1000`)).json()) as {
    edges: { node: Slot }[];
  };
  const nonces = page.edges.map(({ node }) => Number(tagValue(node.assignment.tags, "Nonce")));
  assert.deepEqual(
    nonces,
    nonces.map((_, i) => i),
  );
  const { message } = page.edges[3]!.node;
  const one = (await (
    await fetch(`${network.schedulerUrl}/${message.id}?process-id=${token}`)
  ).json()) as Slot;
  assert.deepEqual(one, page.edges[3]!.node);
});
