/**
 * A file that only grows, of frames that are whole or not there. A frame is a head of 12 bytes (length of the body,
 * CRC-32 of the body, CRC-32 of these eight bytes, each little-endian) and the body.
 *
 * What `append` has acknowledged is on the disk: all that waits is written at once and made durable with one
 * `fdatasync`. A crash can leave the last frames incomplete; opening the file cuts them off. Anything else that is
 * wrong with it is damage, and the file is refused.
 */
import { constants } from "node:fs";
import { open, type FileHandle } from "node:fs/promises";
import { crc32 } from "node:zlib";

const headSize = 12;
/** Longer bodies are refused, so that a length is never read as more than it can be. */
const longestBody = 256 << 20;

export interface LogOptions {
  /** Whether `append` waits for the disk. Without, a crash of the machine (not of this process) can lose frames. */
  readonly durable?: boolean;
}

/** Where a frame's body stands. */
export interface Place {
  readonly position: number;
  readonly length: number;
}

interface Waiting {
  readonly frame: Uint8Array;
  readonly done: () => void;
  readonly fail: (error: Error) => void;
}

function frameOf(body: Uint8Array): Uint8Array {
  const head = Buffer.alloc(headSize);
  head.writeUInt32LE(body.length, 0);
  head.writeUInt32LE(crc32(body), 4);
  head.writeUInt32LE(crc32(head.subarray(0, 8)), 8);
  return Buffer.concat([head, body]);
}

export class Log {
  readonly #file: FileHandle;
  readonly #durable: boolean;
  #end: number;
  /** Up to here it is in the file. */
  #written: number;
  #waiting: Waiting[] = [];
  #writing: Promise<void> | undefined;
  #failure: Error | undefined;

  private constructor(file: FileHandle, end: number, options: LogOptions) {
    this.#file = file;
    this.#end = this.#written = end;
    this.#durable = options.durable ?? true;
  }

  /**
   * Opens a log, or makes it, and hands each body in it to `read`, in order.
   * @throws Error when the file is damaged anywhere but at a torn end.
   */
  static async open(
    path: string,
    read: (body: Uint8Array, place: Place) => void = () => undefined,
    options: LogOptions = {},
  ): Promise<Log> {
    const file = await open(path, constants.O_RDWR | constants.O_CREAT, 0o600);
    try {
      const end = await readFrames(file, path, read);
      await file.truncate(end);
      return new Log(file, end, options);
    } catch (error) {
      await file.close();
      throw error;
    }
  }

  /** Where the next body will stand, if `append` is called now. */
  get next(): number {
    return this.#end + headSize;
  }

  /** Bytes, of what waits to be written too. */
  get size(): number {
    return this.#end;
  }

  /** Adds a body. Its place is known at once; the promise resolves when it can't be lost any more. */
  append(body: Uint8Array): Promise<void> {
    if (this.#failure !== undefined) return Promise.reject(this.#failure);
    if (body.length > longestBody) return Promise.reject(new RangeError(`a record of ${body.length} bytes`));
    const frame = frameOf(body);
    this.#end += frame.length;
    const appended = new Promise<void>((done, fail) => this.#waiting.push({ frame, done, fail }));
    this.#writing ??= this.#write();
    return appended;
  }

  /** A body that was appended before, once it is in the file. */
  async read({ position, length }: Place): Promise<Uint8Array> {
    if (position + length > this.#written) await this.#writing;
    const body = Buffer.alloc(length);
    const { bytesRead } = await this.#file.read(body, 0, length, position);
    if (bytesRead !== length) throw new Error(`the log ends within the record at ${position}`);
    return body;
  }

  async close(): Promise<void> {
    while (this.#writing !== undefined) await this.#writing;
    this.#failure ??= new Error("the log is closed");
    await this.#file.close();
  }

  async #write(): Promise<void> {
    // One turn later, so that what is appended in the same turn goes out together.
    await Promise.resolve();
    while (this.#waiting.length > 0) {
      const batch = this.#waiting;
      this.#waiting = [];
      const bytes = Buffer.concat(batch.map(({ frame }) => frame));
      try {
        await this.#file.write(bytes, 0, bytes.length, this.#written);
        if (this.#durable) await this.#file.datasync();
        this.#written += bytes.length;
        for (const { done } of batch) done();
      } catch (error) {
        // What is in the file now is unknown. Nothing may follow it.
        this.#failure = new Error("the log can't be written", { cause: error });
        for (const { fail } of [...batch, ...this.#waiting]) fail(this.#failure);
        this.#waiting = [];
      }
    }
    this.#writing = undefined;
  }
}

/** Hands over all whole frames and gives the position of their end. */
async function readFrames(
  file: FileHandle,
  path: string,
  read: (body: Uint8Array, place: Place) => void,
): Promise<number> {
  const { size } = await file.stat();
  const at = async (position: number, length: number): Promise<Buffer> => {
    const bytes = Buffer.alloc(length);
    const { bytesRead } = await file.read(bytes, 0, length, position);
    return bytes.subarray(0, bytesRead);
  };
  const damaged = (position: number, what: string): Error =>
    new Error(`${path} is damaged: ${what} at byte ${position} of ${size}`);
  // Frames are read through a window: a system call for each would take most of the time.
  let window: Buffer = Buffer.alloc(0);
  let windowStart = 0;
  const take = async (position: number, length: number): Promise<Buffer> => {
    if (position < windowStart || position + length > windowStart + window.length) {
      windowStart = position;
      window = await at(position, Math.max(length, 1 << 20));
    }
    return window.subarray(position - windowStart, position - windowStart + length);
  };

  let position = 0;
  while (position + headSize <= size) {
    const head = await take(position, headSize);
    if (crc32(head.subarray(0, 8)) !== head.readUInt32LE(8)) {
      // A machine that loses power can leave zeros where a frame was not yet written.
      if ((await at(position, size - position)).every((byte) => byte === 0)) return position;
      throw damaged(position, "no record begins");
    }
    const length = head.readUInt32LE(0);
    const end = position + headSize + length;
    if (end > size) return position;
    const body = await take(position + headSize, length);
    if (crc32(body) !== head.readUInt32LE(4)) {
      if (end === size) return position;
      throw damaged(position, "a record with a wrong checksum stands");
    }
    read(body, { position: position + headSize, length });
    position = end;
  }
  return position;
}
