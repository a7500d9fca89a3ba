/** The thread of a process, as the rest of the compute unit sees it: asked, answering, or stopped. */
import { Worker } from "node:worker_threads";
import type { ThreadAnswer, ThreadRequest } from "./thread.ts";

/** A thread took too long, or died. It is gone. */
export class ThreadStopped extends Error {}

interface Pending {
  readonly resolve: (value: ThreadAnswer) => void;
  readonly reject: (error: Error) => void;
}

export class ProcessThread {
  readonly #worker: Worker;
  #pending: Pending[] = [];
  #gone: ThreadStopped | undefined;

  /** Starts a thread that runs `threadProgram`. */
  constructor(program: string) {
    // A process's output goes nowhere: what it prints is in its results.
    this.#worker = new Worker(program, { execArgv: [], stdout: true, stderr: true });
    this.#worker.stdout.resume();
    this.#worker.stderr.resume();
    this.#worker.unref();
    this.#worker.on("message", (reply: { value?: ThreadAnswer; failure?: string }) => {
      const pending = this.#pending.shift();
      if (reply.failure === undefined) pending?.resolve(reply.value);
      else pending?.reject(new Error(reply.failure));
    });
    this.#worker.on("error", (error) => this.#end(`the process's thread died: ${error.message}`));
    this.#worker.on("exit", () => this.#end("the process's thread has ended"));
  }

  /**
   * Asks for something.
   * @param limit Milliseconds after which the thread is stopped for good.
   * @throws ThreadStopped, or Error with what went wrong in the thread
   */
  async ask(request: ThreadRequest, limit: number): Promise<ThreadAnswer> {
    if (this.#gone !== undefined) throw this.#gone;
    const answered = new Promise<ThreadAnswer>((resolve, reject) => this.#pending.push({ resolve, reject }));
    this.#worker.postMessage(request);
    const stop = setTimeout(() => void this.stop(`took more than ${limit} ms`), limit);
    try {
      return await answered;
    } finally {
      clearTimeout(stop);
    }
  }

  async stop(reason = "the thread was stopped"): Promise<void> {
    this.#end(reason);
    await this.#worker.terminate();
  }

  #end(reason: string): void {
    this.#gone ??= new ThreadStopped(reason);
    for (const { reject } of this.#pending) reject(this.#gone);
    this.#pending = [];
  }
}
