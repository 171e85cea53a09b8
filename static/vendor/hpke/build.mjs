// Bundles what sealing needs of @hpke/core, and nothing that opens, derives from seeds or serves other curves:
//   npm install @hpke/core@1.9.0 @hpke/common@1.10.1 esbuild@0.28.2 acorn@8.19.0 && node build.mjs
// What remains is theirs, unchanged but for the field declarations that their compiler had unrolled.
import { readFile } from "node:fs/promises";
import { parse } from "acorn";
import { build } from "esbuild";

const UNUSED = new Set([
  "createRecipientContext", "open", "_keyScheduleR", "decap", "deriveKeyPair", "derivePublicKey",
  "_derivePublicKeyWithoutJwkExport", "_deserializePkcs8Key", "_importJWK", "importKey",
  "serializePrivateKey", "deserializePrivateKey",
]);
const EMPTY = { "_dnt.shims.js": "export const dntGlobalThis = globalThis;", "recipientContext.js": "export class RecipientContextImpl {}" };
const FIELD = /Object\.defineProperty\(this, "(\w+)", \{\s*enumerable: true,\s*configurable: true,\s*writable: true,\s*value: ([\s\S]*?)\n\s*\}\);/g;

function withoutUnused(source, path) {
  const cuts = [];
  const look = (node) => {
    if (!node || typeof node !== "object") return;
    if (Array.isArray(node)) return node.forEach(look);
    if (node.type === "MethodDefinition" && UNUSED.has(node.key.name)) cuts.push([node.start, node.end]);
    else if (node.type === "SwitchStatement" && path.endsWith("ec.js")) cuts.push(...node.cases.slice(1).map(({ start, end }) => [start, end]));
    else Object.values(node).forEach(look);
  };
  look(parse(source, { ecmaVersion: "latest", sourceType: "module" }));
  return cuts.reduceRight((text, [start, end]) => text.slice(0, start) + text.slice(end), source);
}

const sealing = {
  name: "sealing",
  setup({ onLoad }) {
    onLoad({ filter: /@hpke\/.*\.js$/ }, async ({ path }) => {
      const emptied = Object.keys(EMPTY).find((name) => path.endsWith(name));
      const source = emptied ? EMPTY[emptied] : await readFile(path, "utf8");
      return { contents: withoutUnused(source.replace(FIELD, "this.$1 = $2;"), path) };
    });
  },
};

await build({
  stdin: { contents: 'export { Aes256Gcm, CipherSuite, DhkemP256HkdfSha256, HkdfSha256 } from "@hpke/core";', resolveDir: "." },
  bundle: true, minify: true, format: "esm", target: "es2022", mangleProps: /^_/, legalComments: "none",
  outfile: "hpke.js", plugins: [sealing],
});
