/**
 * Identifiers and addresses: made by hashing, so that a run gives the same ones each time.
 */
import { createHash } from "node:crypto";

/** 43 characters of base64url: the form of every Arweave id and address. */
export function identifier(...parts: readonly (string | number)[]): string {
  return createHash("sha256").update(JSON.stringify(parts)).digest("base64url");
}

/** The address of a wallet that belongs to a name: the same for the same name, in every network. */
export function walletAddress(name: string): string {
  return identifier("wallet", name);
}

/**
 * The Ethereum address of a name, `0x` and 40 hexadecimal digits in mixed case. The case is not the EIP-55 checksum:
 * it only has both kinds of letters, as the addresses that wallets send have.
 */
export function ethereumAddress(name: string): string {
  const digest = createHash("sha256")
    .update(JSON.stringify(["ethereum", name]))
    .digest();
  const digits = digest.toString("hex").slice(0, 40);
  const cased = [...digits].map((digit, index) =>
    (digest[index % 32]! >> (index % 8)) & 1 ? digit.toUpperCase() : digit,
  );
  return "0x" + cased.join("");
}
