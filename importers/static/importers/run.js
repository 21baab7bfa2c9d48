// The page of an import: follows the work while somebody is at it, and keeps the decision to what was checked.

const EVERY = 1000;
const AWAY_EVERY = 4000;

/** @typedef {{ code: string, word: string, percent: number, at_work: boolean, nobody_came: boolean }} Progress */

/** @param {HTMLElement} place @param {Progress} news */
function tell(place, news) {
  const find = (/** @type {string} */ selector) => /** @type {HTMLElement} */ (place.querySelector(selector));
  const title = find("[data-word]");
  const word = news.word.charAt(0).toLocaleUpperCase() + news.word.slice(1);
  if (title.textContent !== word) title.textContent = word;
  /** @type {HTMLProgressElement} */ (find("[data-bar]")).value = news.percent;
  find("[data-percent]").textContent = `${news.percent} %`;
  find("[data-nobody]").hidden = !news.nobody_came;
  const isRead = news.percent >= 100 && news.at_work;
  if (isRead && find("[data-hint]").textContent !== place.dataset.writing) find("[data-hint]").textContent = place.dataset.writing ?? "";
}

/** Ask every second; when the work is over, the page has something new to say. @param {HTMLElement} place */
async function follow(place) {
  /** @type {HTMLElement} */ (place.querySelector("[data-by-hand]")).hidden = true;
  let code = "";
  for (;;) {
    const wait = await look(place, (news) => {
      if (!news.at_work || (code && code !== news.code && news.code !== "stopping")) location.reload();
      code = news.code;
      tell(place, news);
    });
    await new Promise((resolve) => setTimeout(resolve, wait));
  }
}

/** @param {HTMLElement} place @param {(news: Progress) => void} hear @returns {Promise<number>} milliseconds to wait */
async function look(place, hear) {
  try {
    const answer = await fetch(place.dataset.atWork ?? "", { headers: { Accept: "application/json" } });
    if (!answer.ok) throw new TypeError(`answer ${answer.status}`);
    hear(await answer.json());
    return EVERY;
  } catch {
    const hint = /** @type {HTMLElement} */ (place.querySelector("[data-hint]"));
    hint.textContent = place.dataset.away ?? "";
    return AWAY_EVERY;
  }
}

/** What is imported is what was checked. @param {HTMLFormElement} choices @param {HTMLFormElement} decide */
function keepTogether(choices, decide) {
  const asChecked = written(choices);
  const compare = () => {
    const dirty = written(choices) !== asChecked;
    /** @type {HTMLElement} */ (decide.querySelector("[data-dirty]")).hidden = !dirty;
    /** @type {HTMLButtonElement} */ (decide.querySelector("[data-import]")).disabled = dirty;
    choices.querySelector("[type=submit]")?.classList.toggle("button--primary", dirty);
  };
  choices.addEventListener("input", compare);
  choices.addEventListener("change", compare);
}

/** @param {HTMLFormElement} form */
function written(form) {
  const data = new FormData(form);
  data.delete("csrfmiddlewaretoken");
  data.delete("save_as");
  return new URLSearchParams(/** @type {any} */ (data)).toString();
}

const atWork = /** @type {HTMLElement | null} */ (document.querySelector("[data-at-work]"));
const choices = /** @type {HTMLFormElement | null} */ (document.querySelector("[data-choices]"));
const decide = /** @type {HTMLFormElement | null} */ (document.querySelector("[data-decide]"));
if (atWork) void follow(atWork);
if (choices && decide) keepTogether(choices, decide);
// To type a code means to choose it.
const other = /** @type {HTMLInputElement | null} */ (document.querySelector("#id_crs_other"));
other?.addEventListener("input", () => {
  const radio = /** @type {HTMLInputElement | null} */ (document.querySelector("[name=crs][value=other]"));
  if (radio) radio.checked = true;
});
