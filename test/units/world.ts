/** A local network for tests, wallets, and short ways to use them through aoconnect. */
import type { JsonWebKey } from "node:crypto";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { buildAll } from "../../module/build-all.ts";
import { buildModule } from "../../module/build.ts";
import { projectFolder, readIfPresent, writeWhole } from "../../module/files.ts";
import { signDataItem } from "../../units/items/data-item.ts";
import { arweaveWallet, createArweaveKey, type Wallet } from "../../units/items/wallet.ts";
import type { UnitKeys } from "../../units/local-keys.ts";
import type { LocalNetwork } from "../../units/local-network.ts";
import { tagsOf, type ComputeResult, type Tag } from "../../units/message.ts";

export { type Aoconnect, aoconnectTo, createDataItemSigner, type Signer } from "../../units/aoconnect.ts";

export interface TestKeys extends UnitKeys {
  readonly alice: JsonWebKey;
}

/** Made once and kept in build/: a key of 4096 bits takes a second. They are worth nothing. */
export async function testKeys(): Promise<TestKeys> {
  const path = join(projectFolder, "build/cache/test-keys.json");
  const present = readIfPresent(path);
  if (present !== undefined) return JSON.parse(new TextDecoder().decode(present)) as TestKeys;
  const [authority, scheduler, alice] = await Promise.all([
    createArweaveKey(),
    createArweaveKey(),
    createArweaveKey(),
  ]);
  writeWhole(path, JSON.stringify({ authority, scheduler, alice }));
  return { authority, scheduler, alice };
}

export async function tokenModule(): Promise<Uint8Array> {
  const [built] = await buildAll({ quiet: true, names: ["token"] });
  return readFileSync(built!.module.path);
}

/** The module of test/units/courier.lua. */
export async function courierModule(): Promise<Uint8Array> {
  return buildModule(readFileSync(new URL("./courier.lua", import.meta.url), "utf8"));
}

export const moduleTags = tagsOf({
  ...{ "Data-Protocol": "ao", Variant: "ao.TN.1", Type: "Module" },
  ...{ "Module-Format": "wasm32-unknown-emscripten4", "Content-Type": "application/wasm" },
  ...{ "Input-Encoding": "JSON-V1", "Output-Encoding": "JSON-V1" },
  ...{ "Memory-Limit": "1-gb", "Compute-Limit": "9000000000000" },
});

export interface Reply {
  readonly status: number;
  readonly body: Record<string, unknown>;
}

export async function post(url: string, body: Uint8Array | object, method = "POST"): Promise<Reply> {
  const isBytes = body instanceof Uint8Array;
  const response = await fetch(url, {
    method,
    headers: { "Content-Type": isBytes ? "application/octet-stream" : "application/json" },
    body: isBytes ? (body as BodyInit) : JSON.stringify(body),
  });
  return { status: response.status, body: (await response.json()) as Record<string, unknown> };
}

/** Publishes a module through the gateway and gives its id. */
export async function publishModule(
  network: LocalNetwork,
  wasm: Uint8Array,
  wallet: Wallet,
): Promise<string> {
  const { status, body } = await post(
    `${network.url}/tx`,
    await signDataItem({ tags: moduleTags, data: wasm }, wallet),
  );
  if (status !== 200) throw new Error(JSON.stringify(body));
  return body.id as string;
}

export interface Item {
  readonly target?: string;
  readonly tags: Readonly<Record<string, string>> | readonly Tag[];
  readonly data?: string;
  readonly anchor?: string;
}

/** A message or spawn signed without aoconnect, which takes longer. */
export function signItem({ tags, data = " ", ...rest }: Item, wallet: Wallet): Promise<Uint8Array> {
  const own = Array.isArray(tags) ? (tags as Tag[]) : tagsOf(tags as Record<string, string>);
  const type = rest.target === undefined ? "Process" : "Message";
  const protocol = tagsOf({ "Data-Protocol": "ao", Variant: "ao.TN.1", Type: type });
  return signDataItem({ ...rest, data, tags: [...own, ...protocol] }, wallet);
}

/** Sends an item and gives its id. */
export async function send(
  network: Pick<LocalNetwork, "units">,
  item: Item,
  wallet: Wallet,
): Promise<string> {
  const { status, body } = await post(network.units.MU_URL, await signItem(item, wallet));
  if (status !== 202) throw new Error(JSON.stringify(body));
  return body.id as string;
}

/** Spawns a process without aoconnect. */
export function spawn(
  network: LocalNetwork,
  module: string,
  wallet: Wallet,
  tags: Readonly<Record<string, string>> = {},
): Promise<string> {
  const own = { Module: module, Scheduler: network.scheduler, Authority: network.authority, ...tags };
  return send(network, { tags: own }, wallet);
}

export async function resultOf(
  network: LocalNetwork,
  process: string,
  message: string,
): Promise<ComputeResult> {
  const response = await fetch(`${network.units.CU_URL}/result/${message}?process-id=${process}`);
  return (await response.json()) as ComputeResult;
}

export interface Digest {
  readonly entries: number;
  readonly sha256: string;
}

/** The hash of a process's memory after all that is scheduled. */
export async function digestOf({ url }: Pick<LocalNetwork, "url">, process: string): Promise<Digest> {
  return (await (await fetch(`${url}/digest/${process}`)).json()) as Digest;
}

export async function aliceWallet(): Promise<Wallet> {
  return arweaveWallet((await testKeys()).alice);
}

/** A folder that is gone after the test. */
export function temporaryFolder(context: { after: (clean: () => void) => void }): string {
  const folder = mkdtempSync(join(tmpdir(), "tributary-test-"));
  context.after(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}
