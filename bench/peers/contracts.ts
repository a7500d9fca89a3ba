/** Contracts out of npm packages, as their compiler left them there, on a chain. */
import { type NpmPackage, openPackage } from "../../module/npm-package.ts";
import { type Argument, encode, encodeCall } from "./abi.ts";
import type { Chain, Receipt } from "./evm.ts";

export class Contracts {
  readonly chain: Chain;
  readonly #read: (path: string) => Uint8Array;
  readonly #pathOf: (name: string) => string;
  /** Libraries that contracts are linked to, by name. */
  readonly #libraries = new Map<string, string>();

  private constructor(chain: Chain, read: (path: string) => Uint8Array, pathOf: (name: string) => string) {
    this.chain = chain;
    this.#read = read;
    this.#pathOf = pathOf;
  }

  /** Those of a package, whose artifacts lie at these paths. */
  static async of(chain: Chain, source: NpmPackage, pathOf: (name: string) => string): Promise<Contracts> {
    return new Contracts(chain, await openPackage(source), pathOf);
  }

  /** Makes a contract, and the libraries that it is linked to. Gives its address. */
  async deploy(name: string, ...values: readonly Argument[]): Promise<string> {
    const file = new TextDecoder().decode(this.#read(this.#pathOf(name)));
    let { bytecode } = JSON.parse(file) as { bytecode: string };
    for (;;) {
      // A place for an address: the library's name between underscores, 40 characters in all.
      const library = /__([A-Za-z0-9]+)_/.exec(bytecode)?.[1];
      if (library === undefined) break;
      const address = this.#libraries.get(library) ?? (await this.deploy(library));
      this.#libraries.set(library, address);
      bytecode = bytecode.replaceAll(`__${library}`.padEnd(40, "_"), address.slice(2));
    }
    return (await this.chain.send(undefined, bytecode + encode(values))).address;
  }

  call(to: string, name: string, ...values: readonly Argument[]): Promise<Receipt> {
    return this.chain.send(to, encodeCall(name, values));
  }
}
