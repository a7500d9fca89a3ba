/** The same deployment in the network's standard module: bundles loaded at spawn, replaced by Eval. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { buildBundles, deploy, missingSteps } from "../../deployment/deploy.ts";
import { upgrade } from "../../deployment/upgrade.ts";
import { verify } from "../../deployment/verify.ts";
import { aosForNode, fetchAos } from "../../module/aos.ts";
import { codeHash } from "../../module/bundle.ts";
import { signDataItem } from "../../units/items/data-item.ts";
import { createEd25519Wallet } from "../../units/items/wallet.ts";
import { tagsOf, tagsWithout } from "../../units/message.ts";
import * as world from "../units/world.ts";
import { setStage } from "./stage.ts";

test("deployed, verified and upgraded in aos", async (context) => {
  const wallet = createEd25519Wallet();
  const stage = await setStage(world.temporaryFolder(context));
  context.after(() => stage.network.stop());
  const release = aosForNode();
  const tags = [
    ...tagsWithout(world.moduleTags, "Module-Format"),
    ...tagsOf({ "Module-Format": release.format }),
  ];
  const item = await signDataItem({ tags, data: await fetchAos(release) }, wallet);
  const aos = (await world.post(`${stage.network.url}/tx`, item)).body.id as string;

  const config = { ...stage.config, module: "aos" } as const;
  const options = async () => {
    const plain = await stage.options(wallet);
    return { ...plain, config, network: { ...plain.network, aos } };
  };
  assert.equal(missingSteps(config, stage.reopen()).length, 8);
  await deploy(await options());
  assert.deepEqual(missingSteps(config, stage.reopen()), []);
  await stage.network.advance(300_000);
  const failing = async (): Promise<unknown> =>
    (await verify({ ...(await options()), attempts: 1 })).filter(({ holds }) => !holds);
  assert.deepEqual(await failing(), []);

  const built = await buildBundles(config);
  const { lua, module } = built.get("token")!;
  const changed = `${lua}\n-- changed\n`;
  const hash = codeHash(changed);
  const marked = changed.replace(/^TributaryCode = ".*"/, `TributaryCode = "${hash}"`);
  const other = new Map([...built, ["token", { lua: marked, codeHash: hash, module }]]);
  const [token] = await upgrade(await options(), other);
  assert.deepEqual(token, { name: "token", outcome: "upgraded" });
  const broken = new Map([...built, ["token", { lua: "handle =", codeHash: "none", module }]]);
  assert.equal((await upgrade(await options(), broken))[0]!.outcome, "refused");
  assert.equal((await upgrade(await options()))[0]!.outcome, "upgraded");
  assert.deepEqual(await failing(), []);
});
