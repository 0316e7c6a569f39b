// "Check this page": reads what the browser knows of the page's requests and of what is stored, and says it.

import { button, element, status, wording } from "./page.js"

const word = wording("check-page")

export class CheckPage {
  static moduleName = "check-page"

  /** @param {HTMLElement} $root the block in which the answer is told */
  constructor($root) {
    this.$answer = status("div", "check-page__answer")
    $root.append(button(word("check"), () => this.check(), "button"), this.$answer)
  }

  async check() {
    const sentences = [...this.requests(), await this.stored()]
    this.$answer.replaceChildren(...sentences.map((textContent) => element("p", { textContent })))
  }

  /** Which files were asked for, by where they came from. @returns {string[]} */
  requests() {
    const addresses = performance.getEntriesByType("resource").map((entry) => new URL(entry.name, location.href))
    const others = addresses.filter((address) => address.protocol.startsWith("http") && address.origin !== location.origin)
    const hosts = [...new Set(others.map((address) => address.host))]
    return [
      word("own", { n: addresses.length - others.length }),
      hosts.length ? word("others", { hosts: hosts.join(", ") }) : word("none"),
    ]
  }

  /** What is kept in this browser for this site, as one sentence. */
  async stored() {
    const counts = {
      [word("cookies")]: document.cookie.split(";").filter((cookie) => cookie.trim()).length,
      [word("kept")]: localStorage.length + sessionStorage.length,
      [word("databases")]: ((await indexedDB.databases?.()) ?? []).length,
      [word("caches")]: "caches" in window ? (await caches.keys()).length : 0,
      [word("workers")]: ((await navigator.serviceWorker?.getRegistrations()) ?? []).length,
    }
    const found = Object.entries(counts).filter(([, count]) => count > 0)
    if (found.length === 0) return word("nothing")
    return word("stored", { what: found.map(([what, count]) => `${what}: ${count}`).join(", ") })
  }
}
