// A button that copies the words of a card. It is there only where copying works.

import { button, status } from "./page.js"

export class CopyWords {
  static moduleName = "copy-words"

  /** @param {HTMLElement} $root the card */
  constructor($root) {
    const $words = $root.querySelector(".script__words")
    if (!$words) throw new Error("copy-words: the card holds no .script__words")
    this.$words = $words
    if (!navigator.clipboard) return
    const $button = button("Copy these words", () => this.copy(), "button button--quiet script__copy")
    this.$status = status("span", "script__status")
    $words.after($button, this.$status)
  }

  async copy() {
    const paragraphs = [...this.$words.querySelectorAll("p")].map(($p) => $p.textContent?.trim())
    try {
      await navigator.clipboard.writeText(paragraphs.join("\n\n"))
      this.say("Copied")
    } catch {
      this.say("Copying did not work. Press and hold the words instead.")
    }
  }

  /** @param {string} words */
  say(words) {
    if (this.$status) this.$status.textContent = words
    clearTimeout(this.timer)
    this.timer = setTimeout(() => this.$status && (this.$status.textContent = ""), 4000)
  }
}
