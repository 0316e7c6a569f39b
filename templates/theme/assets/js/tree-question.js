// One question as a form: its choices, what is chosen, and what is said where nothing is.

import { button, element, wording } from "./page.js"

const word = wording("decision-tree")
/** The value of "None of these", which is no option of the question: it says that none of them fits. */
const NONE = ""

export class TreeQuestion {
  /**
   * @param {string} id
   * @param {HTMLElement} $section the question's text, which the form takes the place of
   * @param {import("./engine.js").Question} question
   * @param {(id: string, chosen: string[]) => void} give
   */
  constructor(id, $section, question, give) {
    this.id = id
    this.isMany = question.many
    this.give = give
    /** The tab's, while nothing is wrong. */
    this.title = ""
    this.$summary = this.buildSummary()
    this.$left = element("p", { className: "question__left" })
    this.$error = element("p", { className: "question__error", id: `error-${id}`, hidden: true })
    const $buttons = [
      element("button", { type: "submit", className: "button", textContent: word("continue") }),
      button(word("back"), () => history.back(), "button button--quiet"),
    ]
    this.$fieldset = this.buildFieldset($section, question.options)
    this.inputs = [...this.$fieldset.querySelectorAll("input")]
    const $form = element("form", { autocomplete: "off", noValidate: true })
    $form.append(this.$summary, this.$left, this.$fieldset, ...$buttons)
    $form.addEventListener("submit", (event) => this.handleSubmit(event))
    $form.addEventListener("change", (event) => this.handleChange(event))
    $section.replaceChildren($form)
    $section.removeAttribute("aria-labelledby")
  }

  buildSummary() {
    const $link = element("a", { href: "#", textContent: this.missing() })
    $link.addEventListener("click", (event) => {
      event.preventDefault()
      this.inputs[0].focus()
    })
    const $title = element("h2", { textContent: word("problem") })
    const $summary = element("div", { className: "question__summary", tabIndex: -1, hidden: true }, $title, $link)
    $summary.setAttribute("role", "alert")
    return $summary
  }

  /** @param {HTMLElement} $section @param {import("./engine.js").Option[]} options */
  buildFieldset($section, options) {
    const many = this.isMany ? word("many") : ""
    const $heading = element("h1", { tabIndex: -1 }, ...($section.querySelector("h2")?.childNodes ?? []))
    const $hints = [...$section.querySelectorAll(".question__why, .question__hint")]
    if (many && !$hints.some(($hint) => $hint.matches(".question__hint"))) {
      $hints.push(element("p", { className: "question__hint", textContent: many }))
    }
    const $choices = options.map((option) => this.buildChoice($section, option.id))
    if (this.isMany) $choices.push(this.buildNone())
    return element("fieldset", {}, element("legend", {}, $heading), ...$hints, this.$error, ...$choices)
  }

  /** @param {HTMLElement} $section @param {string} value */
  buildChoice($section, value) {
    const $text = $section.querySelector(`[data-option="${value}"]`)
    const id = `choice-${this.id}-${value}`
    const $input = element("input", { type: this.isMany ? "checkbox" : "radio", name: "choice", value, id })
    const $words = $text?.querySelectorAll(".option__label, .option__hint") ?? []
    const $choice = element("div", { className: "choice" }, $input, element("label", { htmlFor: id }, ...$words))
    $choice.dataset.option = value
    return $choice
  }

  /** So that nobody says no by passing on: none is an answer too, and it goes with no other. */
  buildNone() {
    const id = `none-${this.id}`
    const $input = element("input", { type: "checkbox", name: "choice", value: NONE, id })
    const $words = element("span", { className: "option__label", textContent: word("none") })
    return element("div", { className: "choice" }, $input, element("label", { htmlFor: id }, $words))
  }

  /** What is said where nothing is chosen. */
  missing() {
    return this.isMany ? word("tick") : word("choose")
  }

  /** @param {string[] | undefined} given @param {string} progress @param {string} title of the tab */
  show(given, progress, title) {
    this.title = title
    this.$left.textContent = progress
    const values = given?.length === 0 ? [NONE] : (given ?? [])
    for (const $input of this.inputs) $input.checked = values.includes($input.value)
    this.showError(false)
  }

  /** The values that are ticked, that of none among them. */
  ticked() {
    return this.inputs.flatMap(($input) => ($input.checked ? [$input.value] : []))
  }

  /** @param {Event} event */
  handleChange({ target: $now }) {
    if (!this.isMany || !($now instanceof HTMLInputElement) || !$now.checked) return
    for (const $input of this.inputs) {
      if (($input.value === NONE) !== ($now.value === NONE)) $input.checked = false
    }
  }

  /** @param {Event} event */
  handleSubmit(event) {
    event.preventDefault()
    const ticked = this.ticked()
    const isMissing = ticked.length === 0
    this.showError(isMissing)
    if (!isMissing) this.give(this.id, ticked.filter((value) => value !== NONE))
  }

  /** @param {boolean} isWrong */
  showError(isWrong) {
    this.$summary.hidden = this.$error.hidden = !isWrong
    this.$error.textContent = isWrong ? this.missing() : ""
    if (!isWrong) {
      this.$fieldset.removeAttribute("aria-describedby")
      return
    }
    this.$fieldset.setAttribute("aria-describedby", this.$error.id)
    document.title = `${word("error")} ${this.title}`
    this.$summary.focus()
  }
}
