/** Values of tags in a configuration: text, and what is known only when the deployment gets there. */
import { DeploymentError } from "./units.ts";

/** What a tag's value may be beside text. */
export type Placeholder =
  /** The id of another process of the configuration. */
  | { readonly process: string }
  /** The id of the module that processes of a bundle run in: one of their own, or the network's aos. */
  | { readonly moduleOf: string }
  /** The hash of the code that such a spawn brings along: "" where the module has it. */
  | { readonly codeOf: string }
  /** The address of whoever deploys. */
  | { readonly deployer: true }
  /** The time at which the process is spawned, in milliseconds. */
  | { readonly now: true };

export type Json =
  string | number | boolean | null | Placeholder | readonly Json[] | { readonly [name: string]: Json };

/** A tag's value: text, a placeholder, or JSON in which placeholders may stand. */
export type Value = string | Placeholder | { readonly json: Json };
export type Values = Readonly<Record<string, Value>>;

/** The id of a process of this configuration, once it is spawned. */
export function idOf(process: string): Placeholder {
  return { process };
}

/** The id of the module of processes that a process of this configuration spawns; `bundle` is a folder in process/. */
export function moduleOf(bundle: string): Placeholder {
  return { moduleOf: bundle };
}

/** The hash of the code that a spawn of this bundle must bring along; "" where the module holds the code. */
export function codeOf(bundle: string): Placeholder {
  return { codeOf: bundle };
}

export const deployer: Placeholder = { deployer: true };
export const spawnTime: Placeholder = { now: true };

/** A value as JSON text, with placeholders filled in. */
export function json(value: Json): Value {
  return { json: value };
}

/** What processes of a bundle are spawned from. */
export interface SpawnedFrom {
  readonly module: string;
  /** The hash of the code that the spawn must bring along; "" where the module has it. */
  readonly code: string;
}

/** What placeholders stand for. */
export interface Known {
  readonly ids: ReadonlyMap<string, string>;
  /** By bundle: those that processes spawn. */
  readonly bundles: ReadonlyMap<string, SpawnedFrom>;
  readonly deployer: string;
  readonly now: number;
}

/** The tags with every placeholder filled in. Throws for a process that has no id yet. */
export function fill(values: Values, known: Known): { name: string; value: string }[] {
  return Object.entries(values).map(([name, value]) => ({ name, value: fillValue(value, known) }));
}

/** Whom values refer to. */
export interface References {
  readonly processes: readonly string[];
  readonly bundles: readonly string[];
}

export function referencesIn(values: Values): References {
  const placeholders = placeholdersIn(values);
  return {
    processes: placeholders.flatMap((one) => ("process" in one ? [one.process] : [])),
    bundles: placeholders.flatMap((one) =>
      "moduleOf" in one ? [one.moduleOf] : "codeOf" in one ? [one.codeOf] : [],
    ),
  };
}

function fillValue(value: Value, known: Known): string {
  if (typeof value === "string") return value;
  if ("json" in value) {
    return JSON.stringify(value.json, (_, part: unknown) =>
      isPlaceholder(part) ? fillPlaceholder(part, known) : part,
    );
  }
  return fillPlaceholder(value, known);
}

function fillPlaceholder(placeholder: Placeholder, known: Known): string {
  if ("deployer" in placeholder) return known.deployer;
  if ("now" in placeholder) return String(known.now);
  if ("moduleOf" in placeholder) return bundleIn(known, placeholder.moduleOf).module;
  if ("codeOf" in placeholder) return bundleIn(known, placeholder.codeOf).code;
  const id = known.ids.get(placeholder.process);
  if (id === undefined) throw new DeploymentError(`${placeholder.process} has no id yet`);
  return id;
}

function bundleIn({ bundles }: Known, name: string): SpawnedFrom {
  const found = bundles.get(name);
  if (found === undefined) throw new DeploymentError(`the module of ${name} has not been uploaded yet`);
  return found;
}

function placeholdersIn(value: unknown): readonly Placeholder[] {
  if (typeof value !== "object" || value === null) return [];
  if (isPlaceholder(value)) return [value];
  return Object.values(value).flatMap((part) => placeholdersIn(part));
}

function isPlaceholder(value: unknown): value is Placeholder {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return false;
  const names = Object.keys(value);
  return names.length === 1 && ["process", "moduleOf", "codeOf", "deployer", "now"].includes(names[0]!);
}
