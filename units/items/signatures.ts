/** The kinds of signature that a data item may have, by the number that it carries. */
import { secp256k1 } from "@noble/curves/secp256k1.js";
import { keccak_256 } from "@noble/hashes/sha3.js";
import { constants, createHash, createPublicKey, verify, type KeyObject } from "node:crypto";
import { promisify } from "node:util";

export interface SignatureKind {
  readonly name: string;
  /** Bytes. */
  readonly signatureLength: number;
  /** Bytes of the public key, which is the data item's owner. */
  readonly ownerLength: number;
  readonly verify: (owner: Uint8Array, content: Uint8Array, signature: Uint8Array) => Promise<boolean>;
  readonly address: (owner: Uint8Array) => string;
}

/** Runs in the thread pool, so that a server can do something else meanwhile. */
const verifyAside = promisify(
  (
    algorithm: string | null,
    data: Uint8Array,
    key: KeyObject | { key: KeyObject; padding: number },
    signature: Uint8Array,
    done: (error: Error | null, valid: boolean) => void,
  ) => verify(algorithm, data, key, signature, done),
);

function hashAddress(owner: Uint8Array): string {
  return createHash("sha256").update(owner).digest("base64url");
}

const base64url = (bytes: Uint8Array): string => Buffer.from(bytes).toString("base64url");

async function verifyRsa(owner: Uint8Array, content: Uint8Array, signature: Uint8Array): Promise<boolean> {
  try {
    const key = createPublicKey({ key: { kty: "RSA", n: base64url(owner), e: "AQAB" }, format: "jwk" });
    // Any length of salt: wallets use 32 bytes, Node as many as fit.
    return await verifyAside("sha256", content, { key, padding: constants.RSA_PKCS1_PSS_PADDING }, signature);
  } catch {
    return false;
  }
}

async function verifyEd25519(
  owner: Uint8Array,
  content: Uint8Array,
  signature: Uint8Array,
): Promise<boolean> {
  try {
    const key = createPublicKey({ key: { kty: "OKP", crv: "Ed25519", x: base64url(owner) }, format: "jwk" });
    return await verifyAside(null, content, key, signature);
  } catch {
    return false;
  }
}

/** What an Ethereum wallet signs of a message (EIP-191). */
export function ethereumDigest(content: Uint8Array): Uint8Array {
  const prefix = new TextEncoder().encode(`\x19Ethereum Signed Message:\n${content.length}`);
  return keccak_256(Buffer.concat([prefix, content]));
}

/**
 * Stricter than the curve: the lower of the two possible values of s, and 27 or 28 at the end. Otherwise anybody could
 * make a second valid signature of a message, and so a message with a new id, without the key.
 */
async function verifyEthereum(
  owner: Uint8Array,
  content: Uint8Array,
  signature: Uint8Array,
): Promise<boolean> {
  try {
    const recovery = signature[64]! - 27;
    if (recovery !== 0 && recovery !== 1) return false;
    const bytes = Uint8Array.of(recovery, ...signature.subarray(0, 64));
    const recoverable = secp256k1.Signature.fromBytes(bytes, "recovered");
    if (recoverable.hasHighS()) return false;
    const signer = recoverable.recoverPublicKey(ethereumDigest(content));
    return owner[0] === 4 && Buffer.from(signer.toBytes(false)).equals(owner);
  } catch {
    return false;
  }
}

/** `0x` and 40 digits with the checksum of EIP-55 in their case. */
export function ethereumAddressOf(owner: Uint8Array): string {
  const digits = Buffer.from(keccak_256(owner.subarray(1)).subarray(12)).toString("hex");
  const checksum = Buffer.from(keccak_256(new TextEncoder().encode(digits))).toString("hex");
  return "0x" + [...digits].map((digit, i) => (checksum[i]! >= "8" ? digit.toUpperCase() : digit)).join("");
}

const ed25519 = {
  signatureLength: 64,
  ownerLength: 32,
  verify: verifyEd25519,
  address: hashAddress,
};

export const signatureKinds: ReadonlyMap<number, SignatureKind> = new Map([
  [1, { name: "Arweave", signatureLength: 512, ownerLength: 512, verify: verifyRsa, address: hashAddress }],
  [2, { name: "Ed25519", ...ed25519 }],
  [
    3,
    {
      name: "Ethereum",
      signatureLength: 65,
      ownerLength: 65,
      verify: verifyEthereum,
      address: ethereumAddressOf,
    },
  ],
  [4, { name: "Solana", ...ed25519 }],
]);
