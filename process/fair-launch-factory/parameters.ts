/** The factory's parameters, from its spawn tags. */
import type { Environment } from "../host/process.ts";
import { MOST_PERIODS } from "../math/decay.ts";
import { parseDecimal } from "../math/decimal.ts";
import { power10 } from "../math/multiplication.ts";
import { compare, isZero, ZERO } from "../math/natural.ts";
import { accountOf, isAddress } from "../protocol/address.ts";
import { isCodeHash } from "../protocol/code-hash.ts";
import { itemsOf, memberOf, parseJson, stringOf } from "../protocol/json.ts";
import { limits } from "../protocol/limits.ts";
import { isRefusal, type Refusal, refuse } from "../protocol/refusal.ts";
import {
  addressTag,
  notAnAddress,
  optionalAmountTag,
  requiredTag,
  type Tagged,
  tagOf,
  wholeTag,
} from "../protocol/tags.ts";
import { isDigits } from "../protocol/text.ts";
import { SHARE_PLACES } from "../terms/terms.ts";
import { emptyFactory, type FactoryParameters, type FactoryState, type ModuleVersion } from "./state.ts";

const DEFAULT_PERIODS = 180;
const DEFAULT_PATIENCE = 3_600_000;
const UNITS = ["second", "minute", "hour", "day", "block"];

/**
 * A factory from its spawn tags: AO-Token; Ledgers, a JSON array of ids; Launch-Modules, a JSON array of `{"module", "code"}` in order of preference;
 * optionally Default-Duration (days, 180), Creation-Fee with Fee-Recipient, Approver, Spawn-Patience (ms, an hour), and what is passed on to
 * launches: Launch-Cron-Interval, PI-Process with PI-Token-Process and PI-Share, Grace-Days, Numbered-Transfers. Refused: one missing or malformed.
 */
export function startFactory(environment: Environment): FactoryState | Refusal {
  const ao = addressTag(environment, "AO-Token");
  if (isRefusal(ao)) return ao;
  const ledgers = readLedgers(environment);
  if (isRefusal(ledgers)) return ledgers;
  const modules = readModules(environment);
  if (isRefusal(modules)) return modules;
  const periods = wholeTag(environment, "Default-Duration");
  if (isRefusal(periods)) return periods;
  if (periods !== undefined && (periods < 1 || periods > MOST_PERIODS))
    return refuse("invalid-duration", `Default-Duration must be 1 to ${MOST_PERIODS} days`);
  const patience = wholeTag(environment, "Spawn-Patience");
  if (isRefusal(patience)) return patience;
  const approver = optionalAddress(environment, "Approver");
  if (isRefusal(approver)) return approver;
  const fee = readFee(environment);
  if (isRefusal(fee)) return fee;
  const passedOn = readPassedOn(environment);
  if (isRefusal(passedOn)) return passedOn;
  const parameters: FactoryParameters = {
    id: environment.id,
    owner: accountOf(environment.owner),
    ao,
    ledgers,
    periods: periods ?? DEFAULT_PERIODS,
    approver: accountOf(approver),
    patience: patience ?? DEFAULT_PATIENCE,
    ...fee,
    ...passedOn,
  };
  return emptyFactory(parameters, modules);
}

function readLedgers(environment: Environment): readonly string[] | Refusal {
  const text = requiredTag(environment, "Ledgers");
  if (isRefusal(text)) return text;
  const malformed = `Ledgers must be a JSON array of 1 to ${limits.launchLedgers} different ids, such as ["…"]`;
  const ledgers: string[] = [];
  for (const item of itemsOf(parseJson(text)) ?? []) {
    const ledger = stringOf(item);
    if (ledger === undefined || !isAddress(ledger) || ledgers.includes(ledger))
      return refuse("invalid-ledgers", malformed);
    ledgers.push(ledger);
  }
  return ledgers.length === 0 || ledgers.length > limits.launchLedgers
    ? refuse("invalid-ledgers", malformed)
    : ledgers;
}

function readModules(environment: Environment): readonly ModuleVersion[] | Refusal {
  const text = requiredTag(environment, "Launch-Modules");
  if (isRefusal(text)) return text;
  const modules: ModuleVersion[] = [];
  for (const item of itemsOf(parseJson(text)) ?? []) {
    const module = stringOf(memberOf(item, "module"));
    const code = stringOf(memberOf(item, "code"));
    const isVersion =
      module !== undefined && isAddress(module) && code !== undefined && (code === "" || isCodeHash(code));
    if (!isVersion || modules.some((known) => known.module === module && known.code === code))
      return malformedModules();
    modules.push({ module, code, deprecated: false });
  }
  return modules.length === 0 || modules.length > limits.launchModules ? malformedModules() : modules;
}

function malformedModules(): Refusal {
  return refuse(
    "invalid-modules",
    `Launch-Modules must be a JSON array of 1 to ${limits.launchModules} different {"module":"<id>","code":""}, with the code's SHA-256 where a spawn brings the code along`,
  );
}

/** A fee has a recipient, and a recipient a fee. */
function readFee(environment: Environment): Pick<FactoryParameters, "fee" | "feeRecipient"> | Refusal {
  const fee = optionalAmountTag(environment, "Creation-Fee");
  if (isRefusal(fee)) return fee;
  const feeRecipient = optionalAddress(environment, "Fee-Recipient");
  if (isRefusal(feeRecipient)) return feeRecipient;
  const isFree = fee === undefined || isZero(fee);
  if (isFree !== (feeRecipient === ""))
    return refuse("missing-tag", "Creation-Fee and Fee-Recipient go together");
  return { fee: fee ?? ZERO, feeRecipient };
}

type PassedOn = Pick<
  FactoryParameters,
  "cronInterval" | "index" | "indexToken" | "indexShare" | "grace" | "numbered"
>;

/** What launches themselves would refuse is refused here, where it can still be mended. */
function readPassedOn(environment: Environment): PassedOn | Refusal {
  const cronInterval = tagOf(environment, "Launch-Cron-Interval") ?? "";
  if (isRefusal(cronInterval)) return cronInterval;
  if (cronInterval !== "" && !isInterval(cronInterval))
    return refuse("invalid-interval", "Launch-Cron-Interval must be such as 5-minutes, 1-hour or 10-blocks");
  const index = optionalAddress(environment, "PI-Process");
  if (isRefusal(index)) return index;
  const indexToken = optionalAddress(environment, "PI-Token-Process");
  if (isRefusal(indexToken)) return indexToken;
  const indexShare = tagOf(environment, "PI-Share") ?? "";
  if (isRefusal(indexShare)) return indexShare;
  const share = indexShare === "" ? ZERO : parseDecimal(indexShare, SHARE_PLACES);
  if (share === undefined || compare(share, power10(SHARE_PLACES + 2)) > 0)
    return refuse("invalid-share", "PI-Share must be a percentage from 0 to 100");
  if (indexShare !== "" && (index === "" || indexToken === ""))
    return refuse("missing-tag", "PI-Share needs PI-Process and PI-Token-Process");
  const grace = wholeTag(environment, "Grace-Days");
  if (isRefusal(grace)) return grace;
  if (grace !== undefined && grace > MOST_PERIODS)
    return refuse("invalid-number", `Grace-Days must be at most ${MOST_PERIODS}`);
  const numbered = tagOf(environment, "Numbered-Transfers") ?? "";
  if (isRefusal(numbered)) return numbered;
  if (numbered !== "" && numbered !== "true" && numbered !== "false")
    return refuse("invalid-flag", "Numbered-Transfers must be true or false");
  return {
    cronInterval,
    index,
    indexToken,
    indexShare,
    grace: grace === undefined ? "" : `${grace}`,
    numbered: numbered === "true",
  };
}

/** A number, a hyphen and a unit of time, as compute units read it. */
function isInterval(text: string): boolean {
  const hyphen = text.indexOf("-");
  const count = text.substring(0, hyphen);
  const name = text.substring(hyphen + 1);
  const unit = name.endsWith("s") ? name.substring(0, name.length - 1) : name;
  return hyphen > 0 && hyphen < 7 && isDigits(count) && !count.startsWith("0") && UNITS.includes(unit);
}

function optionalAddress(tagged: Tagged, name: string): string | Refusal {
  const text = tagOf(tagged, name) ?? "";
  if (isRefusal(text) || text === "" || isAddress(text)) return text;
  return refuse("invalid-address", notAnAddress(name));
}
