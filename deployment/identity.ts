/** Whether a process is what was deployed, by its own answer to `Identity`. */
import type { DeployedProcess } from "./record.ts";
import type { Ask } from "./units.ts";

/**
 * What a process says of itself that the record says otherwise, in words; empty when all is as it should be. One that is
 * `unchangeable` must say that nobody can change its code.
 */
export async function checkIdentity(
  ask: Ask,
  {
    id,
    bundle,
    module,
    codeHash,
    parametersHash,
  }: Pick<DeployedProcess, "id" | "bundle" | "module" | "codeHash" | "parametersHash">,
  owner: string,
  unchangeable = false,
): Promise<readonly string[]> {
  const { tag } = await ask(id, { Action: "Identity" });
  const expected = {
    Process: bundle,
    Module: module,
    "Code-Hash": codeHash,
    "Parameters-Hash": parametersHash,
    Owner: owner,
    ...(unchangeable && { Ownership: "renounced" }),
  };
  return Object.entries(expected)
    .filter(([name, value]) => tag(name) !== value)
    .map(([name, value]) => `its ${name} is ${tag(name) || "missing"}, not ${value}`);
}
