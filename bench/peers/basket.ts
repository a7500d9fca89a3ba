/** The peers that do an index's mathematics and nothing else: on our naturals in the compact module, on bint in aos. */
import { join } from "node:path";
import { aosForNode, fetchAos } from "../../module/aos.ts";
import { bundleLua } from "../../module/bundle.ts";
import { embedBundle } from "../../module/embed.ts";
import { buildVirtualMachine } from "../../module/virtual-machine.ts";
import { luaFile, startInstance, withInstruments } from "../instance.ts";
import type { Row } from "../measures.ts";
import { basketAmounts, part, payment, proceeds } from "../pi-amounts.ts";
import { indexSizes } from "../pi.ts";
import { Messages, type Scene } from "../scene.ts";
import { timeEach } from "../timing.ts";

/** Calls one of the basket's functions, and gives its answer. */
type Ask = (name: string, text: string) => Promise<string>;

const sample = 50;

const one = 10n ** 30n;
/** PI that there is; a lot of AO, and what a unit of it costs in AR. */
const supply = proceeds;
const lot = proceeds / 10n;
const auctionPrice = one / 2n;

/** The basket on our naturals, in the compact module. It is asked without any message being decoded, and sends none. */
export async function measureBasketWalk(scene: Scene): Promise<Row[]> {
  const naturals = bundleLua(join(import.meta.dirname, "naturals.ts"));
  const code = [
    withInstruments(`function handle() end\nfunction useNumbers(all) numbers = all end\n${naturals}`),
    luaFile("peers/basket"),
    luaFile("peers/basket-walk"),
  ];
  const module = embedBundle(await buildVirtualMachine({ debug: true }), code.join("\n"));
  return measureAll("index mathematics, our naturals", async () => {
    const { instrument } = await startInstance(module, scene.environment);
    return instrument;
  });
}

/** The basket on bint, in aos: each act a message to a handler, each payment a message of its own. */
export async function measureBasketBint(scene: Scene): Promise<Row[]> {
  const release = aosForNode();
  const module = await fetchAos(release);
  return measureAll("index mathematics, bint in aos", async () => {
    const instance = await startInstance(module, scene.environment, release);
    const messages = new Messages(scene);
    const { Owner: owner } = scene.environment.Process;
    const send: Ask = async (action, data) => {
      const { Messages: sent } = await instance.accepted(messages.wallet(owner, { Action: action }, data));
      return sent.at(-1)?.Data ?? "";
    };
    await instance.accepted(scene.start[0]!);
    await send("Eval", `${luaFile("peers/basket")}\n${luaFile("peers/basket-bint")}`);
    return send;
  });
}

async function measureAll(subject: string, start: () => Promise<Ask>): Promise<Row[]> {
  const rows: Row[] = [];
  for (const launches of indexSizes) {
    const ask = await start();
    rows.push({ subject, wallets: launches + 2, values: await measure(ask, launches) });
  }
  return rows;
}

async function measure(ask: Ask, launches: number): Promise<Row["values"]> {
  const amounts = basketAmounts(launches).map((amount) => {
    const off = (amount.price * amount.band) / 10_000n;
    return { ...amount, low: amount.price - off, high: amount.price + off };
  });
  const lines = amounts.map(
    ({ token, backing, low, price, high }) => `${token},${backing},${low},${price},${high}\n`,
  );
  await ask("found", [`${supply},${auctionPrice},${lot}\n`, ...lines].join(""));
  const legs = amounts.map(({ backing }) => `${(backing * part * 101n) / (supply * 100n) + 1n}`);
  const texts = { mint: `${payment}`, bid: `${payment}`, deposit: legs.join("\n"), redeem: `${part}` };
  const answers = { mint: mintOf(amounts), bid: (payment * one) / auctionPrice };
  const counts: Record<string, number> = {};
  const times: Record<string, number> = {};
  for (const [name, text] of Object.entries(texts)) {
    const [count, answer] = (await ask("count", `${name} ${text}`)).split(" ");
    const expected = (answers as Readonly<Record<string, bigint>>)[name];
    if (expected !== undefined && answer !== `${expected}`) throw new Error(`${name} gave ${answer}`);
    counts[name] = Number(count);
    times[name] = (
      await timeEach(
        sample,
        () => text,
        (each) => ask(name, each),
      )
    ).median;
  }
  return {
    ...{ mintByValue: times.mint!, lastLegExcess: times.deposit!, redeem: times.redeem!, bid: times.bid! },
    ...{ mintByValueCount: counts.mint!, lastLegExcessCount: counts.deposit! },
    ...{ redeemCount: counts.redeem!, bidCount: counts.bid! },
  };
}

/** What the first mint comes to. */
function mintOf(
  amounts: readonly { readonly backing: bigint; readonly low: bigint; readonly high: bigint }[],
) {
  const value = amounts.reduce((sum, { backing, high }) => sum + (backing * high + one - 1n) / one, 0n);
  const worth = (payment * amounts[1]!.low) / one;
  return (((worth * 9_950n) / 10_000n) * supply) / value;
}
