// Reads a notice out with the phone's own voices, a sentence at a time, and shows where it is. What is in a language for
// which the phone has no voice is left to whoever can read it.
const sentences = [...document.querySelectorAll("#spoken p")];
const button = document.querySelector("#voice button");
const label = button.textContent;
const speech = window.speechSynthesis;
let at = 0;
let reading = false;

const voice = (language) => speech.getVoices().find((each) => {
  const tag = each.lang.replace("_", "-").toLowerCase();
  return language ? `${tag}-`.startsWith(`${language.toLowerCase()}-`) : /^(zh|cmn)/.test(tag);
});

const mark = () => sentences.forEach((each, place) => each.toggleAttribute("data-now", reading && place === at));

const stop = (words) => {
  reading = false;
  speech.cancel();
  button.textContent = words;
  mark();
};

const next = () => {
  if (!reading) return;
  while (at < sentences.length && !voice(sentences[at].lang)) at += 1;
  if (at === sentences.length) {
    at = 0;
    stop(label);
    return;
  }
  mark();
  sentences[at].scrollIntoView({ block: "center", behavior: "smooth" });
  const words = new SpeechSynthesisUtterance(sentences[at].textContent);
  const language = sentences[at].lang;
  [words.voice, words.lang, words.rate] = [voice(language), language || "zh-CN", 0.9];
  words.onend = () => {
    if (!reading) return;
    at += 1;
    next();
  };
  words.onerror = () => stop(button.dataset.on);
  speech.speak(words);
};

const offer = () => {
  const able = Boolean(speech && voice());
  document.getElementById("voice").hidden = !able;
  document.getElementById("no-voice").hidden = able;
};

button.addEventListener("click", () => {
  if (reading) return stop(button.dataset.on);
  reading = true;
  button.textContent = button.dataset.pause;
  next();
});
addEventListener("pagehide", () => speech?.cancel());
if (speech) speech.addEventListener?.("voiceschanged", offer);
offer();
