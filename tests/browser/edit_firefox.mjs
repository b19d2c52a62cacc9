/**
 * Edit an entry in Firefox: node edit_firefox.mjs BINARY ADDRESS. A word is put before its text and its title taken away.
 * What was seen is printed as JSON.
 */
import puppeteer from "puppeteer-core";

const PATIENCE = 120_000; // milliseconds that a slow machine may need
const [executablePath, address] = process.argv.slice(2);
const browser = await puppeteer.launch({ browser: "firefox", executablePath, timeout: PATIENCE, protocolTimeout: PATIENCE });
try {
  const page = await browser.newPage();
  const messages = [];
  const elsewhere = [];
  page.on("console", (message) => ["error", "warn"].includes(message.type()) && messages.push(message.text()));
  page.on("pageerror", (error) => messages.push(`error: ${error.message}`));
  page.on("request", (request) => [new URL(address).origin, "data:"].some((own) => request.url().startsWith(own)) || elsewhere.push(request.url()));
  await page.goto(address, { timeout: PATIENCE });
  await page.waitForSelector("form[data-checked]", { timeout: PATIENCE });
  await page.evaluate(() => {
    const body = document.querySelector("[data-body]");
    body.focus();
    body.setSelectionRange(0, 0);
  });
  await page.keyboard.type("甲");
  const body = await page.$eval("[data-body]", (area) => area.value.slice(0, 1));
  await page.$eval('[data-field="title"]', (input) => {
    input.value = "";
    input.dispatchEvent(new Event("input", { bubbles: true }));
  });
  const shown = await page.waitForSelector('[data-problems="title"] [data-problem]', { timeout: PATIENCE });
  const problem = await shown.evaluate((item) => item.dataset.problem);
  const kept = await page.$eval("[data-status]", (status) => status.textContent);
  console.log(JSON.stringify({ problem, kept, body, messages, elsewhere }));
} finally {
  await browser.close();
}
