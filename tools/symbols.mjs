// Draws the APP-6 symbols of the catalogue once, as SVG files kept in the package.
//
//   npm install milsymbol   (anywhere)
//   node tools/symbols.mjs PATH/node_modules/milsymbol
//
// Unknown frame throughout: the viewpoint is the reader's. Letter codes are 2525C, figures 2525D.
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";

const CODES = {
  "SUGPEWMAL--": "surface-to-air missile, long range",
  "SUGPEWMAI--": "surface-to-air missile, intermediate range",
  "SUGPEWMAS--": "surface-to-air missile, short range",
  "SUGPEWMA---": "surface-to-air missile",
  "SUGPEWMAT--": "surface-to-air missile, theatre",
  "SUGPEWA----": "air-defence gun",
  "SUGPEWAL---": "air-defence gun, light",
  "SUGPEWAM---": "air-defence gun, medium",
  "SUGPEWAH---": "air-defence gun, heavy",
  "SUGPESR----": "radar",
  "SUGPUCD----": "air-defence unit",
  "SUGPUCDM---": "air-defence missile unit",
  "SUGPUCDML--": "air-defence missile unit, light",
  "SUGPUCDMLA-": "air-defence missile unit, light, armoured",
  "SUGPUCDMM--": "air-defence missile unit, medium",
  "SUGPUCDMH--": "air-defence missile unit, heavy",
  "SUGPUCDG---": "air-defence gun unit",
  "SUGPUCDC---": "air-defence composite unit",
  "10011500001111000000": "air-defence missile launcher",
  "10011500001111010000": "air-defence missile launcher, short range",
  "10011500001111020000": "air-defence missile launcher, medium range",
  "10011500001111030000": "air-defence missile launcher, long range",
  "10011500001105000000": "air-defence gun",
  "10011500001105010000": "air-defence gun, light",
  "10011500001105020000": "air-defence gun, medium",
  "10011500001105030000": "air-defence gun, heavy",
  "10011500002203000000": "radar",
  "10011000001301000000": "air-defence unit",
  "10011000001301020000": "air-defence missile unit",
};

const folder = process.argv[2];
if (folder === undefined) {
  console.error("usage: node tools/symbols.mjs PATH/node_modules/milsymbol");
  process.exit(2);
}
const { version } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
const { default: ms } = await import(pathToFileURL(resolve(folder, "dist/milsymbol.js")).href);

const out = join(
  dirname(fileURLToPath(import.meta.url)), "..", "src", "shieldwall", "report", "symbols",
);
mkdirSync(out, { recursive: true });
for (const [code, name] of Object.entries(CODES)) {
  const symbol = new ms.Symbol(code, { size: 60 });
  if (!symbol.isValid()) throw new Error(`milsymbol does not know ${code}`);
  // The anchor of every unframed-modifier symbol is (100, 100): one box centres them all.
  const inner = symbol.asSVG().replace(/^<svg[^>]*>/, "").replace(/ >/g, ">");
  const file = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="26 26 148 148">` +
    `<title>${name}</title><!-- milsymbol ${version}, MIT -->${inner}\n`;
  writeFileSync(join(out, `${code.replace(/-+$/, "")}.svg`), file);
}
console.log(`${Object.keys(CODES).length} symbols`);
