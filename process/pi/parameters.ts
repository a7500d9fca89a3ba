/** The index's parameters, from its spawn tags: nobody can change them afterwards. */
import type { Environment } from "../host/process.ts";
import { steepFactorUp } from "../market/dutch.ts";
import { parseDecimal } from "../math/decimal.ts";
import { type Natural, parseNatural } from "../math/natural.ts";
import { isAddress } from "../protocol/address.ts";
import { itemsOf, memberOf, parseJson, stringOf, wholeOf } from "../protocol/json.ts";
import { optionalIdsTag } from "../protocol/ids.ts";
import { limits } from "../protocol/limits.ts";
import type { TagPair } from "../protocol/message.ts";
import { isRefusal, type Refusal, refuse } from "../protocol/refusal.ts";
import {
  addressTag,
  notAnAddress,
  optionalAmountTag,
  type Tagged,
  tagOf,
  wholeTag,
} from "../protocol/tags.ts";
import { beginReadings } from "./readings.ts";
import { type AuctionParameters, emptyIndex, type IndexState, type Source } from "./state.ts";

const DAY = 86_400_000;
const MULTIPLIER_PLACES = 18;
/** Of a token: beside its launch and its batch auctions. */
const MOST_SOURCES = limits.priceSources - 2;

/** Whole parameters: default, least and most. */
const BOUNDS = {
  "Bootstrap-Until": [0, 0, 900_000_000_000_000],
  "Fee-Bps": [50, 0, 500],
  "Session-Patience": [3_600_000, 60_000, 7 * DAY],
  "Launch-Price-Life": [2 * DAY, 3_600_000, 14 * DAY],
  "Launch-Price-Band": [1_000, 1, 5_000],
  "Step-Milliseconds": [60_000, 1_000, 3_600_000],
  "Steep-Steps": [12, 1, 1_000],
  "To-Best-Steps": [20, 1, 1_000],
  "To-Worst-Steps": [30, 1, 1_000],
  "Flat-Steps": [10, 1, 1_000],
  "Start-Multiple-Bps": [30_000, 15_000, 1_000_000],
  "Pair-Pause": [DAY, 60_000, 14 * DAY],
  "Fan-Out": [10, 1, 50],
} as const;

type WholeName = keyof typeof BOUNDS;
type Wholes = Readonly<Record<WholeName, number>>;

/**
 * An index from its spawn tags: PI-Token-Process, AO-Token, AR-Token, Ledgers (JSON array of ids); optionally
 * Bootstrap-Multiplier (PI for one AO, decimal; 1), Flp-Factory, Guardian, Numbered-Tokens (JSON array of assets that number transfers), Sources (JSON array of
 * `{"token", "kind": "pool" | "feed", "process", "life", "band"}`), the caps Hour-Cap, Lot-Cap, Slippage-Cap in AO, and the whole numbers above. Refused: one missing, malformed or out of
 * bounds.
 */
export function startIndex(environment: Environment): IndexState | Refusal {
  const addresses = readAddresses(environment);
  if (isRefusal(addresses)) return addresses;
  const ledgers = optionalIdsTag(environment, "Ledgers");
  if (isRefusal(ledgers)) return ledgers;
  if (ledgers.length === 0) return refuse("missing-tag", "Ledgers is required!");
  const numbered = optionalIdsTag(environment, "Numbered-Tokens");
  if (isRefusal(numbered)) return numbered;
  const wholes = readWholes(environment);
  if (isRefusal(wholes)) return wholes;
  const text = tagOf(environment, "Bootstrap-Multiplier");
  if (isRefusal(text)) return text;
  const bootstrapMultiplier = parseDecimal(text ?? "1", MULTIPLIER_PLACES);
  if (bootstrapMultiplier === undefined)
    return refuse("invalid-number", "Bootstrap-Multiplier must be a decimal with at most 18 places");
  const sources = readSources(environment);
  if (isRefusal(sources)) return sources;
  const hour = capTag(environment, "Hour-Cap", "1000000000000000");
  const lot = capTag(environment, "Lot-Cap", "1000000000000000");
  const slippage = capTag(environment, "Slippage-Cap", "100000000000000");
  for (const cap of [hour, lot, slippage]) if (isRefusal(cap)) return cap;
  const state = emptyIndex(
    {
      ...{ id: environment.id, ...addresses, ledgers, numbered, bootstrapMultiplier, sources },
      bootstrapUntil: wholes["Bootstrap-Until"],
      fee: wholes["Fee-Bps"],
      sessionPatience: wholes["Session-Patience"],
      launchPrice: { life: wholes["Launch-Price-Life"], band: wholes["Launch-Price-Band"] },
      auctions: auctionParameters(wholes),
      fanOut: wholes["Fan-Out"],
    },
    { hour: hour as Natural, lot: lot as Natural, slippage: slippage as Natural },
  );
  for (const asset of state.assets) beginReadings(state, asset);
  return state;
}

function auctionParameters(wholes: Wholes): AuctionParameters {
  const multiple = wholes["Start-Multiple-Bps"];
  const steep = wholes["Steep-Steps"];
  return {
    stepLength: wholes["Step-Milliseconds"],
    steps: [steep, wholes["To-Best-Steps"], wholes["To-Worst-Steps"], wholes["Flat-Steps"]],
    ...{ multiple, factor: steepFactorUp(multiple, steep), pause: wholes["Pair-Pause"] },
  };
}

function readAddresses(environment: Environment) {
  const token = addressTag(environment, "PI-Token-Process");
  if (isRefusal(token)) return token;
  const ao = addressTag(environment, "AO-Token");
  if (isRefusal(ao)) return ao;
  const ar = addressTag(environment, "AR-Token");
  if (isRefusal(ar)) return ar;
  const factory = optionalAddress(environment, "Flp-Factory");
  if (isRefusal(factory)) return factory;
  const guardian = optionalAddress(environment, "Guardian");
  if (isRefusal(guardian)) return guardian;
  if (token === ao || token === ar || ao === ar)
    return refuse("invalid-address", "PI-Token-Process, AO-Token and AR-Token must be three processes");
  return { token, ao, ar, factory, guardian };
}

function readWholes(environment: Environment): Wholes | Refusal {
  const wholes: Record<string, number> = {};
  for (const name of NAMES) {
    const [usual, least, most] = BOUNDS[name];
    const value = wholeTag(environment, name);
    if (isRefusal(value)) return value;
    const whole = value ?? usual;
    if (whole < least || whole > most)
      return refuse("invalid-number", `${name} must be between ${least} and ${most}`);
    wholes[name] = whole;
  }
  return wholes as Wholes;
}

/** In a fixed order, so that the first fault is the same everywhere. */
const NAMES: readonly WholeName[] = [
  ...(["Bootstrap-Until", "Fee-Bps", "Session-Patience", "Launch-Price-Life", "Launch-Price-Band"] as const),
  ...(["Step-Milliseconds", "Steep-Steps", "To-Best-Steps", "To-Worst-Steps", "Flat-Steps"] as const),
  ...(["Start-Multiple-Bps", "Pair-Pause", "Fan-Out"] as const),
];

/** Between what each whole parameter may be, as tags: `Fee-Bps-Bounds` is `0-500`. */
export const BOUND_TAGS: readonly TagPair[] = NAMES.map((name) => {
  const [, least, most] = BOUNDS[name];
  return [`${name}-Bounds`, `${least}-${most}`] as const;
});

function readSources(environment: Environment): readonly Source[] | Refusal {
  const text = tagOf(environment, "Sources");
  if (isRefusal(text)) return text;
  const sources: Source[] = [];
  const items = itemsOf(parseJson(text === undefined || text === "" ? "[]" : text));
  if (items === undefined) return refuse("invalid-sources", "Sources must be a JSON array");
  for (const item of items) {
    const token = stringOf(memberOf(item, "token"));
    const kind = stringOf(memberOf(item, "kind"));
    const process = stringOf(memberOf(item, "process"));
    const life = wholeOf(memberOf(item, "life"));
    const band = wholeOf(memberOf(item, "band"));
    const known = (kind === "pool" || kind === "feed") && token !== undefined && process !== undefined;
    if (!known || life === undefined || band === undefined || band < 1 || band > 9_999 || life < 1) {
      return refuse(
        "invalid-sources",
        'Sources must be JSON: [{"token":"…","kind":"pool","process":"…","life":3600000,"band":200}], with band from 1 to 9999',
      );
    }
    if (!isAddress(token) || !isAddress(process))
      return refuse("invalid-sources", "Sources must name processes and wallets by their addresses");
    const others = sources.filter((source) => source.token === token);
    if (others.length === MOST_SOURCES || others.some((source) => source.process === process))
      return refuse("invalid-sources", `Sources must be different, and at most ${MOST_SOURCES} of a token`);
    sources.push({ token, kind, process, life, band });
  }
  return sources;
}

function capTag(environment: Environment, name: string, usual: string): Natural | Refusal {
  return optionalAmountTag(environment, name) ?? parseNatural(usual)!;
}

function optionalAddress(tagged: Tagged, name: string): string | Refusal {
  const text = tagOf(tagged, name);
  if (text === undefined || text === "" || isRefusal(text)) return isRefusal(text) ? text : "";
  return isAddress(text) ? text : refuse("invalid-address", notAnAddress(name));
}
