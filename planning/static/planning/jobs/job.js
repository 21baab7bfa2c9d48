// The page of a job follows the work while somebody is at it.
export {};

const EVERY = 1000;
const AWAY_EVERY = 4000;

/** @typedef {{ code: string, word: string, percent: number, at_work: boolean, nobody_came: boolean }} Progress */

/** @param {HTMLElement} place @param {string} selector */
const find = (place, selector) => /** @type {HTMLElement} */ (place.querySelector(selector));

/** @param {HTMLElement} place @param {Progress} news */
function tell(place, news) {
  const title = find(place, "[data-word]");
  const word = news.word.charAt(0).toLocaleUpperCase() + news.word.slice(1);
  if (title.textContent !== word) title.textContent = word;
  /** @type {HTMLProgressElement} */ (find(place, "[data-bar]")).value = news.percent;
  find(place, "[data-percent]").textContent = `${news.percent} %`;
  find(place, "[data-nobody]").hidden = !news.nobody_came;
}

/** @param {HTMLElement} place @returns {Promise<number>} milliseconds to wait */
async function look(place) {
  try {
    const answer = await fetch(place.dataset.atWork ?? "", { headers: { Accept: "application/json" } });
    if (!answer.ok) throw new TypeError(`answer ${answer.status}`);
    const news = /** @type {Progress} */ (await answer.json());
    if (!news.at_work) location.reload();
    tell(place, news);
    return EVERY;
  } catch {
    find(place, "[data-hint]").textContent = place.dataset.away ?? "";
    return AWAY_EVERY;
  }
}

/** @param {HTMLElement} place */
async function follow(place) {
  find(place, "[data-by-hand]").hidden = true;
  for (;;) {
    const wait = await look(place);
    await new Promise((resolve) => setTimeout(resolve, wait));
  }
}

const atWork = /** @type {HTMLElement | null} */ (document.querySelector("[data-at-work]"));
if (atWork) void follow(atWork);
