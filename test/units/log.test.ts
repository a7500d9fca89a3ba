/** The log: what is acknowledged is there, what is torn is cut, what is damaged is refused. */
import assert from "node:assert/strict";
import { readFileSync, truncateSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { Log } from "../../units/scheduler/log.ts";
import { temporaryFolder } from "./world.ts";

const bodyOf = (i: number): Uint8Array => Buffer.from(`${i} `.repeat(i % 50));

async function bodiesIn(path: string): Promise<string[]> {
  const bodies: string[] = [];
  const log = await Log.open(path, (body) => void bodies.push(Buffer.from(body).toString()));
  await log.close();
  return bodies;
}

async function written(path: string, count: number): Promise<string[]> {
  const log = await Log.open(path);
  await Promise.all(Array.from({ length: count }, (_, i) => log.append(bodyOf(i))));
  await log.close();
  return Array.from({ length: count }, (_, i) => Buffer.from(bodyOf(i)).toString());
}

test("what was appended comes back in order, and can be read by its place", async (context) => {
  const path = join(temporaryFolder(context), "log");
  const bodies = await written(path, 500);
  assert.deepEqual(await bodiesIn(path), bodies);
  const log = await Log.open(path);
  const place = { position: log.next, length: 5 };
  const appended = log.append(Buffer.from("later"));
  assert.equal(Buffer.from(await log.read(place)).toString(), "later");
  await appended;
  await log.close();
  await assert.rejects(log.append(bodyOf(1)), /closed/);
  assert.deepEqual(await bodiesIn(path), [...bodies, "later"]);
});

test("cut at any byte, it has all records before, and goes on", async (context) => {
  const path = join(temporaryFolder(context), "log");
  const bodies = await written(path, 12);
  const whole = readFileSync(path);
  for (let length = 0; length < whole.length; length++) {
    writeFileSync(path, whole.subarray(0, length));
    const found = await bodiesIn(path);
    assert.deepEqual(found, bodies.slice(0, found.length));
    const log = await Log.open(path);
    await log.append(Buffer.from("next"));
    await log.close();
    assert.deepEqual(await bodiesIn(path), [...bodies.slice(0, found.length), "next"]);
  }
});

test("zeros at the end, as a power failure leaves them, are cut", async (context) => {
  const path = join(temporaryFolder(context), "log");
  const bodies = await written(path, 10);
  const { length } = readFileSync(path);
  truncateSync(path, length + 4_096);
  assert.deepEqual(await bodiesIn(path), bodies);
  assert.equal(readFileSync(path).length, length);
});

test("a flipped bit anywhere but in the last record is damage, and refused", async (context) => {
  const path = join(temporaryFolder(context), "log");
  await written(path, 10);
  const whole = readFileSync(path);
  const lastRecord = whole.length - 12 - bodyOf(9).length;
  for (let place = 0; place < lastRecord; place += 7) {
    const damaged = Buffer.from(whole);
    damaged[place]! ^= 16;
    writeFileSync(path, damaged);
    await assert.rejects(bodiesIn(path), /is damaged: .* at byte \d+ of \d+/, `byte ${place}`);
    assert.equal(readFileSync(path).length, whole.length);
  }
});
