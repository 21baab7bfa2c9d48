// The list beside the map: what is nearest to its middle, for reading, for tapping, and for those who use no map.

const PAUSE = 350;

export class Nearby {
  /** @param {HTMLElement} element @param {() => [number, number] | null} middle null while there is no map @param {() => URLSearchParams} wanted */
  constructor(element, middle, wanted) {
    this.element = element;
    this.middle = middle;
    this.wanted = wanted;
    this.timer = 0;
    this.place = "";
    this.request = new AbortController();
  }

  later() {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.refresh(), PAUSE);
  }

  async refresh() {
    this.request.abort();
    this.request = new AbortController();
    const { signal } = this.request;
    try {
      const answer = await fetch(this.address(), { headers: { Accept: "text/html" }, signal });
      if (!answer.ok) throw new TypeError(`nearby ${answer.status}`);
      this.element.innerHTML = await answer.text();
      if (this.middle()) this.retitle();
    } catch {
      if (!signal.aborted) this.say(this.element.dataset.failed ?? "");
    }
  }

  address() {
    const url = new URL(this.element.dataset.url ?? "", location.href);
    url.search = this.wanted().toString();
    const middle = this.middle();
    if (middle) {
      url.searchParams.set("lon", middle[0].toFixed(5));
      url.searchParams.set("lat", middle[1].toFixed(5));
    }
    return url;
  }

  /** The server's first list is the newest; from now on it is the nearest, to a named place or to the middle. */
  retitle() {
    const title = /** @type {HTMLElement | null} */ (document.querySelector("[data-near-words]"));
    if (!title) return;
    const { nearWords = "", nearPlace = "" } = title.dataset;
    const words = this.place ? nearPlace.replace("{place}", this.place) : nearWords;
    if (title.textContent !== words) title.textContent = words;
  }

  /** @param {string} words */
  say(words) {
    this.element.replaceChildren(Object.assign(document.createElement("p"), { className: "empty", textContent: words }));
  }
}
