/** What a unit refuses: the sender's fault, told in one sentence. */
export class Refusal extends Error {
  /** The HTTP status that says the same. */
  readonly status: number;

  constructor(message: string, status = 400) {
    super(message);
    this.status = status;
  }
}
