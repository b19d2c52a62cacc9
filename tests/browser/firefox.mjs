/**
 * Open the self-assessment in Firefox, tick items and wait for Python: node firefox.mjs BINARY ADDRESS SCORED ITEM…
 * SCORED selects the total once it is by Python. What was seen is printed as JSON. Firefox is driven by WebDriver BiDi, which needs no driver beside it.
 */
import puppeteer from "puppeteer-core";

const PATIENCE = 120_000; // milliseconds that a slow machine may need to start Python
const [executablePath, address, scored, ...items] = process.argv.slice(2);
const browser = await puppeteer.launch({ browser: "firefox", executablePath, timeout: PATIENCE, protocolTimeout: PATIENCE });
try {
  const page = await browser.newPage();
  const messages = [];
  const requests = [];
  page.on("console", (message) => messages.push(`${message.type()}: ${message.text()}`));
  page.on("pageerror", (error) => messages.push(`error: ${error.message}`));
  page.on("request", (request) => requests.push(request.url()));
  await page.goto(address, { timeout: PATIENCE });
  await page.waitForSelector(".score", { visible: true, timeout: PATIENCE });
  for (const item of items) {
    await page.locator(`[data-item="${item}"]`).click();
  }
  const shown = await page.waitForSelector(scored, { timeout: PATIENCE });
  const total = await shown.evaluate((element) => element.textContent);
  console.log(JSON.stringify({ total, messages, requests }));
} finally {
  await browser.close();
}
