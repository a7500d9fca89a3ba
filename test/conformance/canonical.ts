/**
 * What a process keeps as one text, the same on every runtime: members in the order of their names, an array as the
 * record of its positions, since Lua's empty tables don't say which they are. dump.lua writes the same.
 */
export function canonical(value: unknown): string {
  if (typeof value === "string") return quoted(value);
  if (typeof value === "number" || typeof value === "boolean") return String(value);
  if (typeof value !== "object" || value === null) throw new TypeError(`not plain data: ${typeof value}`);
  const members = Object.entries(value)
    .filter(([, member]) => member !== undefined)
    .sort(([left], [right]) => (left < right ? -1 : 1))
    .map(([name, member]) => `${quoted(name)}:${canonical(member)}`);
  return `{${members.join(",")}}`;
}

function quoted(text: string): string {
  const escaped = text.replace(/[^ -~]|["\\]/gu, (character) =>
    [...new TextEncoder().encode(character)].map((byte) => `\\${byte}.`).join(""),
  );
  return `"${escaped}"`;
}
