/**
 * What the linter holds. Everything: the rooms of the house and the usual faults. process/ only: the part of
 * TypeScript that means the same in Lua (docs/decisions/0002-language-subset.md).
 */
import { defineConfig } from "eslint/config";
import tseslint from "typescript-eslint";
import arrays from "./lint/arrays.js";
import globals from "./lint/globals.js";
import literals from "./lint/literals.js";
import methods from "./lint/methods.js";
import names from "./lint/names.js";
import operators from "./lint/operators.js";
import plainState from "./lint/plain-state.js";
import rooms from "./lint/rooms.js";
import syntax from "./lint/syntax.js";

const rules = {
  arrays,
  globals,
  literals,
  methods,
  names,
  operators,
  "plain-state": plainState,
  rooms,
  syntax,
};

/** lib.dom is there for WebAssembly and fetch; these of its globals are more likely a variable that was forgotten. */
const BROWSER = [
  "closed",
  "event",
  "length",
  "location",
  "name",
  "origin",
  "parent",
  "self",
  "status",
  "top",
];

const typesFrom = (project) => ({ parserOptions: { project, tsconfigRootDir: import.meta.dirname } });
const UNUSED = { argsIgnorePattern: "^_", caughtErrors: "all", ignoreRestSiblings: true };

export default defineConfig(
  { ignores: ["build/", "node_modules/"] },

  {
    plugins: { house: { rules } },
    linterOptions: { reportUnusedDisableDirectives: "error" },
    rules: {
      "house/rooms": "error",
      "house/names": "error",
      "max-lines": ["error", 300],
      eqeqeq: "error",
      "no-cond-assign": "error",
      "no-dupe-keys": "error",
      "no-empty": "error",
      "no-fallthrough": "error",
      "no-self-compare": "error",
      "no-unreachable": "error",
      "no-var": "error",
      "object-shorthand": "error",
      "prefer-const": "error",
    },
  },

  {
    files: ["**/*.{js,mjs}"],
    extends: [tseslint.configs.recommended],
    rules: { "@typescript-eslint/no-unused-vars": ["error", UNUSED] },
  },

  {
    files: ["**/*.ts"],
    extends: [tseslint.configs.recommendedTypeChecked],
    languageOptions: typesFrom("./tsconfig.json"),
    rules: {
      "@typescript-eslint/consistent-type-imports": "error",
      "@typescript-eslint/no-floating-promises": [
        "error",
        {
          allowForKnownSafeCalls: [
            { from: "package", package: "node:test", name: ["test", "it", "describe", "suite"] },
          ],
        },
      ],
      // `!` marks an index that the lines before have made sure of; each one costs a check otherwise.
      "@typescript-eslint/no-non-null-assertion": "off",
      "@typescript-eslint/no-unused-vars": ["error", UNUSED],
      // A function may answer with a promise because its interface does, without anything to wait for.
      "@typescript-eslint/require-await": "off",
      "@typescript-eslint/restrict-template-expressions": ["error", { allowNumber: true }],
      "@typescript-eslint/switch-exhaustiveness-check": [
        "error",
        { considerDefaultExhaustiveForUnions: true },
      ],
    },
  },

  { files: ["**/*.ts"], rules: { "no-restricted-globals": ["error", ...BROWSER] } },
  { files: ["test/**"], rules: { "max-lines": ["error", 400] } },

  {
    files: ["process/**/*.ts"],
    ignores: ["process/host/node.ts"],
    languageOptions: typesFrom("./process/tsconfig.json"),
    rules: {
      "house/arrays": "error",
      "house/globals": "error",
      "house/literals": "error",
      "house/methods": "error",
      "house/operators": "error",
      "house/syntax": "error",
      "@typescript-eslint/strict-boolean-expressions": [
        "error",
        { allowString: false, allowNumber: false, allowNullableObject: false },
      ],
      // house/operators and house/arrays say why.
      eqeqeq: "off",
      "@typescript-eslint/no-array-delete": "off",
    },
  },

  // These bodies run under Node only: module/intrinsics.mjs puts Lua's own operations in their place.
  { files: ["process/math/integer.ts", "process/math/words.ts"], rules: { "house/operators": "off" } },
  { files: ["process/collections/record.ts"], rules: { "house/globals": "off" } },
  { files: ["process/protocol/text.ts"], rules: { "house/methods": "off" } },

  {
    files: ["process/host/{lua,aos,compact}.ts"],
    rules: { "house/globals": ["error", { lua: true }] },
  },
  { files: ["process/*/state.ts"], rules: { "house/plain-state": "error" } },
);
