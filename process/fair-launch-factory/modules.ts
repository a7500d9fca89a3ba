/** The versions of the launch's code: which one is used, and the bundles that stock aos needs with a spawn. */
import { type Refusal, refuse } from "../protocol/refusal.ts";
import type { FactoryState, ModuleVersion } from "./state.ts";

/** The version that launches are spawned from now. Refused: all are deprecated, or its bundle is not here yet. */
export function presentVersion({ modules, codes }: FactoryState): ModuleVersion | Refusal {
  const version = modules.find(({ deprecated }) => !deprecated);
  if (version === undefined)
    return refuse("no-module", "Every version of the launch's code is deprecated here; use a newer factory");
  if (version.code !== "" && codes[version.code] === undefined) {
    return refuse(
      "code-missing",
      `The code ${version.code} is not here yet: anyone may bring it with Provide-Launch-Code`,
    );
  }
  return version;
}

/** Whether a bundle of this hash is one of the versions'. */
export function isVersionCode({ modules }: FactoryState, code: string): boolean {
  return code !== "" && modules.some((version) => version.code === code);
}

/** Marks every version of a module as deprecated, or the one with this code. Refused: there is none, or all are so already. */
export function deprecate({ modules }: FactoryState, module: string, code: string): Refusal | undefined {
  const found = modules.filter(
    (version) => version.module === module && (code === "" || version.code === code),
  );
  if (found.length === 0) return refuse("unknown-module", "No version of the launch's code has this module");
  if (found.every(({ deprecated }) => deprecated))
    return refuse("already-set", "This module is deprecated already");
  for (const version of found) version.deprecated = true;
  return undefined;
}

/** Whether the version that a launch was spawned from is deprecated by now. */
export function isDeprecated({ modules }: FactoryState, module: string, code: string): boolean {
  return modules.some((version) => version.module === module && version.code === code && version.deprecated);
}
