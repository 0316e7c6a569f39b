// A button that copies the words of a card, or where that fails selects them for the reader to copy.

import { button, copied, element, hasBlanks, status, wording } from "./page.js"

const word = wording("copy-words")
const MILLISECONDS = 4000

export class CopyWords {
  static moduleName = "copy-words"

  /** @param {HTMLElement} $root the card */
  constructor($root) {
    const $words = $root.querySelector(".script__words")
    if (!$words) throw new Error("copy-words: the card holds no .script__words")
    this.$words = $words
    this.$status = status("span", "script__status")
    const $button = button(word("copy"), () => this.copy(), "button button--quiet script__copy")
    $words.after(element("p", { className: "script__buttons" }, $button, this.$status))
  }

  async copy() {
    const paragraphs = [...this.$words.querySelectorAll("p")].map(($p) => $p.textContent?.trim())
    const isCopied = await copied(paragraphs.join("\n\n"))
    const isToBeFilled = hasBlanks(this.$words)
    const done = isToBeFilled ? word("blanks") : word("copied")
    this.say(isCopied ? done : word("uncopied"))
    if (!isCopied) getSelection()?.selectAllChildren(this.$words)
    // What is to be done by hand stays to be read.
    else if (!isToBeFilled) this.timer = setTimeout(() => (this.$status.textContent = ""), MILLISECONDS)
  }

  /** @param {string} words */
  say(words) {
    clearTimeout(this.timer)
    this.$status.textContent = words
    this.$status.scrollIntoView({ block: "nearest" })
  }
}
