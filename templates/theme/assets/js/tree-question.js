// One question as a form: its choices, what is chosen, and what is said where nothing is.

import { button, element, wording } from "./page.js"

const word = wording("decision-tree")
/** The value of "None of these", which is no option of the question: it says that none of them fits. */
const NONE = ""

/** @param {HTMLElement} $section @param {string} option */
function wordsOf($section, option) {
  const $text = $section.querySelector(`[data-option="${option}"]`)
  return [...($text?.querySelectorAll(".option__label, .option__hint") ?? [])]
}

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
    const $choices = options.map((option) => this.buildChoice(option.id, wordsOf($section, option.id)))
    // So that nobody says no by passing on: none is an answer too, and it goes with no other.
    if (this.isMany) $choices.push(this.buildChoice(NONE, [word("none")]))
    return element("fieldset", {}, element("legend", {}, $heading), ...$hints, this.$error, ...$choices)
  }

  /** @param {string} value @param {(Node | string)[]} words */
  buildChoice(value, words) {
    const id = `choice-${this.id}-${value}`
    const $input = element("input", { type: this.isMany ? "checkbox" : "radio", name: "choice", value, id })
    const $choice = element("div", { className: "choice" }, $input, element("label", { htmlFor: id }, ...words))
    $choice.dataset.option = value
    return $choice
  }

  /** What is said where nothing is chosen. */
  missing() {
    return this.isMany ? word("tick") : word("choose")
  }

  /** @param {string[] | undefined} given @param {string} progress @param {string} title of the tab */
  show(given, progress, title) {
    this.title = title
    this.$left.textContent = progress
    const isNone = given?.length === 0
    for (const $input of this.inputs) $input.checked = isNone ? !$input.value : !!given?.includes($input.value)
    this.showError(false)
  }

  /** @param {Event} event */
  handleChange({ target: $now }) {
    if (!this.isMany || !($now instanceof HTMLInputElement) || !$now.checked) return
    for (const $input of this.inputs) if (!$input.value !== !$now.value) $input.checked = false
  }

  /** @param {Event} event */
  handleSubmit(event) {
    event.preventDefault()
    const ticked = this.inputs.flatMap(($input) => ($input.checked ? [$input.value] : []))
    this.showError(!ticked.length)
    if (ticked.length) this.give(this.id, ticked.filter(Boolean))
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
