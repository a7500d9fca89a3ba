/** Faults that no test can see, or that none needs to see: the file and the text, and why. */
export interface Explanation {
  readonly file: string;
  readonly text: string;
  readonly reason: string;
}

export const explained: readonly Explanation[] = [];
