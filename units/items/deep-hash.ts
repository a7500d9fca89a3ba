/** The hash that Arweave signs: SHA-384 over a tree of byte strings, so that no two trees have the same input. */
import { createHash } from "node:crypto";

export type Tree = Uint8Array | readonly Tree[];

function sha384(...parts: readonly (Uint8Array | string)[]): Uint8Array {
  const hash = createHash("sha384");
  for (const part of parts) hash.update(part);
  return hash.digest();
}

/** 48 bytes. */
export function deepHash(tree: Tree): Uint8Array {
  if (tree instanceof Uint8Array) return sha384(sha384(`blob${tree.length}`), sha384(tree));
  return tree.reduce<Uint8Array>(
    (hash, child) => sha384(hash, deepHash(child)),
    sha384(`list${tree.length}`),
  );
}

/** A leaf of the tree. */
export function leaf(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}
