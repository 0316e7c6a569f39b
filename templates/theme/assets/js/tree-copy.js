// Keeping a result: printing it, and copying it as text, or offering the text where no script may copy.

import { button, copied, element, hasBlanks, status, wording } from "./page.js"

const word = wording("decision-tree")
const HEADINGS = ".first__title, .plan__time, .plan__title, .care h2, .country > summary"
const LINES = ".outcome > .urgency, .outcome__why, figcaption, blockquote p, .plan__reminder, .worse p, .line"
const ITEMS = ".first li, .plan li, .emergency li"

export class TreeCopy {
  /** What a section says, its headings aside. */
  static SAYS = "li, figure, .plan__reminder, .plan__read"

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
    const $lines = this.lines()
    const words = $lines.map(($line) => this.line($line)).join("\n").trim()
    this.empty()
    const { turn } = this
    const isCopied = await copied(words)
    // By now the page may be covered or show something else.
    if (this.turn !== turn) return
    const done = $lines.some(hasBlanks) ? word("blanks") : word("copied")
    this.$told.textContent = isCopied ? done : word("uncopied")
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

  /** What the text of the result has: all that is shown, and all that is folded there. */
  lines() {
    const $lines = [...this.$plan.querySelectorAll(`h1, ${HEADINGS}, ${LINES}, ${ITEMS}`)]
    return $lines.filter(($line) => !$line.closest("[hidden]") && !this.isLeftOver($line))
  }

  /** Whether it is the title of a section of which all stands at the head of the plan. @param {Element} $line */
  isLeftOver($line) {
    return $line.matches(".plan__title") && !$line.closest("[data-section]")?.querySelector(TreeCopy.SAYS)
  }

  /** @param {Element} $line */
  line($line) {
    const words = $line.matches(".line") ? this.helpLine($line) : ($line.textContent ?? "")
    const mark = $line.matches(HEADINGS) ? "\n" : $line.matches(`${ITEMS}, .line`) ? "- " : ""
    return mark + words.replace(/\s+/g, " ").trim()
  }

  /** Who helps, and how to reach them. @param {Element} $line */
  helpLine($line) {
    /** @type {NodeListOf<HTMLAnchorElement>} */
    const $ways = $line.querySelectorAll(".line__ways a")
    const ways = [...$ways].map(($way) => ($way.protocol.startsWith("http") ? $way.href : $way.textContent))
    return `${$line.querySelector("strong")?.textContent}: ${ways.join(", ")}`
  }
}
