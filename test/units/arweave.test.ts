/** The unmodified arweave-js against the gateway: transactions of every size, read back as they were. */
import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { after, before, test } from "node:test";
import Arweave from "arweave";
import { dataRoot } from "../../units/items/transaction.ts";
import { startNetwork, type LocalNetwork } from "../../units/local-network.ts";
import * as world from "./world.ts";

const keys = await world.testKeys();
const key = keys.alice as Parameters<Arweave["transactions"]["sign"]>[1] & object;

let network: LocalNetwork;
let arweave: Arweave;
before(async () => {
  network = await startNetwork({ keys });
  const { hostname, port } = new URL(network.url);
  arweave = (Arweave as unknown as { init: (options: object) => Arweave }).init({
    host: hostname,
    port,
    protocol: "http",
  });
});
after(() => network.stop());

/** Bytes that are the same each time and nowhere alike. */
function dataOf(length: number): Uint8Array {
  const blocks = Array.from({ length: Math.ceil(length / 32) }, (_, i) =>
    createHash("sha256").update(`${i}`).digest(),
  );
  return Buffer.concat(blocks).subarray(0, length);
}

async function signed(length: number) {
  const transaction = await arweave.createTransaction({ data: dataOf(length) }, key);
  transaction.addTag("Content-Type", "text/plain");
  transaction.addTag("Kind", "test");
  await arweave.transactions.sign(transaction, key);
  return transaction;
}

const chunk = 256 << 10;
for (const length of [1, 1_000, chunk - 1, chunk, chunk + 1, chunk + (40 << 10), 3 * chunk + 5]) {
  test(`${length} bytes`, async (context) => {
    // The library asks for chunks first, and tells of it before it takes the whole.
    context.mock.method(console, "error", () => undefined);
    const transaction = await signed(length);
    assert.equal(dataRoot(dataOf(length)), transaction.data_root);
    const uploader = await arweave.transactions.getUploader(transaction);
    while (!uploader.isComplete) await uploader.uploadChunk();
    assert.equal(uploader.lastResponseStatus, 200);
    const found = await arweave.transactions.get(transaction.id);
    assert.deepEqual([found.data_size, found.data_root], [String(length), transaction.data_root]);
    const data = await arweave.transactions.getData(transaction.id, { decode: true });
    assert.ok(Buffer.from(data).equals(dataOf(length)));
    const status = await arweave.transactions.getStatus(transaction.id);
    assert.equal(status.status, 200);
    assert.ok(status.confirmed!.number_of_confirmations >= 1);
  });
}

test("the gateway's index has its tags, and it is taken once", async () => {
  const transaction = await signed(10);
  assert.equal((await arweave.transactions.post(transaction)).status, 200);
  const again = { method: "POST", headers: { "Content-Type": "application/json" } };
  const repeated = await fetch(`${network.url}/tx`, { ...again, body: JSON.stringify(transaction) });
  assert.equal(repeated.status, 208);
  const query = `{ transactions(ids: ["${transaction.id}"]) { edges { node { tags { name value } data { size type } } } } }`;
  const { body } = await world.post(`${network.url}/graphql`, { query });
  const tags = [
    { name: "Content-Type", value: "text/plain" },
    { name: "Kind", value: "test" },
  ];
  const edges = [{ node: { tags, data: { size: "10", type: "text/plain" } } }];
  assert.deepEqual(body, { data: { transactions: { edges } } });
});

test("a changed transaction, and data that is not its own, are refused", async () => {
  const transaction = (await signed(20)).toJSON() as unknown as Record<string, unknown>;
  const refused = async (change: object): Promise<void> => {
    const { status } = await world.post(`${network.url}/tx`, { ...transaction, ...change });
    assert.equal(status, 400, JSON.stringify(change));
  };
  await refused({ reward: "1" });
  await refused({ data: Buffer.from(dataOf(19)).toString("base64url") });
  await refused({ data_root: "" });
  await refused({ id: keys.alice.n!.slice(0, 43) });
  await refused({ format: 1 });
  await refused({ owner: undefined });
});
