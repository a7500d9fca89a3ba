/** `npm start`, small: what it prints, how it ends, what it serves; and the lines of README.md against it. */
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { test } from "node:test";
import { projectFolder } from "../../module/files.ts";
import { openDay } from "../../scripts/day/open.ts";
import { choosePopulation } from "../../scripts/day/population.ts";
import { readOptions, UsageError } from "../../scripts/options.ts";
import { generatePopulation } from "../../units/population.ts";
import { temporaryFolder } from "../units/world.ts";
import { byNpm, direct, start } from "./child.ts";

interface Told {
  readonly balanced: boolean;
  readonly cycles: number;
  readonly wallets: number;
  readonly edges: number;
  readonly messages: { readonly signed: number };
  readonly conservation: { readonly left: string; readonly right: string };
  readonly token: { readonly supply: string };
  readonly minted: string;
  readonly url: string;
  readonly processes: Readonly<Record<"token" | "ledger" | "mint", string>>;
  readonly recipients: readonly { readonly name: string; readonly accrued: string }[];
  readonly launches: readonly ToldLaunch[];
}

type LaunchFigure = "allocation" | "distributed" | "paid" | "claimable" | "rollover" | "notYetEmitted";

interface ToldLaunch extends Readonly<Record<LaunchFigure | "name" | "status", string>> {
  readonly periodsPassed: number;
  readonly schedule: readonly string[];
}

const lastLine = (text: string): Told => JSON.parse(text.trimEnd().split("\n").at(-1)!) as Told;

test("--once runs a day, tells it in one line of JSON, and leaves nothing behind", async (context) => {
  const small = ["--wallets", "20", "--cycles", "3", "--once", "--json", "--port", "0"];
  const { ended, output, leftovers } = start(context, direct, ...small);
  assert.equal(await ended, 0, output.stderr);
  const told = lastLine(output.stdout);
  assert.deepEqual([told.balanced, told.cycles, told.wallets], [true, 3, 20]);
  // The first three cycles of the emission, exactly.
  assert.equal(told.minted, "103781107163923");
  assert.equal(told.token.supply, told.minted);
  assert.equal(told.conservation.left, told.conservation.right);
  assert.equal(BigInt(told.conservation.left), BigInt(told.minted) * 10n ** 42n);
  // A page of balances for each of three tokens, a tick, and a message of each wallet.
  assert.equal(told.messages.signed, 24);
  assert.ok(told.edges >= 20);
  assert.equal(told.recipients.length, 10);
  assert.match(output.stdout, /All books balance, to the last unit\./);
  assert.deepEqual(leftovers(), []);

  const launches = told.launches.map(({ name, status, periodsPassed }) => [name, status, periodsPassed]);
  assert.deepEqual(launches, [
    ["Aurora", "Active", 3],
    ["Basalt", "Active", 3],
  ]);
  for (const { schedule, ...launch } of told.launches) {
    const sum = (amounts: readonly string[]): bigint => amounts.reduce((all, each) => all + BigInt(each), 0n);
    assert.equal(sum(schedule), BigInt(launch.allocation));
    const emitted = sum(schedule.slice(0, launch.periodsPassed));
    assert.equal(BigInt(launch.distributed) + BigInt(launch.rollover), emitted);
    assert.equal(BigInt(launch.paid) + BigInt(launch.claimable), BigInt(launch.distributed));
    assert.equal(BigInt(launch.notYetEmitted), BigInt(launch.allocation) - emitted);
  }
  // The first is pushed; of the second, every other delegator has claimed.
  const [aurora, basalt] = told.launches;
  assert.ok(BigInt(aurora!.distributed) > 0n && aurora!.claimable === "0");
  assert.ok(BigInt(basalt!.paid) > 0n);
});

test("without --once it serves: by path, the lines of README.md, more cycles; Ctrl-C ends it with 0", async (context) => {
  const { interrupt, ended, says, output, leftovers } = start(
    context,
    byNpm,
    ...["--wallets", "3", "--cycles", "1", "--json", "--port", "0"],
  );
  await says('"}]}\n');
  const { url, processes } = lastLine(output.stdout);
  for (const line of [url, ...Object.values(processes)]) assert.ok(output.stdout.includes(line));
  const curls = [...output.stdout.matchAll(/^ {2}curl (.*)$/gm)].map(([, line]) => line!);
  const minted = `${url}/${processes.mint}~process@1.0/now/info/minted`;
  assert.deepEqual(curls, [minted, `-d '{"advance": 300000}' ${url}/clock`]);
  const before = BigInt(await (await fetch(minted)).text());
  assert.equal((await fetch(`${url}/clock`, { method: "POST", body: '{"advance": 300000}' })).status, 200);
  assert.ok(BigInt(await (await fetch(minted)).text()) > before);

  const lines = /```js\n(.*?)```/s.exec(readFileSync(join(projectFolder, "README.md"), "utf8"))?.[1] ?? "";
  const address = "http://127.0.0.1:4000";
  assert.ok(lines.includes(address));
  const run = spawnSync(process.execPath, ["--input-type=module", "--eval", lines.replace(address, url)], {
    cwd: projectFolder,
    encoding: "utf8",
  });
  assert.equal(run.status, 0, run.stderr);
  const project = /project\] = \[processes.ledger, "(.*)"\]/.exec(lines)?.[1];
  assert.equal(generatePopulation({ wallets: 1000 }).names.get(project!), "Project 1");
  const read = JSON.parse(run.stdout) as { wallet: string; delegationPrefs: unknown; version: number };
  assert.deepEqual([read.delegationPrefs, read.version], [[{ walletTo: project, factor: 2500 }], 1]);
  const published = await fetch(`${url}/${processes.ledger}~process@1.0/now/delegations/${read.wallet}`);
  assert.deepEqual(((await published.json()) as typeof read).delegationPrefs, read.delegationPrefs);

  interrupt();
  assert.equal(await ended, 0, output.stderr);
  assert.deepEqual(leftovers(), []);
});

test("Ctrl-C during the day ends it at once and leaves nothing behind", async (context) => {
  const { child, interrupt, ended, output, leftovers } = start(
    context,
    direct,
    "--wallets",
    "200",
    "--port",
    "0",
  );
  await new Promise<void>((resolve) => {
    child.stderr!.on("data", () => output.stderr.includes("sending delegations") && resolve());
  });
  interrupt();
  assert.equal(await ended, 130, output.stderr);
  assert.deepEqual(leftovers(), []);
});

test("a file's wallets get keys of their own, and keep their names", async (context) => {
  const folder = temporaryFolder(context);
  const [alice, bob, project] = ["a", "b", "c"].map((letter) => letter.repeat(43));
  const prefs = (...targets: string[]) =>
    targets.map((walletTo) => ({
      walletTo,
      label: walletTo === project ? "The Project" : undefined,
      fraction: 0.5,
    }));
  const wallets = [
    { wallet: alice, prefs: prefs("ao", project!) },
    { wallet: bob, prefs: prefs(alice!, project!) },
  ];
  const path = join(folder, "delegations.json");
  writeFileSync(path, JSON.stringify({ wallets }));
  const { ended, output } = start(
    context,
    direct,
    ...["--delegations", path, "--cycles", "1", "--once", "--json", "--port", "0"],
  );
  assert.equal(await ended, 0, output.stderr);
  const { recipients } = lastLine(output.stdout);
  assert.deepEqual(recipients.map(({ name }) => name).sort(), ["The Project", alice, bob]);
  const accrued = new Map(recipients.map(({ name, accrued: units }) => [name, BigInt(units)]));
  assert.ok(accrued.get(alice!)! > 0n && accrued.get("The Project")! > 0n);
});

test("a taken port and a wrong option are one line and exit code 2", async (context) => {
  const taken = createServer().listen(0, "127.0.0.1");
  context.after(() => taken.close());
  await new Promise((resolve) => taken.once("listening", resolve));
  const { port } = taken.address() as AddressInfo;
  const busy = `start: port ${port} of 127.0.0.1 is taken by another program; choose another one, with --port N\n`;
  const mistakes: readonly (readonly [readonly string[], string])[] = [
    [["--port", `${port}`], busy],
    [["--wallets", "none"], 'start: --wallets must be a whole number from 1 to 100000, not "none"\n'],
  ];
  for (const [args, expected] of mistakes) {
    const { ended, output, leftovers } = start(context, direct, ...args);
    assert.equal(await ended, 2);
    assert.deepEqual([output, leftovers()], [{ stdout: "", stderr: expected }, []]);
  }
});

test("options: each wrong one is told, before anything is begun", async (context) => {
  const { help, once, port, ...sizes } = readOptions([]);
  assert.deepEqual([help, once, port], [false, false, 4000]);
  assert.deepEqual([sizes.wallets, sizes.cycles, sizes.data], [1000, 288, undefined]);
  const wrong: readonly (readonly [readonly string[], RegExp])[] = [
    [["--port", "65536"], /^--port must be a whole number from 0 to 65535, not "65536"$/],
    [["--wallets", "0"], /^--wallets must be a whole number from 1 to 100000, not "0"$/],
    [["--cycles", "1e3"], /^--cycles must be a whole number from 1 to 100000, not "1e3"$/],
    [["--wallets", "5", "--delegations", "x"], /exclude each other/],
    [["--data", ""], /^--data must name a folder$/],
    [["--twice"], /^Unknown option '--twice'/],
  ];
  for (const [args, message] of wrong) {
    assert.throws(
      () => readOptions(args),
      (error) => error instanceof UsageError && message.test(error.message),
    );
  }
  const folder = temporaryFolder(context);
  writeFileSync(join(folder, "something"), "");
  const open = openDay({ port: 0, data: folder, clock: 0 }, () => assert.fail("begun"));
  await assert.rejects(open, (error) => error instanceof UsageError && /is not empty/.test(error.message));
  const file = { wallets: 1, delegations: join(folder, "none") };
  assert.throws(() => choosePopulation(file), /none: no such file$/);
});
