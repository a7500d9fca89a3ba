/** What pages read by path is what `Info` says: after every message of every log. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { nodeHost, type NodeHost, type NodeMessage, type NodeResult } from "../../process/host/node.ts";
import { tagValue, type Tag } from "../../units/message.ts";
import { definitions } from "../scene/runtimes.ts";
import { createScene, oracle } from "../scene/scene.ts";
import { alice, bob, Log, owner } from "./log.ts";
import { allLogs } from "./logs/all.ts";

/** What the patches came to so far, by name; nothing before the first one. */
class Page {
  info: Record<string, string> | undefined;

  merge({ Messages }: Pick<NodeResult, "Messages">): void {
    for (const { Tags } of Messages) {
      if (tagValue(Tags, "device") !== "patch@1.0") continue;
      const info = tagValue(Tags, "info") as unknown as Record<string, string> | undefined;
      for (const [name, value] of Object.entries(info ?? {})) {
        assert.notEqual(this.info?.[name], value, `${name} is published though it has not changed`);
      }
      this.info = { ...this.info, ...info };
    }
  }

  assertIs(tags: readonly Tag[]): void {
    if (this.info === undefined) return;
    const of = ["Data-Protocol", "Variant", "Type", "Reference", "Action", "X-Reference"];
    const told = tags.filter(({ name }) => !of.includes(name));
    assert.deepEqual(
      this.info,
      Object.fromEntries(told.map(({ name, value }) => [name.toLowerCase(), value])),
    );
  }
}

for (const log of allLogs()) {
  test(`${log.name}: what is published is what Info says`, () => {
    const { environment, id } = log;
    const host: NodeHost<unknown> = nodeHost(definitions[log.process]);
    const question = new Log("question", log.process, {}).send(owner, { Action: "Info" })
      .message as NodeMessage;
    const page = new Page();
    for (const { message, dry } of log.steps) {
      if (dry) continue;
      page.merge(host.handle(message, environment));
      const { Error: error, Messages } = host.dryRun({ ...question, Target: id }, environment);
      // A process whose parameters are wrong tells nothing, and has published nothing.
      if (error === undefined) page.assertIs(Messages[0]!.Tags);
      else assert.equal(page.info, undefined);
    }
  });
}

test("a day, its first cycles without any weight: what is published is what Info says", async () => {
  const { network, token, ledger, mint, ask, send, pass } = await createScene();
  const pages = new Map([token, ledger, mint].map((process) => [process, { page: new Page(), read: 0 }]));
  const compare = async (): Promise<void> => {
    for (const [process, known] of pages) {
      const log = network.log(process);
      for (const { result } of log.slice(known.read)) known.page.merge(result as NodeResult);
      known.read = log.length;
      known.page.assertIs((await ask(process, { Action: "Info" })).tags);
    }
  };
  for (let cycles = 0; cycles < 2; cycles++) {
    await pass(1);
    await compare();
  }
  await send(oracle, ledger, { Action: "Set-Balances", Token: "AR", Snapshot: "1" }, `${alice},3\n${bob},7`);
  await compare();
  await pass(1);
  await compare();
  await send(alice, ledger, { Action: "Withdraw", Quantity: "5" });
  await compare();
});
