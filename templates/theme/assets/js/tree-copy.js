// Keeping a result: printing it, and copying it as text, or offering the text where no script may copy.

import { button, copied, element, status, wording } from "./page.js"

const word = wording("decision-tree")
const WORDS = ".plan__time, [data-section]:not([hidden]) :is(.plan__title, li, figcaption, blockquote p)"

export class TreeCopy {
  /** @param {HTMLElement} $plan */
  constructor($plan) {
    this.$plan = $plan
    /** How often something was begun here: what a browser says late, of before, is not told. */
    this.turn = 0
    /** What was done, beside the buttons. */
    this.$told = status("span", "outcome__told")
    this.$told.id = `told-${$plan.dataset.outcome}`
    /** The text, where no script may copy it. @type {HTMLTextAreaElement | undefined} */
    this.$text = undefined
    const $print = button(word("print"), () => print(), "button button--quiet")
    const $copy = button(word("copy"), () => this.copy(), "button button--quiet")
    const $buttons = element("p", { className: "outcome__buttons" }, $print, $copy, this.$told)
    this.$root = element("div", { className: "outcome__copies" }, $buttons)
  }

  async copy() {
    const words = this.words()
    this.empty()
    const { turn } = this
    const isCopied = await copied(words)
    // By now the page may be covered or show something else.
    if (this.turn !== turn) return
    this.$told.textContent = isCopied ? word("copied") : word("uncopied")
    if (!isCopied) this.offer(words)
    else this.$told.scrollIntoView({ block: "nearest" })
  }

  /** What no script may copy, the reader can. @param {string} words */
  offer(words) {
    const $text = element("textarea", { className: "outcome__text", readOnly: true, rows: 8, value: words })
    this.$text = $text
    $text.spellcheck = false
    $text.setAttribute("aria-label", word("text"))
    $text.setAttribute("aria-describedby", this.$told.id)
    this.$root.append($text)
    $text.focus({ preventScroll: true })
    $text.select()
    this.$root.scrollIntoView({ block: "nearest" })
  }

  /** Leave nothing of the text behind. */
  empty() {
    this.turn += 1
    this.$told.textContent = ""
    this.$text?.remove()
    this.$text = undefined
  }

  /** The result as text, as far as it is shown. */
  words() {
    /** @type {NodeListOf<HTMLElement>} */
    const $parts = this.$plan.querySelectorAll("h1, .outcome__why, [data-time], .worse p")
    const lines = [...$parts].flatMap(($part) => ($part.hidden ? [] : this.lines($part)))
    return lines.join("\n").trim()
  }

  /** @param {HTMLElement} $part */
  lines($part) {
    if (!("time" in $part.dataset)) return [$part.textContent?.trim() ?? ""]
    return [...$part.querySelectorAll(WORDS)].map(($line) => {
      const words = $line.textContent?.trim() ?? ""
      return $line.matches("li") ? `- ${words}` : $line.matches("[role=heading]") ? `\n${words}` : words
    })
  }
}
