// The decision tree in the page: turns its text form into one question at a time.
// All wording stands in the page; all logic is in engine.js; answers live in this object alone.

import { answer, changes, mostLeft, readTree, sectionsOf, walk } from "./engine.js"
import { button, copied, element, status, wording } from "./page.js"

/** @typedef {import("./engine.js").Tree} Tree */
/** @typedef {{verb: string, question: string, labels: string[]}} Way answers to one question given otherwise */

const word = wording("decision-tree")
const START = ""
const ENDS_SHOWN = 6
const WAYS_SHOWN = 2
const LABELS_SHOWN = 2
const FORGET_AFTER_HIDDEN_MILLISECONDS = 10 * 60 * 1000

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
    this.tree = readTree(JSON.parse($data.textContent ?? ""))
    /** @type {import("./engine.js").Answers} */
    this.answers = {}
    /** What each history entry shows: a question, an outcome, or the start. @type {string[]} */
    this.entries = [START]
    this.depth = Number(history.state?.step ?? 0)
    /** Questions whose answers the last change made unneeded. @type {string[]} */
    this.dropped = []
    /** The answers before that change. @type {import("./engine.js").Answers} */
    this.before = {}
    /** Where the reader was when the cover came. @type {{top: number, $focused?: HTMLElement} | undefined} */
    this.place = undefined
    /** Where it is told whether the result was copied, and its text if not. @type {HTMLElement | undefined} */
    this.$told = undefined
    /** @type {HTMLTextAreaElement | undefined} */
    this.$text = undefined
    this.title = document.title
    this.isChanging = false
    this.isLeaving = false
    /** @type {Map<string, HTMLElement>} */
    this.$steps = new Map()
    /** Steps that are still text; each is made a form or a result when it is first shown. @type {Set<string>} */
    this.unbuilt = new Set()
    this.build()
    this.listen()
    this.begin()
  }

  // --- building -------------------------------------------------------------------------------

  build() {
    for (const $section of this.find("[data-question], [data-outcome]")) {
      const id = $section.dataset.question ?? $section.dataset.outcome ?? ""
      this.$steps.set(id, $section)
      this.unbuilt.add(id)
      $section.hidden = true
    }
    // Questions stand inside the answers that lead to them; a walk shows one at a time.
    this.$root.append(...this.$steps.values())
    for (const $text of this.find(".tree__text")) $text.remove()
    /** @type {Map<string, HTMLElement>} */
    this.$shared = new Map(this.find(".tree__shared [data-section]").map(($part) => [$part.dataset.section ?? "", $part]))
    this.$start.querySelector(".lead")?.after(this.button("start", () => this.goOn(), "button button--wide"))
    this.$dropped = status("p", "tree__dropped")
    this.$dropped.hidden = true
    this.$answers = element("section", { className: "tree__answers", hidden: true })
    this.$cover = element("div", { className: "tree__cover", hidden: true })
    this.$cover.append(
      element("h1", { tabIndex: -1, textContent: this.word("covered") }),
      element("p", { textContent: this.word("coveredHow") }),
      this.button("uncover", () => this.showAgain(), "button"),
      this.button("again", () => this.startAgain(), "button button--quiet"),
    )
    this.$root.prepend(this.$cover, this.$dropped)
    this.$root.append(this.$answers)
    this.$root.classList.add("tree--on")
  }

  /** @param {string} selector @returns {HTMLElement[]} */
  find(selector) {
    return [...this.$root.querySelectorAll(selector)].filter(($e) => $e instanceof HTMLElement)
  }

  /** Make a step ready to be shown. @param {string} id */
  ready(id) {
    const $section = this.$steps.get(id)
    if (!$section || !this.unbuilt.delete(id)) return
    if (this.tree.questions.has(id)) this.buildQuestion($section, id)
    else this.buildOutcome($section)
  }

  /** @param {HTMLElement} $section @param {string} id */
  buildQuestion($section, id) {
    const question = this.question(id)
    const $heading = element("h1", { tabIndex: -1 }, ...($section.querySelector("h2")?.childNodes ?? []))
    const $fieldset = element("fieldset", {}, element("legend", {}, $heading))
    for (const $hint of $section.querySelectorAll(".question__why, .question__hint")) $fieldset.append($hint)
    if (question.many && !$fieldset.querySelector(".question__hint")) {
      $fieldset.append(element("p", { className: "question__hint", textContent: this.word("many") }))
    }
    $fieldset.append(element("p", { className: "question__error", id: `error-${id}`, hidden: true }))
    for (const option of question.options) $fieldset.append(this.buildChoice($section, id, option.id))
    const $form = element("form", { autocomplete: "off", noValidate: true })
    $form.append(this.errorSummary(), element("p", { className: "question__left" }), $fieldset)
    $form.append(
      element("button", { type: "submit", className: "button", textContent: this.word("continue") }),
      this.button("back", () => history.back(), "button button--quiet"),
    )
    $form.addEventListener("submit", (event) => this.handleSubmit(event, id))
    $section.replaceChildren($form)
    $section.removeAttribute("aria-labelledby")
  }

  /** @param {string} id @returns {import("./engine.js").Question} */
  question(id) {
    return /** @type {import("./engine.js").Question} */ (this.tree.questions.get(id))
  }

  /** @param {HTMLElement} $section @param {string} question @param {string} option */
  buildChoice($section, question, option) {
    const $text = $section.querySelector(`[data-option="${option}"]`)
    const id = `choice-${question}-${option}`
    const $input = element("input", {
      type: this.question(question).many ? "checkbox" : "radio",
      name: "choice",
      value: option,
      id,
    })
    const $label = element("label", { htmlFor: id })
    $label.append(...($text?.querySelectorAll(".option__label, .option__hint") ?? []))
    const $choice = element("div", { className: "choice" }, $input, $label)
    $choice.dataset.option = option
    return $choice
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
    const $title = $section.querySelector("h2")
    $title?.replaceWith(element("h1", { tabIndex: -1 }, ...$title.childNodes))
    for (const $heading of $section.querySelectorAll("[role=heading]")) {
      $heading.setAttribute("aria-level", String(Number($heading.getAttribute("aria-level")) - 1))
    }
    const $reasons = element("div", { className: "outcome__reasons" })
    const $stays = element("p", { className: "outcome__stays", textContent: this.word("stays") })
    const $told = status("span", "outcome__told")
    $told.id = `told-${$section.dataset.outcome}`
    const $buttons = element(
      "p",
      { className: "outcome__buttons" },
      this.button("print", () => print(), "button button--quiet"),
      this.button("copy", () => this.copy($section, $told), "button button--quiet"),
      $told,
    )
    const $copies = element("div", { className: "outcome__copies" }, $buttons)
    const $again = this.button("again", () => this.startAgain(), "button button--quiet")
    const isOffered = "offersCopy" in $section.dataset
    if (isOffered) $section.querySelector("[data-time]")?.before($copies, $stays)
    $section.append($reasons, ...(isOffered ? [$again] : [this.details("keep", $stays, $copies), $again]))
  }

  /** @param {string} word @param {...Node} $inside */
  details(word, ...$inside) {
    return element("details", {}, element("summary", { textContent: this.word(word) }), ...$inside)
  }

  /** @param {string} name @param {() => void} act @param {string} className */
  button(name, act, className) {
    return button(this.word(name), act, className)
  }

  /** @param {string} name @param {Record<string, string | number>} [fill] */
  word(name, fill) {
    return word(name, fill)
  }

  /** @param {string} id */
  left(id) {
    const most = mostLeft(this.tree, id, walk(this.tree, this.answersBefore(id)).facts)
    return most === 1 ? this.word("last") : this.word("left", { n: most - 1 })
  }

  /** The answers that were given before a question is asked. @param {string} id */
  answersBefore(id) {
    const { path } = walk(this.tree, this.answers)
    const place = path.indexOf(id)
    return Object.fromEntries((place < 0 ? path : path.slice(0, place)).map((asked) => [asked, this.answers[asked]]))
  }

  listen() {
    window.addEventListener("popstate", (event) => this.handlePopstate(event))
    window.addEventListener("pagehide", () => this.cover())
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
    const isMissing = chosen.length === 0 && !this.question(id).many
    this.showError(id, isMissing)
    if (isMissing) return
    const given = answer(this.tree, this.answers, id, chosen)
    this.before = this.answers
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

  undo() {
    this.answers = this.before
    this.goOn()
    this.say(this.word("undone"))
  }

  startAgain() {
    this.forget()
    this.goTo(START)
  }

  forget() {
    this.answers = {}
    this.before = {}
    this.dropped = []
    this.emptyCopy()
    for (const $form of this.$root.querySelectorAll("form")) $form.reset()
    if (this.$answers) this.$answers.replaceChildren()
    this.uncover()
  }

  // --- showing --------------------------------------------------------------------------------

  /** @param {string} view @param {{focus?: boolean}} [options] */
  show(view, { focus = true } = {}) {
    const $before = this.$steps.get(this.view ?? START)
    this.view = view
    this.emptyCopy()
    try {
      this.ready(view)
      if (this.tree.questions.has(view)) this.showQuestion(view)
      if (this.tree.outcomes.has(view)) this.showOutcome(view)
      this.showAnswers(view)
    } catch (error) {
      this.giveUp()
      throw error
    }
    this.showDropped()
    if ($before) $before.hidden = true
    this.$start.hidden = view !== START
    const $now = this.$steps.get(view)
    if ($now) $now.hidden = false
    document.title = this.titleOf(view)
    // Under the cover, as when the browser went back, the place belongs to the step before.
    this.place = undefined
    if (this.isCovered()) this.keepInSight(this.$cover)
    else if (focus) this.focus(view)
  }

  /** The text of all steps is better than half a form. */
  giveUp() {
    this.$root.classList.remove("tree--on")
    for (const $step of this.$steps.values()) $step.hidden = false
  }

  /** @param {string} id */
  showQuestion(id) {
    this.showError(id, false)
    const given = this.answers[id] ?? []
    for (const $input of this.inputs(id)) $input.checked = given.includes($input.value)
    const $left = this.$steps.get(id)?.querySelector(".question__left")
    if ($left) $left.textContent = `${this.stepOf(id)} · ${this.left(id)}`
  }

  /** Shows the sections that apply, those that several plans share moved to their times. @param {string} id */
  showOutcome(id) {
    const $outcome = this.$steps.get(id)
    const applies = sectionsOf(this.tree, walk(this.tree, this.answers))
    const $help = $outcome?.querySelector("[data-help]")
    const $box = $help instanceof HTMLElement && document.getElementById($help.dataset.help ?? "")
    if ($box) $help.replaceChildren($box)
    for (const name of this.tree.outcomes.get(id)?.sections.keys() ?? []) {
      const $part = this.$shared?.get(name)
      if ($part) $outcome?.querySelector(`[data-time="${$part.dataset.at}"]`)?.append($part)
    }
    for (const $part of $outcome?.querySelectorAll("[data-section]") ?? []) {
      if ($part instanceof HTMLElement) $part.hidden = !applies.includes($part.dataset.section ?? "")
    }
    for (const $time of $outcome?.querySelectorAll("[data-time]") ?? []) {
      if ($time instanceof HTMLElement) $time.hidden = !$time.querySelector("[data-section]:not([hidden])")
    }
    $outcome?.querySelector(".outcome__reasons")?.replaceChildren(...this.reasons(id))
  }

  /** Why this result, and what would have changed it. @param {string} id */
  reasons(id) {
    const others = changes(this.tree, this.answers).filter(({ to }) => to !== id)
    const { path } = walk(this.tree, this.answers)
    const decided = path.filter((asked) => others.some(({ question }) => question === asked))
    const $decided = decided.map((asked) => element("li", {}, `${this.asks(asked)} `, element("b", { textContent: this.labels(asked) })))
    const $others = this.ends(others).map(([to, ways]) => {
      const $ways = ways.map((textContent) => element("li", { textContent }))
      return element("li", {}, element("b", { textContent: this.asks(to) }), element("ul", {}, ...$ways))
    })
    return [
      this.details("why", element("p", { textContent: this.word("decided") }), element("ul", {}, ...$decided)),
      ...($others.length ? [this.details("instead", element("ul", {}, ...$others))] : []),
    ]
  }

  /**
   * The outcomes that one other answer would have led to, the nearest first, each with its ways in words.
   * @param {import("./engine.js").Change[]} others
   * @returns {[string, string[]][]}
   */
  ends(others) {
    /** By outcome, then by what would be done otherwise. @type {Map<string, Map<string, Way>>} */
    const ends = new Map()
    for (const { question, chosen, to } of others) {
      if (!this.tree.outcomes.get(to)?.isOffered) continue
      const ways = ends.get(to) ?? new Map()
      const { verb, label } = this.otherwise(question, chosen)
      const way = ways.get(`${verb} ${question}`) ?? { verb, question, labels: [] }
      way.labels.push(`“${label}”`)
      ends.set(to, ways.set(`${verb} ${question}`, way))
    }
    const nearest = [...ends].slice(0, ENDS_SHOWN)
    return nearest.map(([to, ways]) => [to, [...ways.values()].slice(0, WAYS_SHOWN).map((way) => this.inWords(way))])
  }

  /** @param {Way} way */
  inWords({ verb, question, labels }) {
    const answers = labels.slice(0, LABELS_SHOWN).join(` ${this.word("or")} `)
    const more = labels.length > LABELS_SHOWN ? ` ${this.word("orMore")}` : ""
    return this.word(verb, { question: this.asks(question), answers: answers + more })
  }

  /** One answer given otherwise: the word for it and the answer's label. @param {string} id @param {string[]} chosen */
  otherwise(id, chosen) {
    const given = this.answers[id]
    const added = chosen.find((option) => !given.includes(option))
    const verb = this.question(id).many ? (added ? "ticked" : "unticked") : "answered"
    return { verb, label: this.label(id, added ?? given.find((option) => !chosen.includes(option)) ?? "") }
  }

  /** The heading of a question or outcome. @param {string} id */
  asks(id) {
    const own = ":scope > h2, :scope > h1, legend h1"
    return this.$steps.get(id)?.querySelector(own)?.textContent?.trim() ?? ""
  }

  /** @param {string} id @param {string} option */
  label(id, option) {
    const $label = this.$steps.get(id)?.querySelector(`[data-option="${option}"] .option__label`)
    return $label?.textContent?.trim() ?? ""
  }

  /** What was answered, in words. @param {string} id */
  labels(id) {
    return this.answers[id].map((option) => this.label(id, option)).join(", ") || this.word("none")
  }

  /** The title names the step, never the question or an answer. @param {string} view */
  titleOf(view) {
    if (view === START) return this.title
    return `${this.tree.outcomes.has(view) ? this.word("result") : this.stepOf(view)} - ${this.title}`
  }

  /** A question's place on the way, in words. @param {string} id */
  stepOf(id) {
    const { path } = walk(this.tree, this.answers)
    const place = path.indexOf(id)
    return this.word("step", { n: (place < 0 ? path.length : place) + 1 })
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
      ...(this.tree.questions.has(view) ? [this.button("again", () => this.startAgain(), "button button--quiet")] : []),
    )
  }

  /** @param {string} id */
  answerRow(id) {
    const $change = this.button("change", () => this.change(id), "change")
    $change.append(element("span", { className: "visually-hidden", textContent: `: ${this.asks(id)}` }))
    return [element("dt", { textContent: this.asks(id) }), element("dd", {}, this.labels(id), " ", $change)]
  }

  showDropped() {
    const questions = this.dropped.map((id) => `“${this.asks(id)}”`).join(", ")
    this.say(questions && `${this.word("dropped")} ${questions}. `)
    if (questions) this.$dropped?.append(this.button("undo", () => this.undo(), "change"))
    this.dropped = []
  }

  /** Tell something where screen readers hear it. @param {string} words */
  say(words) {
    if (!this.$dropped) return
    this.$dropped.hidden = !words
    this.$dropped.textContent = words
  }

  /** @param {string} view */
  focus(view) {
    const $heading = this.heading(view)
    $heading?.focus()
    $heading?.scrollIntoView({ block: "nearest" })
  }

  /** The heading of what is shown, able to take the focus. @param {string} view */
  heading(view) {
    const $heading = (view === START ? this.$start : this.$steps.get(view))?.querySelector("h1")
    $heading?.setAttribute("tabindex", "-1")
    return $heading
  }

  /** From the top of the page if that will do. @param {HTMLElement | undefined} $part */
  bringInSight($part) {
    scrollTo(0, 0)
    $part?.scrollIntoView({ block: "nearest" })
  }

  /** Also after the browser has gone back to where a step of the history was scrolled. @param {HTMLElement | undefined} $part */
  keepInSight($part) {
    this.bringInSight($part)
    setTimeout(() => this.isCovered() && this.bringInSight($part))
  }

  /** @param {HTMLElement} $section @param {HTMLElement} $told what was done, beside the button */
  async copy($section, $told) {
    const lines = [...$section.querySelectorAll("h1, .outcome__why, [data-time], .worse p")].flatMap(($part) =>
      $part instanceof HTMLElement && !$part.hidden ? this.lines($part) : [],
    )
    const words = lines.join("\n").trim()
    this.emptyCopy()
    this.$told = $told
    const isCopied = await copied(words)
    // By now the page may be covered or show something else.
    if (this.$told !== $told) return
    $told.textContent = this.word(isCopied ? "copied" : "uncopied")
    if (!isCopied) this.offerText(words, $told)
    else $told.scrollIntoView({ block: "nearest" })
  }

  /** What no script may copy, the reader can. @param {string} words @param {HTMLElement} $told */
  offerText(words, $told) {
    this.$text?.remove()
    this.$text = element("textarea", { className: "outcome__text", readOnly: true, rows: 8, value: words })
    this.$text.spellcheck = false
    this.$text.setAttribute("aria-label", this.word("text"))
    this.$text.setAttribute("aria-describedby", $told.id)
    const $copies = $told.closest(".outcome__copies")
    $copies?.append(this.$text)
    this.$text.focus({ preventScroll: true })
    this.$text.select()
    $copies?.scrollIntoView({ block: "nearest" })
  }

  emptyCopy() {
    if (this.$told) this.$told.textContent = ""
    this.$text?.remove()
    this.$told = this.$text = undefined
  }

  /** The words of a part of a result. @param {HTMLElement} $part */
  lines($part) {
    if (!("time" in $part.dataset)) return [$part.textContent?.trim() ?? ""]
    const $lines = $part.querySelectorAll(".plan__time, [data-section]:not([hidden]) :is(.plan__title, li, figcaption, blockquote p)")
    return [...$lines].map(($line) => {
      const words = $line.textContent?.trim() ?? ""
      return $line.matches("li") ? `- ${words}` : $line.matches("[role=heading]") ? `\n${words}` : words
    })
  }

  // --- leaving nothing behind -------------------------------------------------------------------

  isCovered() {
    return this.$cover?.hidden === false
  }

  cover() {
    const $active = document.activeElement
    const hadFocus = this.$root.contains($active)
    this.emptyCopy()
    const isAnswered = Object.keys(this.answers).length > 0 || this.$root.querySelector(":checked")
    if (!this.$cover || !isAnswered) return
    if (!this.isCovered()) {
      const $focused = $active instanceof HTMLElement && hadFocus ? $active : undefined
      this.place = { top: scrollY, $focused }
      this.$cover.hidden = false
      this.$root.classList.add("tree--covered")
      // Else the focus would be lost with what is covered.
      if ($focused) this.$cover.querySelector("h1")?.focus({ preventScroll: true })
    }
    this.bringInSight(this.$cover)
  }

  showAgain() {
    const { place, view = START } = this
    this.uncover()
    if (!place) {
      this.focus(view)
      return
    }
    scrollTo(0, place.top)
    const $focused = place.$focused?.isConnected ? place.$focused : this.heading(view)
    $focused?.focus({ preventScroll: true })
  }

  uncover() {
    this.place = undefined
    if (this.$cover) this.$cover.hidden = true
    this.$root.classList.remove("tree--covered")
  }

  handleVisibility() {
    clearTimeout(this.timer)
    if (document.hidden) {
      this.cover()
      this.hiddenAt = Date.now()
      this.timer = setTimeout(() => this.startOver(), FORGET_AFTER_HIDDEN_MILLISECONDS)
    } else if (this.hiddenAt && Date.now() - this.hiddenAt >= FORGET_AFTER_HIDDEN_MILLISECONDS) {
      this.startOver()
    } else if (this.isCovered()) {
      // A browser may have put back a place of the page that was longer.
      this.bringInSight(this.$cover)
    }
  }

  /** Wipe what was answered without adding to the history. */
  startOver() {
    const isElsewhere = this.view !== START || this.isCovered()
    const focus = this.$root.contains(document.activeElement)
    this.forget()
    this.show(START, { focus })
    if (isElsewhere) this.bringInSight(this.$start)
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
