/** Play a page's video to its end in Firefox: node firefox_video.mjs BINARY ADDRESS. What was seen is printed as JSON. */
import puppeteer from "puppeteer-core";

const PATIENCE = 120_000; // milliseconds that a slow machine may need
const [executablePath, address] = process.argv.slice(2);
const browser = await puppeteer.launch({ browser: "firefox", executablePath, timeout: PATIENCE, protocolTimeout: PATIENCE });
try {
  const page = await browser.newPage();
  await page.goto(address, { timeout: PATIENCE });
  const film = await page.waitForSelector("video[controls]", { timeout: PATIENCE });
  const seen = await film.evaluate(
    (video) =>
      new Promise((resolve, reject) => {
        const track = video.textTracks[0];
        track.mode = "showing";
        video.muted = true;
        video.addEventListener("error", () => reject(video.error));
        video.addEventListener("ended", () =>
          resolve({ ended: video.ended, size: [video.videoWidth, video.videoHeight], cue: track.cues[0].text }),
        );
        video.playbackRate = 8;
        video.play().catch(reject);
      }),
  );
  console.log(JSON.stringify(seen));
} finally {
  await browser.close();
}
