/** Wallets that sign data items: an address, its public key, and a signature that never blocks the thread. */
import { secp256k1 } from "@noble/curves/secp256k1.js";
import {
  constants,
  createPrivateKey,
  createPublicKey,
  generateKeyPair,
  randomBytes,
  sign,
  type JsonWebKey,
  type KeyObject,
} from "node:crypto";
import { promisify } from "node:util";
import { ethereumDigest, signatureKinds } from "./signatures.ts";

export interface Wallet {
  readonly address: string;
  /** As a data item numbers it: 1 Arweave, 2 Ed25519, 3 Ethereum, 4 Solana. */
  readonly signatureType: number;
  readonly publicKey: Uint8Array;
  readonly sign: (content: Uint8Array) => Promise<Uint8Array>;
}

function walletOf(
  signatureType: number,
  publicKey: Uint8Array,
  signContent: (content: Uint8Array) => Promise<Uint8Array>,
): Wallet {
  const { address } = signatureKinds.get(signatureType)!;
  return { signatureType, publicKey, address: address(publicKey), sign: signContent };
}

const signAside = promisify(
  (
    algorithm: string | null,
    data: Uint8Array,
    key: KeyObject | { key: KeyObject; padding: number; saltLength: number },
    done: (error: Error | null, signature: Uint8Array) => void,
  ) => sign(algorithm, data, key, done),
);

/** An Arweave wallet from its key file's content: RSA of 4096 bits, with the private parts. */
export function arweaveWallet(jwk: JsonWebKey): Wallet {
  const key = createPrivateKey({ key: jwk, format: "jwk" });
  const padding = constants.RSA_PKCS1_PSS_PADDING;
  const publicKey = Buffer.from(jwk.n ?? "", "base64url");
  if (publicKey.length !== 512) throw new Error("an Arweave wallet has an RSA key of 4096 bits");
  return walletOf(1, publicKey, (content) => signAside("sha256", content, { key, padding, saltLength: 32 }));
}

/** A new Arweave key, as wallets keep it in a file. Takes about a second. */
export async function createArweaveKey(): Promise<JsonWebKey> {
  const { privateKey } = await promisify(generateKeyPair)("rsa", { modulusLength: 4096 });
  return privateKey.export({ format: "jwk" });
}

/** What comes before the 32 bytes of an Ed25519 key in PKCS #8. */
const ed25519Head = Buffer.from("302e020100300506032b657004220420", "hex");

/** A wallet that signs with Ed25519, fifty times as fast as an Arweave wallet, from 32 bytes; a new one without. */
export function createEd25519Wallet(seed: Uint8Array = randomBytes(32)): Wallet {
  const key = Buffer.concat([ed25519Head, seed]);
  const privateKey = createPrivateKey({ key, format: "der", type: "pkcs8" });
  const { x = "" } = createPublicKey(privateKey).export({ format: "jwk" });
  return walletOf(2, Buffer.from(x, "base64url"), (content) => signAside(null, content, privateKey));
}

/** An Ethereum wallet from its 32 bytes of private key; a new one without. */
export function ethereumWallet(privateKey: Uint8Array = secp256k1.utils.randomSecretKey()): Wallet {
  return walletOf(3, secp256k1.getPublicKey(privateKey, false), async (content) => {
    const options = { prehash: false, format: "recovered" } as const;
    const [recovery = 0, ...signature] = secp256k1.sign(ethereumDigest(content), privateKey, options);
    return Uint8Array.of(...signature, recovery + 27);
  });
}
