// "Check this page": reads what the browser knows of the page's requests and of what is stored, and says it.

export class CheckPage {
  static moduleName = "check-page"

  /** @param {HTMLElement} $root the block in which the answer is told */
  constructor($root) {
    this.$root = $root
    const $button = document.createElement("button")
    $button.type = "button"
    $button.className = "button"
    $button.textContent = this.word("check")
    this.$answer = document.createElement("div")
    this.$answer.setAttribute("role", "status")
    $button.addEventListener("click", () => this.check())
    $root.append($button, this.$answer)
  }

  /** A word or sentence of the page's own, with what stands in braces filled in. @param {string} name @param {string | number} [fill] */
  word(name, fill = "") {
    const words = this.$root.dataset[`say${name[0].toUpperCase()}${name.slice(1)}`] ?? name
    return words.replace("{}", String(fill))
  }

  async check() {
    const sentences = [...this.requests(), await this.stored()]
    const $lines = sentences.map((words) => Object.assign(document.createElement("p"), { textContent: words }))
    this.$answer.replaceChildren(...$lines)
  }

  /** Which files were asked for, by where they came from. @returns {string[]} */
  requests() {
    const addresses = performance.getEntriesByType("resource").map((entry) => new URL(entry.name, location.href))
    const others = addresses.filter((address) => address.protocol.startsWith("http") && address.origin !== location.origin)
    const hosts = [...new Set(others.map((address) => address.host))]
    return [
      this.word("own", addresses.length - others.length),
      hosts.length ? this.word("others", hosts.join(", ")) : this.word("none"),
    ]
  }

  /** What is kept in this browser for this site, as one sentence. */
  async stored() {
    const counts = {
      cookies: document.cookie.split(";").filter((cookie) => cookie.trim()).length,
      kept: localStorage.length + sessionStorage.length,
      databases: ((await indexedDB.databases?.()) ?? []).length,
      caches: "caches" in window ? (await caches.keys()).length : 0,
      workers: ((await navigator.serviceWorker?.getRegistrations()) ?? []).length,
    }
    const found = Object.entries(counts).filter(([, count]) => count > 0)
    if (found.length === 0) return this.word("nothing")
    return this.word("stored", found.map(([what, count]) => `${this.word(what)}: ${count}`).join(", "))
  }
}
