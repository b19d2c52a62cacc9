/**
 * Look at pages in Firefox: node firefox_layout.mjs BINARY < JSON of { addresses, widths, facts }, where a fact is a function that
 * returns what is wrong. What was found is printed as JSON, by address, width and fact.
 */
import { text } from "node:stream/consumers";

import puppeteer from "puppeteer-core";

const PATIENCE = 120_000; // milliseconds that a slow machine may need
const { addresses, widths, facts } = JSON.parse(await text(process.stdin));
const browser = await puppeteer.launch({ browser: "firefox", executablePath: process.argv[2], timeout: PATIENCE, protocolTimeout: PATIENCE });
try {
  const page = await browser.newPage();
  const found = {};
  for (const address of addresses) {
    for (const width of widths) {
      await page.setViewport({ width, height: 900 });
      // The assessment begins by sections on a phone, and as a sheet elsewhere; other pages follow the window.
      if (width === widths[0] || address.includes("assessment")) await page.goto(address, { timeout: PATIENCE });
      if ((await page.evaluate("innerWidth")) !== width) throw new Error(`the window is not ${width} pixels wide`);
      for (const [name, fact] of Object.entries(facts)) {
        const wrong = await page.evaluate(`(${fact})()`);
        if (wrong.length) found[`${address} ${width} ${name}`] = wrong;
      }
    }
  }
  console.log(JSON.stringify(found));
} finally {
  await browser.close();
}
