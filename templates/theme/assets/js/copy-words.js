// A button that copies the words of a card. It is there only where copying works.

export class CopyWords {
  static moduleName = "copy-words"

  /** @param {HTMLElement} $root the card */
  constructor($root) {
    const $words = $root.querySelector(".script__words")
    if (!$words) throw new Error("copy-words: the card holds no .script__words")
    this.$words = $words
    if (!navigator.clipboard) return
    this.$button = document.createElement("button")
    this.$button.type = "button"
    this.$button.className = "button button--quiet script__copy"
    this.$button.textContent = "Copy these words"
    this.$status = document.createElement("span")
    this.$status.setAttribute("role", "status")
    this.$status.className = "script__status"
    this.$button.addEventListener("click", () => this.copy())
    $words.after(this.$button, this.$status)
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
