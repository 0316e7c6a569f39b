// The decision tree in the page: turns its text form into one question at a time.
// All wording stands in the page; all logic is in engine.js; answers live in this object alone.

import { answer, mostLeft, sectionsOf, walk } from "./engine.js"

/** @typedef {import("./engine.js").Tree} Tree */

const START = ""
const FORGET_AFTER_HIDDEN_MILLISECONDS = 10 * 60 * 1000

/**
 * @template {keyof HTMLElementTagNameMap} Tag
 * @param {Tag} tag
 * @param {Partial<HTMLElementTagNameMap[Tag]>} properties
 * @param {...(Node | string)} children
 * @returns {HTMLElementTagNameMap[Tag]}
 */
function element(tag, properties, ...children) {
  const $made = Object.assign(document.createElement(tag), properties)
  $made.append(...children)
  return $made
}

export class DecisionTree {
  static moduleName = "decision-tree"

  /** @param {HTMLElement} $root the block with the tree's text */
  constructor($root) {
    const $data = document.querySelector("#decision-tree-data")
    const $start = $root.querySelector("[data-start]")
    if (!$data || !($start instanceof HTMLElement)) {
      throw new Error("decision-tree: the data or the start is missing")
    }
    this.$root = $root
    this.$start = $start
    /** @type {Tree} */
    this.tree = JSON.parse($data.textContent ?? "")
    /** @type {import("./engine.js").Answers} */
    this.answers = {}
    /** What each history entry shows: a question, an outcome, or the start. @type {string[]} */
    this.entries = [START]
    this.depth = Number(history.state?.step ?? 0)
    /** Questions whose answers the last change made unneeded. @type {string[]} */
    this.dropped = []
    this.title = document.title
    this.isChanging = false
    this.isLeaving = false
    /** @type {Map<string, HTMLElement>} */
    this.$steps = new Map()
    const $text = $root.cloneNode(true)
    try {
      this.build()
    } catch (error) {
      // The text form is better than half a form.
      $root.replaceWith($text)
      throw error
    }
    this.listen()
    this.begin()
  }

  // --- building -------------------------------------------------------------------------------

  build() {
    for (const $section of this.sections("question")) {
      const id = $section.dataset.question ?? ""
      this.$steps.set(id, $section)
      this.buildQuestion($section, id)
    }
    for (const $section of this.sections("outcome")) {
      this.$steps.set($section.dataset.outcome ?? "", $section)
      this.buildOutcome($section)
    }
    this.$start.querySelector(".lead")?.after(this.button("start", () => this.goOn(), "button button--wide"))
    this.$dropped = element("p", { className: "tree__dropped", hidden: true })
    this.$dropped.setAttribute("role", "status")
    this.$answers = element("section", { className: "tree__answers", hidden: true })
    this.$cover = element("div", { className: "tree__cover", hidden: true })
    this.$cover.append(
      element("p", { textContent: this.word("covered") }),
      this.button("uncover", () => this.uncover(), "button"),
      this.button("again", () => this.startAgain(), "button button--quiet"),
    )
    this.$root.prepend(this.$cover, this.$dropped)
    this.$root.append(this.$answers)
    this.$root.classList.add("tree--on")
  }

  /** @param {string} kind @returns {HTMLElement[]} */
  sections(kind) {
    return [...this.$root.querySelectorAll(`[data-${kind}]`)].filter(($e) => $e instanceof HTMLElement)
  }

  /** @param {HTMLElement} $section @param {string} id */
  buildQuestion($section, id) {
    const question = this.tree.questions[id]
    const $heading = element("h1", { tabIndex: -1 }, ...($section.querySelector("h2")?.childNodes ?? []))
    const $fieldset = element("fieldset", {}, element("legend", {}, $heading))
    for (const $hint of $section.querySelectorAll(".question__why, .question__hint")) $fieldset.append($hint)
    if (question.many) $fieldset.append(element("p", { className: "question__hint", textContent: this.word("many") }))
    $fieldset.append(element("p", { className: "question__error", id: `error-${id}`, hidden: true }))
    for (const option of question.options) $fieldset.append(this.buildChoice($section, id, option.id))
    const $form = element("form", { autocomplete: "off", noValidate: true }, this.errorSummary(), $fieldset)
    $form.append(
      element("button", { type: "submit", className: "button", textContent: this.word("continue") }),
      this.button("back", () => history.back(), "button button--quiet"),
      element("p", { className: "question__left", textContent: this.left(id) }),
    )
    $form.addEventListener("submit", (event) => this.handleSubmit(event, id))
    $section.replaceChildren($form)
    $section.removeAttribute("aria-labelledby")
    $section.hidden = true
  }

  /** @param {HTMLElement} $section @param {string} question @param {string} option */
  buildChoice($section, question, option) {
    const $text = $section.querySelector(`[data-option="${option}"]`)
    const id = `choice-${question}-${option}`
    const $input = element("input", {
      type: this.tree.questions[question].many ? "checkbox" : "radio",
      name: "choice",
      value: option,
      id,
    })
    const $label = element("label", { htmlFor: id })
    $label.append(...($text?.querySelectorAll(".option__label, .option__hint") ?? []))
    return element("div", { className: "choice" }, $input, $label)
  }

  errorSummary() {
    const $summary = element("div", { className: "question__summary", tabIndex: -1, hidden: true })
    $summary.setAttribute("role", "alert")
    $summary.append(
      element("h2", { textContent: this.word("problem") }),
      element("a", { href: "#", textContent: this.word("choose") }),
    )
    return $summary
  }

  /** @param {HTMLElement} $section */
  buildOutcome($section) {
    const $old = $section.querySelector("h2")
    $old?.replaceWith(element("h1", { tabIndex: -1 }, ...$old.childNodes))
    const $buttons = element("p", { className: "outcome__buttons" })
    if ("offersCopy" in $section.dataset) {
      $buttons.append(
        this.button("print", () => print(), "button button--quiet"),
        this.button("copy", () => this.copy($section), "button button--quiet"),
      )
    }
    $buttons.append(this.button("again", () => this.startAgain(), "button button--quiet"))
    $section.append($buttons, element("p", { className: "outcome__stays", textContent: this.word("stays") }))
    $section.hidden = true
  }

  /** @param {string} word @param {() => void} act @param {string} className */
  button(word, act, className) {
    const $button = element("button", { type: "button", className, textContent: this.word(word) })
    $button.addEventListener("click", act)
    return $button
  }

  /** A word or sentence of the page's own. @param {string} name */
  word(name) {
    return this.$root.dataset[`say${name[0].toUpperCase()}${name.slice(1)}`] ?? name
  }

  /** @param {string} id */
  left(id) {
    const most = mostLeft(this.tree, id)
    return most === 1 ? this.word("last") : this.word("left").replace("{n}", String(most))
  }

  listen() {
    window.addEventListener("popstate", (event) => this.handlePopstate(event))
    window.addEventListener("pageshow", (event) => event.persisted && this.cover())
    document.addEventListener("visibilitychange", () => this.handleVisibility())
    document.addEventListener("leave-page:leaving", (event) => this.handleLeaving(event))
  }

  /** A stale or hand-written address opens the start, and nothing of it stays in the address bar. */
  begin() {
    history.replaceState({ step: this.depth }, "", location.pathname)
    this.show(START, { focus: false })
  }

  // --- walking --------------------------------------------------------------------------------

  /** @param {Event} event @param {string} id */
  handleSubmit(event, id) {
    event.preventDefault()
    const chosen = this.chosen(id)
    const isMissing = chosen.length === 0 && !this.tree.questions[id].many
    this.showError(id, isMissing)
    if (isMissing) return
    const given = answer(this.tree, this.answers, id, chosen)
    this.answers = given.answers
    this.dropped = given.dropped
    const next = given.walked.path[given.walked.path.indexOf(id) + 1]
    this.goTo(this.isChanging || !next ? given.walked.at : next)
  }

  /** @param {string} id @returns {string[]} */
  chosen(id) {
    return this.inputs(id).flatMap(($input) => ($input.checked ? [$input.value] : []))
  }

  /** @param {string} id @returns {HTMLInputElement[]} */
  inputs(id) {
    return [...(this.$steps.get(id)?.querySelectorAll("input") ?? [])]
  }

  /** @param {string} id @param {boolean} isWrong */
  showError(id, isWrong) {
    const $section = this.$steps.get(id)
    const $summary = $section?.querySelector(".question__summary")
    const $error = $section?.querySelector(".question__error")
    const $fieldset = $section?.querySelector("fieldset")
    if (!($summary instanceof HTMLElement) || !($error instanceof HTMLElement) || !$fieldset) return
    $summary.hidden = $error.hidden = !isWrong
    $error.textContent = isWrong ? this.word("choose") : ""
    if (!isWrong) {
      $fieldset.removeAttribute("aria-describedby")
      return
    }
    $fieldset.setAttribute("aria-describedby", $error.id)
    const $link = $summary.querySelector("a")
    if ($link) $link.onclick = (event) => (event.preventDefault(), this.inputs(id)[0].focus())
    document.title = `${this.word("error")} ${this.titleOf(id)}`
    $summary.focus()
  }

  goOn() {
    this.goTo(walk(this.tree, this.answers).at)
  }

  /** Show a step as a new entry of the history; entries carry a number and nothing else. @param {string} view */
  goTo(view) {
    this.depth += 1
    this.entries.length = this.depth
    this.entries[this.depth] = view
    history.pushState({ step: this.depth }, "")
    this.isChanging = false
    this.show(view)
  }

  /** @param {PopStateEvent} event */
  handlePopstate(event) {
    if (this.isLeaving) return
    if (event.state === null) {
      // A link within the page, such as "Skip to the text", has made an entry of its own.
      this.depth += 1
      this.entries.length = this.depth
      this.entries[this.depth] = this.view ?? START
      history.replaceState({ step: this.depth }, "", location.pathname)
      return
    }
    this.depth = Number(event.state.step ?? 0)
    this.isChanging = false
    this.show(this.reachable(this.entries[this.depth] ?? START))
  }

  /** The step itself if the answers still lead to it, else where they do lead. @param {string} view */
  reachable(view) {
    const walked = walk(this.tree, this.answers)
    if (view === START || view === walked.at || walked.path.includes(view)) return view
    return walked.path.length ? walked.at : START
  }

  /** @param {string} id */
  change(id) {
    this.goTo(id)
    this.isChanging = true
  }

  startAgain() {
    this.forget()
    this.goTo(START)
  }

  forget() {
    this.answers = {}
    this.dropped = []
    for (const $form of this.$root.querySelectorAll("form")) $form.reset()
    if (this.$answers) this.$answers.replaceChildren()
    this.uncover()
  }

  // --- showing --------------------------------------------------------------------------------

  /** @param {string} view @param {{focus?: boolean}} [options] */
  show(view, { focus = true } = {}) {
    this.view = view
    this.$start.hidden = view !== START
    for (const [id, $section] of this.$steps) $section.hidden = id !== view
    if (view in this.tree.questions) this.showQuestion(view)
    if (view in this.tree.outcomes) this.showOutcome(view)
    this.showAnswers(view)
    this.showDropped()
    document.title = this.titleOf(view)
    if (focus) this.focus(view)
  }

  /** @param {string} id */
  showQuestion(id) {
    this.showError(id, false)
    const given = this.answers[id] ?? []
    for (const $input of this.inputs(id)) $input.checked = given.includes($input.value)
  }

  /** @param {string} id */
  showOutcome(id) {
    const applies = sectionsOf(this.tree, id, walk(this.tree, this.answers).facts)
    for (const $part of this.$steps.get(id)?.querySelectorAll("[data-section]") ?? []) {
      if ($part instanceof HTMLElement) $part.hidden = !applies.includes(Number($part.dataset.section))
    }
  }

  /** The title names the step, never the question or an answer. @param {string} view */
  titleOf(view) {
    if (view === START) return this.title
    const walked = walk(this.tree, this.answers)
    const place = walked.path.indexOf(view)
    const number = (place < 0 ? walked.path.length : place) + 1
    const name = view in this.tree.outcomes ? this.word("result") : this.word("step").replace("{n}", String(number))
    return `${name} - ${this.title}`
  }

  /** @param {string} view */
  showAnswers(view) {
    if (!this.$answers) return
    const { path } = walk(this.tree, this.answers)
    this.$answers.hidden = view === START || path.length === 0
    const $rows = element("dl", {})
    for (const id of path) $rows.append(...this.answerRow(id))
    this.$answers.replaceChildren(
      element("h2", { textContent: this.word("answers") }),
      $rows,
      ...(view in this.tree.questions ? [this.button("again", () => this.startAgain(), "button button--quiet")] : []),
    )
  }

  /** @param {string} id */
  answerRow(id) {
    const question = this.$steps.get(id)?.querySelector("h1")?.textContent?.trim() ?? ""
    const labels = this.answers[id].map(
      (option) => document.querySelector(`label[for="choice-${id}-${option}"] .option__label`)?.textContent?.trim() ?? "",
    )
    const $change = this.button("change", () => this.change(id), "change")
    $change.append(element("span", { className: "visually-hidden", textContent: `: ${question}` }))
    return [
      element("dt", { textContent: question }),
      element("dd", {}, labels.join(", ") || this.word("none"), " ", $change),
    ]
  }

  showDropped() {
    if (!this.$dropped) return
    const questions = this.dropped.map((id) => `“${this.$steps.get(id)?.querySelector("h1")?.textContent?.trim()}”`)
    this.$dropped.hidden = questions.length === 0
    this.$dropped.textContent = questions.length ? `${this.word("dropped")} ${questions.join(", ")}` : ""
    this.dropped = []
  }

  /** @param {string} view */
  focus(view) {
    const $heading = (view === START ? this.$start : this.$steps.get(view))?.querySelector("h1")
    $heading?.setAttribute("tabindex", "-1")
    $heading?.focus()
    $heading?.scrollIntoView({ block: "nearest" })
  }

  /** @param {HTMLElement} $section */
  async copy($section) {
    const wanted = "h1, .outcome__why, .plan:not([hidden]) h3, .plan:not([hidden]) li, .plan:not([hidden]) blockquote p, .worse p"
    const lines = [...$section.querySelectorAll(wanted)].map(($line) => {
      const words = $line.textContent?.trim() ?? ""
      return $line.matches("li") ? `- ${words}` : $line.matches("h1, h3") ? `\n${words}` : words
    })
    await navigator.clipboard?.writeText(lines.join("\n").trim())
    if (this.$dropped) {
      this.$dropped.hidden = false
      this.$dropped.textContent = this.word("copied")
    }
  }

  // --- leaving nothing behind -------------------------------------------------------------------

  cover() {
    if (!this.$cover || Object.keys(this.answers).length === 0) return
    this.$cover.hidden = false
    this.$root.classList.add("tree--covered")
  }

  uncover() {
    if (this.$cover) this.$cover.hidden = true
    this.$root.classList.remove("tree--covered")
  }

  handleVisibility() {
    clearTimeout(this.timer)
    if (document.hidden) {
      this.hiddenAt = Date.now()
      this.timer = setTimeout(() => this.startOver(), FORGET_AFTER_HIDDEN_MILLISECONDS)
    } else if (this.hiddenAt && Date.now() - this.hiddenAt >= FORGET_AFTER_HIDDEN_MILLISECONDS) {
      this.startOver()
    }
  }

  /** Wipe what was answered without adding to the history. */
  startOver() {
    this.forget()
    this.show(START, { focus: false })
  }

  /**
   * Leaving goes back to the first entry of the walk, which is then replaced, so that Back shows
   * neither tree nor answer.
   * @param {Event} event
   */
  handleLeaving(event) {
    this.isLeaving = true
    this.forget()
    const steps = this.depth
    if (steps === 0 || !(event instanceof CustomEvent)) return
    event.preventDefault()
    const { go } = event.detail
    window.addEventListener("popstate", () => go(), { once: true })
    // Some browsers keep the event back; the page is blank already, so nothing is lost by waiting.
    setTimeout(go, 400)
    history.go(-steps)
  }
}
