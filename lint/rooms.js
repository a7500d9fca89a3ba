/**
 * Who may import whom. The two tables are the plan of the house (its idea is that imports run one way:
 * main → actions → rules → math); the code below only looks things up in them.
 */
import path from "node:path";

/** Which room a file is in: the first line that fits. `*` is one part of a path, `**` is the rest of it. */
const ROOMS = [
  ["process/math/**", "math"],
  ["process/collections/**", "collections"],
  ["process/protocol/refusal.ts", "protocol words"],
  ["process/protocol/limits.ts", "protocol words"],
  ["process/protocol/address.ts", "protocol words"],
  ["process/protocol/text.ts", "protocol words"],
  ["process/protocol/csv.ts", "protocol words"],
  ["process/protocol/**", "protocol"],
  ["process/payouts/**", "payouts"],
  ["process/terms/**", "terms"],
  ["process/contributions/**", "contributions"],
  ["process/balances/**", "balances"],
  ["process/market/**", "market"],
  ["process/host/process.ts", "process type"],
  ["process/host/node.ts", "node host"],
  ["process/host/**", "host"],
  ["process/*/main.ts", "main"],
  ["process/*/actions.ts", "actions"],
  ["process/*/actions/**", "actions"],
  ["process/*/parameters.ts", "actions"],
  ["process/*/state.ts", "state"],
  ["process/*/**", "rules"],
  ["ao.config.ts", "config"],
  ["module/**", "module"],
  ["deployment/**", "deployment"],
  ["client/**", "client"],
  ["units/**", "units"],
  ["scripts/**", "scripts"],
  ["bench/**", "bench"],
  ["test/**", "test"],
  ["eslint.config.js", "lint"],
  ["lint/**", "lint"],
];

/**
 * What each room may import. `type x` is the types of x only, `packages` is npm and Node, `*` is everything. A process
 * (main, actions, rules, state) sees those four in its own folder only.
 */
const MAY_IMPORT = {
  math: ["math"],
  collections: ["collections", "math"],
  "protocol words": ["protocol words", "protocol", "math"],
  protocol: ["protocol words", "protocol", "math"],
  payouts: ["payouts", "protocol words", "protocol", "collections", "math"],
  terms: ["terms", "protocol words", "protocol", "math"],
  contributions: ["contributions", "payouts", "protocol words", "protocol", "collections", "math"],

  balances: ["balances", "protocol words", "protocol", "collections", "math"],
  market: ["market", "protocol words", "collections", "math"],

  state: [
    "math",
    "collections",
    "payouts",
    "terms",
    "contributions",
    "balances",
    "market",
    "type state",
    "type rules",
    "type protocol words",
  ],
  rules: [
    ...["rules", "state", "payouts", "terms", "contributions", "balances", "market"],
    ...["protocol words", "collections", "math"],
  ],
  actions: [
    ...["actions", "rules", "state", "process type"],
    ...["payouts", "terms", "contributions", "balances", "market"],
    ...["protocol words", "protocol", "collections", "math"],
  ],
  main: ["actions", "rules", "state", "host", "process type"],

  "process type": ["protocol words", "protocol"],
  host: ["host", "process type", "protocol words", "protocol", "collections", "math"],
  "node host": ["host", "process type", "protocol words", "protocol", "collections", "math", "packages"],

  client: ["client", "protocol words", "protocol", "math", "packages"],
  module: ["module", "packages"],
  units: ["units", "module", "node host", "process type", "protocol words", "protocol", "math", "packages"],
  deployment: ["deployment", "units", "module", "protocol words", "protocol", "math", "packages"],
  config: ["deployment", "client", "units", "module", "protocol words", "protocol", "math", "packages"],
  scripts: [
    ...["scripts", "config", "deployment", "client", "units", "module", "bench", "packages"],
    ...["main", "actions", "rules", "state", "payouts", "protocol words", "protocol", "collections", "math"],
    ...["process type", "node host", "host"],
  ],
  bench: ["bench", "units", "module", "protocol words", "protocol", "math", "packages"],
  lint: ["lint", "packages"],
  test: ["*"],
};

const OWN_FOLDER = ["main", "actions", "rules", "state"];
const ROOT = path.resolve(import.meta.dirname, "..");

/** The room of a path that is relative to the repository, or undefined. */
function roomOf(file) {
  const parts = file.split("/");
  return ROOMS.find(([pattern]) => fits(pattern.split("/"), parts))?.[1];
}

function fits([head, ...pattern], [part, ...parts]) {
  if (head === undefined || part === undefined) return head === part;
  if (head === "**") return true;
  return (head === "*" || head === part) && fits(pattern, parts);
}

/** Whether an import is erased: `import type`, or each of its names marked with `type`. */
function isTypeOnly(node) {
  if (node.type === "TSImportType") return true;
  if (node.importKind === "type" || node.exportKind === "type") return true;
  const names = node.specifiers ?? [];
  return names.length > 0 && names.every((name) => name.importKind === "type" || name.exportKind === "type");
}

export default {
  meta: {
    type: "problem",
    schema: [],
    messages: {
      nowhere: "{{file}} is in no room of the house. Move it, or give it a room at the top of lint/rooms.js.",
      room: "A file of {{from}} doesn't import {{to}} ({{target}}). It may import: {{allowed}}.",
      typesOnly: "A file of {{from}} imports only types from {{to}}: write `import type`.",
      otherProcess:
        "A process doesn't import another process's folder ({{target}}). Share it through math/, collections/, payouts/, contributions/, balances/, market/ or protocol/, or send a message.",
      outside: "{{target}} is outside of the repository.",
    },
  },
  create(context) {
    const file = path.relative(ROOT, context.filename).split(path.sep).join("/");
    const from = roomOf(file);
    if (from === undefined) {
      return { Program: (node) => context.report({ node, messageId: "nowhere", data: { file } }) };
    }
    const allowed = MAY_IMPORT[from];

    function refuse(node, messageId, to, target) {
      context.report({ node, messageId, data: { from, to, target, allowed: allowed.join(", ") } });
    }

    function check(node, source) {
      if (typeof source?.value !== "string" || allowed.includes("*")) return;
      if (!source.value.startsWith(".")) {
        if (!allowed.includes("packages")) refuse(source, "room", "packages", source.value);
        return;
      }
      const target = path.posix.join(path.posix.dirname(file), source.value);
      if (target.startsWith("..")) return refuse(source, "outside", "", target);
      const to = roomOf(target);
      if (to === undefined) return refuse(source, "room", "a file in no room", target);
      if (OWN_FOLDER.includes(from) && OWN_FOLDER.includes(to)) {
        const folders = [file, target].map((each) => each.split("/")[1]);
        if (folders[0] !== folders[1]) return refuse(source, "otherProcess", to, target);
      }
      if (allowed.includes(to)) return;
      if (!allowed.includes(`type ${to}`)) return refuse(source, "room", to, target);
      if (!isTypeOnly(node)) refuse(source, "typesOnly", to, target);
    }

    return {
      ImportDeclaration: (node) => check(node, node.source),
      ImportExpression: (node) => check(node, node.source),
      ExportNamedDeclaration: (node) => check(node, node.source),
      ExportAllDeclaration: (node) => check(node, node.source),
      TSImportType: (node) => check(node, node.source ?? node.argument?.literal),
    };
  },
};
