/**
 * Visit pages in an old Chromium: node drive.mjs FOLDER BROWSER LIBRARIES VISITS.
 * FOLDER holds the driver's packages. VISITS is JSON: [{address, widths, print, script}]; `script` is the body of an asynchronous
 * function and runs in the page. What it returned at each width is printed as JSON, with the messages that the page gave.
 */
import { createRequire } from "node:module";

const PATIENCE = 120_000; // milliseconds that a slow machine may need to start Python
const [folder, executablePath, libraries, visits] = process.argv.slice(2);
const puppeteer = createRequire(`${folder}/package.json`)("puppeteer-core");
const browser = await puppeteer.launch({
  executablePath,
  timeout: PATIENCE,
  args: ["--no-sandbox", "--single-process", "--no-zygote", "--headless", "--use-gl=swiftshader", "--disable-dev-shm-usage"],
  env: { ...process.env, LD_LIBRARY_PATH: libraries },
});
const results = [];
try {
  for (const { address, widths, print, script } of JSON.parse(visits)) {
    const page = await browser.newPage();
    page.setDefaultTimeout(PATIENCE);
    const messages = [];
    page.on("console", (message) => messages.push(message.text()));
    page.on("pageerror", (error) => messages.push(error.message));
    await page.setViewport({ width: widths[0], height: 800 });
    await page.goto(address, { waitUntil: "networkidle0" });
    if (print) await page.emulateMediaType("print");
    const returned = [];
    for (const width of widths) {
      await page.setViewport({ width, height: 800 });
      returned.push(await page.evaluate(`(async () => {${script}})()`));
    }
    results.push({ returned, messages });
    await page.close();
  }
  console.log(JSON.stringify(results));
} finally {
  await browser.close();
}
