/**
 * Reads the page aloud with the device's own voices, sentence by sentence. Voices that a server speaks are left out: the
 * page promises that nothing is sent anywhere.
 *
 * Where the page has a recording of its text, that is played instead.
 *
 * A pause stops the voice and remembers the sentence: the browsers' own pause() is unreliable, and forgets on phones.
 */

/** @typedef {import("./sentences.js").Sentence} Sentence */

import { sentencesOf } from "./sentences.js";

/** How long voices may take to load before there are none. */
const VOICES_TIMEOUT_MS = 2000;
const HIGHLIGHT = "reading";

const bar = /** @type {HTMLElement} */ (document.querySelector("[data-reader]"));
const play = /** @type {HTMLButtonElement} */ (bar.querySelector("[data-reader-play]"));
const pause = /** @type {HTMLButtonElement} */ (bar.querySelector("[data-reader-pause]"));
const stop = /** @type {HTMLButtonElement} */ (bar.querySelector("[data-reader-stop]"));
const rate = /** @type {HTMLSelectElement} */ (bar.querySelector("[data-reader-rate]"));
const told = /** @type {HTMLElement} */ (bar.querySelector("[data-reader-told]"));
const synthesis = /** @type {SpeechSynthesis | undefined} */ (window.speechSynthesis);
const recording = /** @type {HTMLAudioElement | null} */ (document.querySelector("[data-recording]"));

/** @type {Sentence[]} */
let sentences = [];
let current = 0;
/** @type {"idle" | "reading" | "paused"} */
let state = "idle";
/** Kept here, or some browsers forget it in mid-sentence. @type {SpeechSynthesisUtterance | undefined} */
let utterance;

/** @returns {Promise<SpeechSynthesisVoice[]>} the device's own voices; some browsers load them late */
async function ownVoices() {
  if (synthesis && synthesis.getVoices().length === 0) {
    tell("finding");
    await new Promise((resolve) => {
      synthesis.addEventListener("voiceschanged", resolve, { once: true });
      setTimeout(resolve, VOICES_TIMEOUT_MS);
    });
  }
  return (synthesis?.getVoices() ?? []).filter((voice) => voice.localService);
}

/**
 * @param {SpeechSynthesisVoice[]} voices
 * @param {string} language
 */
function voiceFor(voices, language) {
  const [wanted, base] = [language.toLowerCase(), language.toLowerCase().split("-")[0]];
  const known = voices.map((voice) => ({ voice, tag: voice.lang.toLowerCase().replace("_", "-") }));
  return (known.find(({ tag }) => tag === wanted) ?? known.find(({ tag }) => tag.split("-")[0] === base))?.voice;
}

async function begin() {
  enter("reading");
  if (recording) {
    await playRecording(recording);
    return;
  }
  const voices = await ownVoices();
  if (state !== "reading") {
    return; // stopped while waiting
  }
  const language = document.documentElement.lang;
  if (!voiceFor(voices, language)) {
    enter("idle");
    tell("none");
    return;
  }
  const all = sentencesOf(/** @type {Element} */ (document.querySelector("main")));
  sentences = all.filter((sentence) => voiceFor(voices, sentence.language || language));
  tell(sentences.length < all.length ? "skipped" : "");
  current = 0;
  speak(voices);
}

/** @param {HTMLAudioElement} audio */
async function playRecording(audio) {
  audio.playbackRate = Number(rate.value);
  tell("recorded");
  try {
    await audio.play();
  } catch {
    if (state === "reading" && audio.paused) {
      end("failed");
    }
  }
}

/** @param {SpeechSynthesisVoice[]} voices */
function speak(voices) {
  const sentence = sentences[current];
  if (!sentence) {
    end("done");
    return;
  }
  const language = sentence.language || document.documentElement.lang;
  const mine = new SpeechSynthesisUtterance(sentence.text);
  mine.lang = language;
  mine.voice = voiceFor(voices, language) ?? null;
  mine.rate = Number(rate.value);
  // What is cancelled also ends, in some browsers: only the sentence that is being read leads to the next.
  mine.onend = () => {
    if (utterance === mine) {
      current += 1;
      speak(voices);
    }
  };
  mine.onerror = () => {
    if (utterance === mine) {
      end("failed");
    }
  };
  utterance = mine;
  show(sentence);
  synthesis?.speak(mine);
}

function silence() {
  utterance = undefined;
  synthesis?.cancel();
  recording?.pause();
}

async function resume() {
  silence();
  enter("reading");
  if (recording) {
    await playRecording(recording);
  } else {
    speak(await ownVoices());
  }
}

/** @param {string} message */
function end(message) {
  silence();
  if (recording) {
    recording.currentTime = 0;
  }
  show(undefined);
  enter("idle");
  tell(message);
}

/** @param {typeof state} next */
function enter(next) {
  state = next;
  bar.toggleAttribute("data-reading", next !== "idle");
  play.setAttribute("aria-pressed", String(state !== "idle"));
  pause.setAttribute("aria-pressed", String(state === "paused"));
  pause.disabled = stop.disabled = state === "idle";
}

/** @param {string} message a name in the bar's data, or nothing */
function tell(message) {
  told.textContent = bar.dataset[message] ?? "";
}

/** Mark the sentence without touching the text; browsers that cannot mark its block. @param {Sentence | undefined} sentence */
function show(sentence) {
  for (const marked of document.querySelectorAll(".reading")) {
    marked.classList.remove("reading");
  }
  const highlights = typeof Highlight === "function" ? CSS.highlights : undefined;
  highlights?.delete(HIGHLIGHT);
  if (!sentence) {
    return;
  }
  const block = sentence.range.startContainer.parentElement;
  if (highlights) {
    highlights.set(HIGHLIGHT, new Highlight(sentence.range));
  } else {
    block?.classList.add("reading");
  }
  const { top, bottom } = sentence.range.getBoundingClientRect();
  if (top < bar.offsetHeight || bottom > window.innerHeight) {
    window.scrollBy({ top: top - window.innerHeight / 3, behavior: "instant" });
  }
}

play.addEventListener("click", () => {
  if (state === "idle") {
    void begin();
  } else {
    end("");
  }
});
pause.addEventListener("click", () => {
  if (state === "paused") {
    void resume();
  } else {
    silence();
    enter("paused");
  }
});
stop.addEventListener("click", () => end(""));
rate.addEventListener("change", () => {
  if (state === "reading") {
    void resume();
  }
});
document.addEventListener("keydown", (event) => {
  if (event.key === "Escape" && state !== "idle" && !document.querySelector("dialog[open]")) {
    end("");
  }
});
window.addEventListener("pagehide", silence);
// Its own controls are there, too: the bar follows what they do.
recording?.addEventListener("play", () => enter("reading"));
recording?.addEventListener("pause", () => {
  if (state === "reading" && recording.paused && !recording.ended) {
    enter("paused");
  }
});
recording?.addEventListener("ended", () => end("done"));

for (const button of document.querySelectorAll("[data-reader-open]")) {
  button.addEventListener("click", () => {
    bar.toggleAttribute("data-open", true);
    play.focus();
    if (state === "idle") {
      void begin();
    }
  });
}
bar.hidden = false;
