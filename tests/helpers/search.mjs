// Answers queries, one a line of standard input, by a site's own scripts and index: node search.mjs SITE LANGUAGE
import { readFileSync } from "node:fs";
import { readdir } from "node:fs/promises";
import { fileURLToPath, pathToFileURL } from "node:url";

const [site, language] = process.argv.slice(2);
globalThis.fetch = async (url) => {
  const text = readFileSync(fileURLToPath(url), "utf8");
  return { ok: true, status: 200, url: String(url), json: async () => JSON.parse(text) };
};
const [assets] = (await readdir(`${site}/assets`)).filter((name) => /^[0-9a-f]{16}$/.test(name));
const scripts = `${pathToFileURL(site)}/assets/${assets}/js`;
const [{ answer }, { SearchIndex }] = await Promise.all([import(`${scripts}/search-answer.js`), import(`${scripts}/search-index.js`)]);
const index = await SearchIndex.open(new URL(`${pathToFileURL(site)}/${language === "en" ? "en/" : ""}search/`));
for (const query of readFileSync(0, "utf8").split("\n").filter(Boolean)) {
  const { hits, near } = await answer(index, query);
  const pages = await Promise.all(hits.slice(0, 10).map(({ page }) => index.read(page)));
  const paths = pages.map(({ url }) => url.replace(/^(\.\.\/)+/, "").replace(/\/$/, ""));
  console.log(JSON.stringify({ query, near, paths }));
}
