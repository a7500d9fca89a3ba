/** Data items: what others sign can be read here, what is signed here can be read by others, nothing else passes. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { ArweaveSigner, createData, DataItem, EthereumSigner } from "@dha-team/arbundles";
import { parseDataItem, signDataItem, verifyDataItem } from "../../units/items/data-item.ts";
import { encodeTags } from "../../units/items/tag-list.ts";
import { arweaveWallet, createEd25519Wallet, ethereumWallet, type Wallet } from "../../units/items/wallet.ts";
import type { Tag } from "../../units/message.ts";
import { testKeys } from "./world.ts";

const keys = await testKeys();
const wallets: readonly (readonly [string, Wallet])[] = [
  ["Arweave", arweaveWallet(keys.alice)],
  ["Ethereum", ethereumWallet()],
  ["Ed25519", createEd25519Wallet()],
];
const full = {
  target: wallets[0]![1].address,
  anchor: "00000000000000000000000000000007",
  tags: [
    { name: "Action", value: "Transfer" },
    { name: "K", value: "1" },
    { name: "K", value: "2" },
    { name: "Ünïcode 🜂", value: "✓".repeat(300) },
    { name: "Empty", value: "" },
  ],
  data: "some data",
};

for (const [name, wallet] of wallets) {
  test(`${name}: signed here, valid here and for the reference library, duplicate tags and all`, async () => {
    const raw = await signDataItem(full, wallet);
    const item = await verifyDataItem(raw);
    assert.equal(item.address, wallet.address);
    assert.deepEqual([item.target, item.tags], [full.target, full.tags]);
    assert.equal(Buffer.from(item.anchor).toString(), full.anchor);
    assert.equal(Buffer.from(item.data).toString(), full.data);
    assert.equal(await DataItem.verify(Buffer.from(raw)), true);
    const theirs = new DataItem(Buffer.from(raw));
    assert.deepEqual([theirs.id, theirs.tags, theirs.target], [item.id, full.tags, full.target]);
  });

  test(`${name}: an item of nothing but an owner`, async () => {
    const item = await verifyDataItem(await signDataItem({}, wallet));
    assert.deepEqual([item.target, item.tags.length, item.anchor.length, item.data.length], ["", 0, 0, 0]);
  });

  test(`${name}: no byte can be changed`, async () => {
    const raw = await signDataItem(full, wallet);
    // Every field is in it: each byte of the end, and some of what is before.
    const places = [...Array(raw.length).keys()].filter((i) => i > raw.length - 120 || i % 53 === 0);
    for (const place of places) {
      const changed = Uint8Array.from(raw);
      changed[place]! ^= 1;
      await assert.rejects(verifyDataItem(changed), { name: "Error" }, `byte ${place}`);
    }
    await assert.rejects(verifyDataItem(raw.subarray(0, -1)), /not valid/);
    await assert.rejects(verifyDataItem(Buffer.concat([raw, Buffer.of(0)])), /not valid/);
  });
}

test("signed by the reference library, valid here", async () => {
  const signers = [
    [new ArweaveSigner(keys.alice as ConstructorParameters<typeof ArweaveSigner>[0]), wallets[0]![1].address],
    [new EthereumSigner("11".repeat(32)), "0x19E7E376E7C213B7E7e7e46cc70A5dD086DAff2A"],
  ] as const;
  for (const [signer, address] of signers) {
    const theirs = createData("data", signer, { tags: full.tags, target: full.target, anchor: full.anchor });
    await theirs.sign(signer);
    const item = await verifyDataItem(theirs.getRaw());
    assert.deepEqual([item.id, item.tags, item.address], [theirs.id, full.tags, address]);
  }
});

test("the signature of another wallet is not valid", async () => {
  const [first, second] = await Promise.all([1, 2].map(() => signDataItem(full, createEd25519Wallet())));
  const swapped = Uint8Array.from(first!);
  swapped.set(second!.subarray(2, 66), 2);
  await assert.rejects(verifyDataItem(swapped), /signature of data item \S+ is not valid/);
});

test("an Ethereum signature has one form only: no second id for one message", async () => {
  const raw = await signDataItem(full, ethereumWallet());
  const order = 0xfffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141n;
  const other = Uint8Array.from(raw);
  const s = order - BigInt(`0x${Buffer.from(raw.subarray(34, 66)).toString("hex")}`);
  other.set(Buffer.from(s.toString(16).padStart(64, "0"), "hex"), 34);
  other[66] = 27 + (1 - (raw[66]! - 27));
  await assert.rejects(verifyDataItem(other), /not valid/);
  const plain = Uint8Array.from(raw);
  plain[66]! -= 27;
  await assert.rejects(verifyDataItem(plain), /not valid/);
});

test("what is too long or misshapen is refused with the reason", async () => {
  const wallet = createEd25519Wallet();
  const refused = (item: Parameters<typeof signDataItem>[0], reason: RegExp) =>
    assert.rejects(signDataItem(item, wallet), reason);
  const many = (count: number, value = "v"): Tag[] =>
    Array.from({ length: count }, (_, i) => ({ name: `n${i}`, value }));
  await refused({ tags: many(129) }, /129 tags; a data item has at most 128/);
  await refused({ tags: many(4, "v".repeat(1024)) }, /tags of 41\d\d bytes; a data item has at most 4096/);
  await refused({ anchor: "short" }, /the anchor has 5 bytes; it has 32/);
  await refused({ target: "0x19E7E376E7C213B7E7e7e46cc70A5dD086DAff2A" }, /is no target|bytes; it has 32/);
  await refused({ target: "not base64url!" }, /is no target/);

  const raw = await signDataItem(full, wallet);
  const tagStart = 2 + 64 + 32 + 33 + 33;
  const withByte = (place: number, byte: number): Uint8Array => {
    const changed = Uint8Array.from(raw);
    changed[place] = byte;
    return changed;
  };
  assert.throws(() => parseDataItem(withByte(0, 77)), /unknown type 77/);
  assert.throws(() => parseDataItem(withByte(2 + 64 + 32, 2)), /target has the flag 2/);
  assert.throws(() => parseDataItem(withByte(tagStart, 4)), /the tags are not the 4 that they say/);
  assert.throws(() => parseDataItem(withByte(tagStart, 6)), /the tags are not the 6 that they say/);
  assert.throws(() => parseDataItem(withByte(tagStart, 200)), /200 tags/);
  assert.throws(() => parseDataItem(withByte(tagStart + 9, 200)), /bytes; a data item|cut off/);
  assert.throws(() => parseDataItem(withByte(tagStart + 15, 255)), /out of range/);
  assert.throws(() => parseDataItem(raw.subarray(0, 100)), /cut off/);
  assert.throws(() => parseDataItem(new Uint8Array(0)), /cut off/);
  assert.throws(() => parseDataItem(withByte(tagStart + 17, 255)), /.+/);
  assert.equal(encodeTags([]).length, 0);
});
