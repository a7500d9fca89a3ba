/** The hash by which a bundle is known, and which the process that runs it tells as `Code-Hash`. */
import { sha256 } from "../math/sha256.ts";
import { isHexadecimal, lowerCase } from "./text.ts";

const BEFORE = 'TributaryCode = "';
const AFTER = '"\n';
const LENGTH = 64;

/** Whether the text can be such a hash: 64 hexadecimal digits in lower case. */
export function isCodeHash(text: string): boolean {
  return text.length === LENGTH && isHexadecimal(text) && lowerCase(text) === text;
}

/**
 * The hash in a bundle's first line, `TributaryCode = "…"`, which is the SHA-256 of all the other lines. Undefined for
 * a text without such a line, or with a line that is wrong: the hash then stands for every byte of the text.
 */
export function codeHashOf(bundle: string): string | undefined {
  const start = BEFORE.length + LENGTH + AFTER.length;
  const hash = bundle.substring(BEFORE.length, BEFORE.length + LENGTH);
  if (!isCodeHash(hash) || bundle.substring(0, start) !== `${BEFORE}${hash}${AFTER}`) return undefined;
  return sha256(bundle.substring(start)) === hash ? hash : undefined;
}
