/**
 * Bits of 32-bit words, 0 ≤ word < 2^32, and the bytes of a text. Compiled to one Lua operation each
 * (`module/intrinsics.mjs`), where strings are bytes already; the bodies below are what runs under Node.
 */

export function bitXor(left: number, right: number): number {
  return (left ^ right) >>> 0;
}

export function bitAnd(left: number, right: number): number {
  return (left & right) >>> 0;
}

/** A text whose characters are the bytes of the given one in UTF-8. */
export function binary(text: string): string {
  let bytes = "";
  for (const character of text) {
    const code = character.codePointAt(0)!;
    if (code < 0x80) bytes += character;
    else if (code < 0x800) bytes += leading(code, 6, 0xc0) + continuation(code, 0);
    else if (code < 0x10000) bytes += leading(code, 12, 0xe0) + continuation(code, 6) + continuation(code, 0);
    else
      bytes +=
        leading(code, 18, 0xf0) + continuation(code, 12) + continuation(code, 6) + continuation(code, 0);
  }
  return bytes;
}

function leading(code: number, shift: number, mark: number): string {
  return String.fromCharCode(mark + (code >>> shift));
}

function continuation(code: number, shift: number): string {
  return String.fromCharCode(0x80 + ((code >>> shift) & 0x3f));
}
