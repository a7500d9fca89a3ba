/** Sends this checkout's bundles to running processes, which keep their state or refuse. */
import { tagsOf } from "../units/message.ts";
import { spawnOrder } from "./config.ts";
import { type BuiltBundle, buildBundles, claimRecord, type DeployOptions, protocol } from "./deploy.ts";
import { checkIdentity } from "./identity.ts";
import { deployed } from "./record.ts";
import { senderOf } from "./sender.ts";

export interface Upgraded {
  readonly name: string;
  readonly outcome: "up to date" | "upgraded" | "refused" | "unchangeable";
  /** The process's words, when it refused; what to do instead, when nobody can change it. */
  readonly reason?: string;
}

/** The processes whose code is not this checkout's, and can be. */
export async function outdated({
  config,
  file,
}: Pick<DeployOptions, "config" | "file">): Promise<readonly string[]> {
  const built = await buildBundles(config);
  return spawnOrder(config.processes).filter((name) => {
    const { bundle, codeHash } = deployed(file, name);
    return config.processes[name]!.unchangeable !== true && built.get(bundle)!.codeHash !== codeHash;
  });
}

/**
 * Upgrades each process whose code is not this checkout's, one after the other; a refusal does not hold up the others.
 * An upgrade that was interrupted is brought to its end first. `built` is there for tests: other bundles.
 */
export async function upgrade(
  options: DeployOptions,
  built?: ReadonlyMap<string, BuiltBundle>,
): Promise<readonly Upgraded[]> {
  claimRecord(options);
  const bundles = built ?? (await buildBundles(options.config));
  const upgraded: Upgraded[] = [];
  for (const name of spawnOrder(options.config.processes)) {
    const { bundle, codeHash, upgrades } = deployed(options.file, name);
    const code = bundles.get(bundle)!;
    const isPending = options.file.record.items[upgradeKey(name, upgrades + 1)] !== undefined;
    if (!isPending && code.codeHash === codeHash) upgraded.push({ name, outcome: "up to date" });
    else if (options.config.processes[name]!.unchangeable === true) upgraded.push(unchangeable(name));
    else upgraded.push(await upgradeOne(name, code, options));
  }
  return upgraded;
}

function unchangeable(name: string): Upgraded {
  const reason = "nobody can change its code; configure another one beside it";
  return { name, outcome: "unchangeable", reason };
}

async function upgradeOne(name: string, code: BuiltBundle, options: DeployOptions): Promise<Upgraded> {
  const { config, file, units } = options;
  const process = deployed(file, name);
  const { id: target, upgrades } = process;
  const action = config.module === "aos" ? "Eval" : "Upgrade";
  const sent = await senderOf(options)(upgradeKey(name, upgrades + 1), "message", () => ({
    codeHash: code.codeHash,
    target,
    tags: [...protocol, ...tagsOf({ Type: "Message", Action: action })],
    data: code.lua,
  }));
  const { Error: error } = await units.result(target, sent.id);
  const after = { ...process, codeHash: sent.codeHash ?? "" };
  const wrong = error === undefined ? await checkIdentity(units.ask, after, file.record.deployer) : [];
  const reason = error ?? wrong.join("; ");
  process.upgrades += 1;
  sent.outcome = reason === "" ? "done" : "refused";
  if (reason === "") process.codeHash = after.codeHash;
  file.save();
  if (reason !== "") return { name, outcome: "refused", reason };
  // What was brought to its end may have been an older checkout's.
  return after.codeHash === code.codeHash ? { name, outcome: "upgraded" } : upgradeOne(name, code, options);
}

const upgradeKey = (name: string, number: number): string => `upgrade ${name}, number ${number}`;
