/**
 * Questions about characters that every runtime must answer alike: Lua sees bytes, JavaScript UTF-16. All of them look
 * at ASCII only. Compiled to one call of Lua's string library each (`module/intrinsics.mjs`); the bodies below are what
 * runs under Node.
 */

/** The text with A–Z in lower case and everything else as it is. */
export function lowerCase(text: string): string {
  let result = "";
  for (let i = 0; i < text.length; i++) {
    const character = text.charAt(i);
    result += character >= "A" && character <= "Z" ? character.toLowerCase() : character;
  }
  return result;
}

/** Whether the text is one or more of A–Z, a–z, 0–9, `_`, `-`. */
export function isBase64Url(text: string): boolean {
  return text !== "" && consistsOf(text, (code) => isAlphanumeric(code) || code === 45 || code === 95);
}

/** Whether the text is one or more hexadecimal digits. */
export function isHexadecimal(text: string): boolean {
  return (
    text !== "" &&
    consistsOf(text, (code) => isDigit(code) || (code >= 65 && code <= 70) || (code >= 97 && code <= 102))
  );
}

/** Whether the text is one or more decimal digits. */
export function isDigits(text: string): boolean {
  return text !== "" && consistsOf(text, isDigit);
}

/** Whether JSON can carry the text between quotes as it is: no control character, quote or backslash. */
export function isPlain(text: string): boolean {
  return consistsOf(text, (code) => code >= 32 && code !== 34 && code !== 92 && code !== 127);
}

/** The text with each character that `isPlain` refuses replaced by what the record has for it. */
export function replaceUnplain(text: string, replacements: Readonly<Record<string, string>>): string {
  return [...text].map((each) => (isPlain(each) ? each : replacements[each])).join("");
}

/** The text with each backslash and the character behind it replaced by what the record has for that; else left. */
export function replaceEscaped(text: string, replacements: Readonly<Record<string, string>>): string {
  const pieces: string[] = [];
  for (let i = 0; i < text.length; i++) {
    const replacement = text.charAt(i) === "\\" ? replacements[text.charAt(i + 1)] : undefined;
    pieces.push(replacement ?? text.charAt(i));
    if (text.charAt(i) !== "\\") continue;
    i += 1;
    if (replacement === undefined) pieces.push(text.charAt(i));
  }
  return pieces.join("");
}

/** How many bytes the text has in UTF-8. */
export function byteLength(text: string): number {
  let length = text.length;
  for (const each of text) {
    const codePoint = each.codePointAt(0)!;
    // Four bytes of what JavaScript counts as two, or three of one.
    if (codePoint >= 0x800) length += 2;
    else if (codePoint >= 0x80) length += 1;
  }
  return length;
}

/** The character with this Unicode code point. */
export function character(codePoint: number): string {
  return String.fromCodePoint(codePoint);
}

/**
 * The text without spaces, tabs and carriage returns at either end. From both ends inward and not by a pattern of Lua's,
 * which would try each space of a long run within the text anew.
 */
export function trim(text: string): string {
  let start = 0;
  let end = text.length;
  while (start < end && isSpace(text.charCodeAt(start))) start++;
  while (end > start && isSpace(text.charCodeAt(end - 1))) end--;
  return text.substring(start, end);
}

function isSpace(code: number): boolean {
  return code === 32 || code === 9 || code === 13;
}

function consistsOf(text: string, accepts: (code: number) => boolean): boolean {
  for (let i = 0; i < text.length; i++) {
    if (!accepts(text.charCodeAt(i))) return false;
  }
  return true;
}

function isDigit(code: number): boolean {
  return code >= 48 && code <= 57;
}

function isAlphanumeric(code: number): boolean {
  return isDigit(code) || (code >= 65 && code <= 90) || (code >= 97 && code <= 122);
}
