/** A request that can't be carried out: the client sees `Error: [code] text`, nothing is sent, nothing changes. */
export interface Refusal {
  readonly refused: string;
  readonly text: string;
}

/** Refuses with a code (lower-case words joined by hyphens, for programs) and a sentence (for people). */
export function refuse(code: string, text: string): Refusal {
  return { refused: code, text };
}

/** Whether a rule or a reader gave a refusal instead of its value. */
export function isRefusal(value: unknown): value is Refusal {
  return typeof value === "object" && value !== null && (value as Partial<Refusal>).refused !== undefined;
}
