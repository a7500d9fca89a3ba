/** The scripts' manners: exit codes, one clear line, nothing of a key. */
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { temporaryFolder } from "../units/world.ts";

const register = import.meta.resolve("ts-blank-space/register");

test("a person's mistake is one line and exit code 2; no error tells anything of a key", (context) => {
  const folder = temporaryFolder(context);
  const key = join(folder, "key.json");
  writeFileSync(key, '{"kty":"RSA","d":"confidential"');
  const run = (script: string, ...args: string[]) => {
    const path = fileURLToPath(new URL(`../../scripts/${script}.ts`, import.meta.url));
    const { TRIBUTARY_KEY: _, ...env } = process.env;
    const { status, stdout, stderr } = spawnSync(process.execPath, ["--import", register, path, ...args], {
      cwd: folder,
      env,
      encoding: "utf8",
    });
    assert.ok(!(stdout + stderr).includes("confidential"));
    return { status, stdout, stderr };
  };
  const local = ["--network", "local"];
  const mistakes: readonly (readonly [ReturnType<typeof run>, RegExp])[] = [
    [run("deploy", ...local), /^deploy: name the file of the key that signs: .*\n$/],
    [run("deploy", ...local, "--key", key), /^deploy: .* is no Arweave key file\n$/],
    [run("upgrade", ...local, "--key", `${key}x`), /^upgrade: there is no key file .*\n$/],
    [run("upgrade", ...local, "--dry-run"), /^upgrade: token is not deployed to local\n$/],
    [
      run("verify", ...local, "--launches", "many"),
      /^verify: --launches must be a whole number of at most 6 digits\n$/,
    ],
    [run("deploy", ...local, "--launches", "1"), /^deploy: --launches is for verify only\n$/],
    [
      run("verify", "--network", "mars"),
      /^verify: ao.config.ts has no network "mars", but: local, mainnet\n$/,
    ],
  ];
  for (const [{ status, stderr }, expected] of mistakes) {
    assert.match(stderr, expected);
    assert.equal(status, 2);
  }
  const { status, stdout } = run("deploy", ...local, "--dry-run");
  assert.equal(status, 0);
  assert.match(stdout, /^upload the token's module\nspawn token\n/);
});
