// A card: what a page says about one thing, in short, fetched as a part and shown in the panel.

export class Card {
  /** @param {HTMLElement} element */
  constructor(element) {
    this.element = element;
    this.request = new AbortController();
  }

  /** @param {string} path of the page @returns {Promise<boolean>} whether it is there now */
  async show(path) {
    this.request.abort();
    this.request = new AbortController();
    const { signal } = this.request;
    this.wait();
    try {
      const answer = await fetch(this.address(path), { headers: { Accept: "text/html" }, signal });
      if (!answer.ok) throw new TypeError(`card ${answer.status}`);
      this.fill(await answer.text());
      return true;
    } catch (error) {
      if (!signal.aborted) this.say(this.element.dataset.failed ?? "");
      return false;
    }
  }

  /** @param {string} path */
  address(path) {
    const url = new URL(path, location.href);
    url.searchParams.set("card", "1");
    return url;
  }

  wait() {
    this.element.setAttribute("aria-busy", "true");
    const bars = [1, 2, 3].map(() => Object.assign(document.createElement("span"), { className: "skeleton skeleton--row" }));
    this.element.replaceChildren(...bars);
  }

  /** Our own server's markup; the content policy forbids any script in it. @param {string} html */
  fill(html) {
    this.element.innerHTML = html;
    this.element.removeAttribute("aria-busy");
    this.announce(this.element.querySelector("h2, h3")?.textContent?.trim() ?? "");
  }

  /** For those who do not see it come. @param {string} words */
  announce(words) {
    const status = document.querySelector("[data-card-status]");
    if (status) status.textContent = words;
  }

  /** @param {string} words */
  say(words) {
    this.announce(words);
    const note = Object.assign(document.createElement("p"), { className: "empty", textContent: words });
    this.element.replaceChildren(note);
    this.element.removeAttribute("aria-busy");
  }
}
