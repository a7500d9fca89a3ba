/** Addresses: an Arweave or process id (43 characters of base64url), or an Ethereum address (`0x` and 40 digits). */
import { isBase64Url, isHexadecimal, lowerCase } from "./text.ts";

/** Whether the text can be an account. */
export function isAddress(text: string): boolean {
  if (text.length === 43) return isBase64Url(text);
  return isEthereum(text);
}

/** The account that an address names in the books: itself, an Ethereum address in lower case. */
export function accountOf(address: string): string {
  return isEthereum(address) ? lowerCase(address) : address;
}

function isEthereum(text: string): boolean {
  return text.length === 42 && text.startsWith("0x") && isHexadecimal(text.slice(2));
}
