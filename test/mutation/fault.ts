/** One deliberate fault: a text that stands exactly once in a file, and what stands there instead. */
export interface Fault {
  readonly file: string;
  readonly text: string;
  readonly becomes: string;
  readonly breaks: string;
}

/** The faults of one file, each as what stands there, what becomes of it, and what that breaks. */
export function faultsIn(
  file: string,
  faults: readonly (readonly [text: string, becomes: string, breaks: string])[],
): readonly Fault[] {
  return faults.map(([text, becomes, breaks]) => ({ file, text, becomes, breaks }));
}
