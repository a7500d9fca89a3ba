/**
 * The local network: scheduler, messenger, compute unit and gateway behind one port of the loopback interface, with
 * everything they know in one log (docs/units.md).
 */
import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Clock } from "./clock.ts";
import { ComputeUnit } from "./compute/compute-unit.ts";
import { lockFolder } from "./folder-lock.ts";
import { computeRoutes, type ReadLimits } from "./http/compute-routes.ts";
import { controlRoutes } from "./http/control-routes.ts";
import { gatewayRoutes } from "./http/gateway-routes.ts";
import { messengerRoutes } from "./http/messenger-routes.ts";
import { publishedRoutes } from "./http/published-routes.ts";
import { schedulerRoutes } from "./http/scheduler-routes.ts";
import { transactionRoutes } from "./http/transaction-routes.ts";
import { startServer } from "./http/server.ts";
import { parseDataItem, signDataItem } from "./items/data-item.ts";
import { arweaveWallet, type Wallet } from "./items/wallet.ts";
import { unitKeys, type UnitKeys } from "./local-keys.ts";
import { tagsOf } from "./message.ts";
import { Pusher } from "./pusher.ts";
import type { CronMode } from "./requests.ts";
import { Log } from "./scheduler/log.ts";
import { Scheduler } from "./scheduler/scheduler.ts";
import { NetworkState } from "./scheduler/state.ts";
import { Ticker } from "./ticker.ts";

export interface LocalNetworkOptions extends Partial<ReadLimits> {
  /** Default: any that is free. */
  readonly port?: number;
  /** Where log, keys and snapshots are kept. Default: a folder that is removed at the end. */
  readonly data?: string;
  /** A time, in milliseconds, at which the clock stands until it is moved. Default: it runs as the system's does. */
  readonly clock?: number;
  /** Default: `over-firing`, as the reference unit does. What a log began with stays. */
  readonly cron?: CronMode;
  /** Default: those in `data`. */
  readonly keys?: UnitKeys;
  /** Milliseconds that an evaluation may take. Default: 30 seconds. */
  readonly evaluationLimit?: number;
  /** How many pushes in a row one message may bring about. Default: 1000. */
  readonly pushDepth?: number;
  /** How many processes may have a thread at a time. Default: 32. */
  readonly threads?: number;
  /** Milliseconds of evaluation after which a process's memory is kept on the disk. Default: 2 seconds. */
  readonly snapshotAfter?: number;
}

export interface LocalNetwork {
  /** `http://127.0.0.1:<port>`: the gateway, as Arweave's libraries want it. */
  readonly url: string;
  /** What aoconnect's `connect` takes, with `MODE: "legacy"`. */
  readonly units: { readonly MU_URL: string; readonly CU_URL: string; readonly GATEWAY_URL: string };
  readonly schedulerUrl: string;
  /** The address that signs what processes send. */
  readonly authority: string;
  /** The address that processes name as their Scheduler. */
  readonly scheduler: string;
  /** The time, in milliseconds. */
  readonly now: () => number;
  /**
   * Moves the clock, stops at each tick, and settles there for up to ten seconds. With a step it makes one tick a step, in the place of all that
   * were due in it.
   */
  readonly advance: (milliseconds: number, step?: number) => Promise<void>;
  /** Waits until nothing is left to evaluate or to push; false if that takes longer than so many milliseconds. */
  readonly settle: (patience?: number) => Promise<boolean>;
  /** Has `GET /` tell the ids of these processes too, by name, until the network stops. */
  readonly introduce: (processes: Readonly<Record<string, string>>) => void;
  readonly stop: () => Promise<void>;
}

/** Starts a local network, or takes up the one whose log is in the folder. */
export async function startNetwork(options: LocalNetworkOptions = {}): Promise<LocalNetwork> {
  const folder = options.data ?? mkdtempSync(join(tmpdir(), "tributary-"));
  mkdirSync(folder, { recursive: true });
  const unlock = lockFolder(folder);
  const leave = (): void => {
    unlock();
    if (options.data === undefined) rmSync(folder, { recursive: true, force: true });
  };
  try {
    return await startIn(folder, options, leave);
  } catch (error) {
    leave();
    throw error;
  }
}

async function startIn(
  folder: string,
  options: LocalNetworkOptions,
  leave: () => void,
): Promise<LocalNetwork> {
  const keys = options.keys ?? (await unitKeys(folder));
  const [authority, schedulerWallet] = [arweaveWallet(keys.authority), arweaveWallet(keys.scheduler)];
  const clock = new Clock(options.clock);
  const { log, state } = await openLog(join(folder, "log"), clock, options);

  const scheduler = new Scheduler(state, log, clock, { onEntry: (schedule) => compute.wake(schedule) });
  const pusher = new Pusher(scheduler, { wallet: authority, depth: options.pushDepth ?? 1_000 });
  const compute: ComputeUnit = new ComputeUnit(scheduler, {
    folder: join(folder, "derived"),
    evaluationLimit: options.evaluationLimit ?? 30_000,
    threads: options.threads ?? 32,
    snapshotAfter: options.snapshotAfter ?? 2_000,
    onResult: (schedule, index, result) => pusher.push(schedule, index, result),
  });
  const ticker = new Ticker(scheduler, clock);

  const settle = async (patience = 10_000): Promise<boolean> => {
    for (const end = performance.now() + patience; ; await pause()) {
      if (compute.quiet && pusher.quiet) return true;
      if (performance.now() > end) return false;
    }
  };
  const advance = async (milliseconds: number, step?: number): Promise<void> => {
    await ticker.advance(milliseconds, async () => void (await settle()), step);
    ticker.watch();
  };
  const readLimits = { dryRunCache: 0, dryRunsPerMinute: Infinity, ...options };
  const addresses = { authority: authority.address, scheduler: schedulerWallet.address };
  let url = "";
  let introduced: { readonly processes?: Readonly<Record<string, string>> } = {};
  const describe = (): object => ({ ...addressesOf(url), ...addresses, ...introduced });
  const server = await startServer(options.port ?? 0, [
    ...controlRoutes({ clock, compute, advance, settle, describe }),
    ...messengerRoutes(scheduler),
    ...computeRoutes(compute, addresses.authority, readLimits),
    ...schedulerRoutes(scheduler, clock, addresses.scheduler),
    ...transactionRoutes(scheduler, clock),
    ...gatewayRoutes(scheduler, clock),
    ...publishedRoutes(compute),
  ]).catch(async (error: unknown) => {
    await log.close();
    throw error;
  });
  url = `http://127.0.0.1:${server.port}`;
  await announceScheduler(scheduler, schedulerWallet, `${url}/su`);
  await takeUp(state, compute, pusher);
  ticker.watch();

  const { MU_URL, CU_URL, GATEWAY_URL, schedulerUrl } = addressesOf(url);
  return {
    ...{ url, units: { MU_URL, CU_URL, GATEWAY_URL }, schedulerUrl, ...addresses },
    ...{ now: () => clock.now(), advance, settle },
    introduce: (processes) => void (introduced = { processes }),
    stop: async () => {
      ticker.stop();
      await server.close();
      await pusher.close();
      await compute.close();
      await log.close();
      leave();
    },
  };
}

function pause(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, 5));
}

function addressesOf(url: string) {
  return { MU_URL: `${url}/mu`, CU_URL: `${url}/cu`, GATEWAY_URL: url, schedulerUrl: `${url}/su` };
}

/** The log and what follows from it; the clock goes on where it was, unless an option says where it stands. */
async function openLog(path: string, clock: Clock, options: LocalNetworkOptions) {
  const state = new NetworkState((timestamp) => clock.at(timestamp));
  const log = await Log.open(path, (body, place) => {
    state.load(body, place);
    clock.start = state.start;
  });
  try {
    if (log.size === 0) {
      const start = {
        kind: "start",
        version: 1,
        start: clock.now(),
        cron: options.cron ?? "over-firing",
      } as const;
      await new Scheduler(state, log, clock, { onEntry: () => undefined }).note(start);
      clock.start = state.start;
    } else {
      const setting = options.clock === undefined ? state.clock : { standing: options.clock };
      clock.restore(setting, state.latest);
    }
    return { log, state };
  } catch (error) {
    await log.close();
    throw error;
  }
}

/** Where the scheduler is, as clients look it up on the gateway. The port may be another each time. */
async function announceScheduler(scheduler: Scheduler, wallet: Wallet, url: string): Promise<void> {
  const tags = tagsOf({
    ...{ "Data-Protocol": "ao", Variant: "ao.TN.1", Type: "Scheduler-Location" },
    ...{ Url: url, "Time-To-Live": "86400000" },
  });
  await scheduler.publish(parseDataItem(await signDataItem({ tags, data: "1984" }, wallet)));
}

/** Goes on with what was left: evaluates what was not, and pushes what was not. */
async function takeUp(state: NetworkState, compute: ComputeUnit, pusher: Pusher): Promise<void> {
  for (const schedule of state.schedules.values()) {
    const evaluated = await compute.takeUp(schedule);
    for (let index = 0; index < evaluated; index++) {
      pusher.push(schedule, index, await compute.entryResult(schedule, index));
    }
    compute.wake(schedule);
  }
}
