// One question as a form: its choices, what is chosen, and what is said where nothing is.

import { element, wording } from "./page.js"

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
    const missing = this.isMany ? word("tick") : word("choose")
    this.$summary = this.buildSummary(missing)
    this.$left = element("p", { className: "question__left" })
    this.$error = element("p", { className: "question__error", id: `error-${id}`, textContent: missing, hidden: true })
    const $way = element("div", { className: "question__way" }, this.buildBack(), this.$left)
    const $go = element("button", { type: "submit", className: "button", textContent: word("continue") })
    this.$fieldset = this.buildFieldset($section, question.options)
    this.inputs = [...this.$fieldset.querySelectorAll("input")]
    const $form = element("form", { autocomplete: "off", noValidate: true })
    $form.append($way, this.$summary, this.$fieldset, element("div", { className: "question__go" }, $go))
    $form.addEventListener("submit", (event) => this.handleSubmit(event))
    $form.addEventListener("change", (event) => this.handleChange(event))
    $section.replaceChildren($form)
    $section.removeAttribute("aria-labelledby")
  }

  buildBack() {
    const $back = element("a", { href: "#", className: "question__back", textContent: word("back") })
    $back.addEventListener("click", (event) => {
      event.preventDefault()
      history.back()
    })
    return $back
  }

  /** @param {string} missing what is said where nothing is chosen */
  buildSummary(missing) {
    const $link = element("a", { href: "#", textContent: missing })
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
    const $heading = element("h1", { tabIndex: -1 }, ...($section.querySelector("h2")?.childNodes ?? []))
    const $hints = $section.querySelectorAll(".question__why, .question__hint")
    const $fieldset = element("fieldset", {}, element("legend", {}, $heading), ...$hints, this.$error)
    let $group = /** @type {HTMLElement} */ ($fieldset)
    for (const { id } of options) {
      const $text = $section.querySelector(`[data-option="${id}"]`)
      const $above = $text?.previousElementSibling
      if ($above?.matches(".option__heading")) $fieldset.append(($group = this.buildGroup($above)))
      $group.append(this.buildChoice(id, $text?.querySelectorAll(".option__label, .option__hint") ?? []))
    }
    // So that nobody says no by passing on: none is an answer too.
    if (this.isMany) $fieldset.append(this.buildChoice(NONE, [word("none")]))
    return $fieldset
  }

  /** Choices under one heading. @param {Element} $heading */
  buildGroup($heading) {
    const $group = element("div", { className: "choices" }, $heading)
    $group.setAttribute("role", "group")
    $group.setAttribute("aria-labelledby", $heading.id)
    return $group
  }

  /** @param {string} value @param {Iterable<Node | string>} words */
  buildChoice(value, words) {
    const id = `choice-${this.id}-${value}`
    const $input = element("input", { type: this.isMany ? "checkbox" : "radio", name: "choice", value, id })
    const $choice = element("div", { className: "choice" }, $input, element("label", { htmlFor: id }, ...words))
    $choice.dataset.option = value
    return $choice
  }

  /** @param {string[] | undefined} given @param {string} progress @param {string} title of the tab */
  show(given, progress, title) {
    this.title = title
    this.$left.textContent = progress
    const values = given?.length === 0 ? [NONE] : given
    for (const $input of this.inputs) $input.checked = !!values?.includes($input.value)
    this.showError(false)
  }

  /** None of them goes with no other. @param {Event} event */
  handleChange(event) {
    const $now = /** @type {HTMLInputElement} */ (event.target)
    for (const $input of this.inputs) if ($now.checked && !$input.value !== !$now.value) $input.checked = false
    // "Continue" is in sight from now on, and lies over no choice that was just made.
    $now.closest(".choice")?.scrollIntoView({ block: "nearest" })
  }

  /** @param {Event} event */
  handleSubmit(event) {
    event.preventDefault()
    const ticked = this.inputs.filter(($input) => $input.checked).map(($input) => $input.value)
    this.showError(!ticked.length)
    if (ticked.length) this.give(this.id, ticked.filter(Boolean))
  }

  /** @param {boolean} isWrong */
  showError(isWrong) {
    this.$summary.hidden = this.$error.hidden = !isWrong
    this.$fieldset.removeAttribute("aria-describedby")
    if (!isWrong) return
    this.$fieldset.setAttribute("aria-describedby", this.$error.id)
    document.title = `${word("error")} ${this.title}`
    this.$summary.focus()
  }
}
