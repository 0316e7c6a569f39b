// The search in the header. What it searches with is fetched when somebody first uses the box; what is
// typed stays in the box, and is gone when the page is left.

import { button, element, isOfInputMethod, wording } from "./page.js"

/** @typedef {import("./search-engine.js").SearchEngine} SearchEngine */
/** @typedef {import("./search-engine.js").Answer} Answer */

const word = wording("search-box")
/** How many answers are shown at once, and how many of them first, in full. */
const MOST = 12
const BEST = 3
/** Nobody wants to hear a number after each letter. */
const QUIET_MILLISECONDS = 700
/** A query rests when nothing was typed for so long. Danger is looked for then, not in half of a word. */
const REST_MILLISECONDS = 400

export class SearchBox {
  static moduleName = "search-box"

  /** @param {HTMLElement} $root the block with the form; `data-base` leads to the first page */
  constructor($root) {
    const $input = $root.querySelector("input")
    const $status = $root.querySelector("[role=status]")
    if (!$input || !$status) throw new Error("search-box: the input or the status is missing")
    /** @type {Promise<void> | undefined} */
    this.loading = undefined
    /** @type {SearchEngine | undefined} */
    this.engine = undefined
    /** The dangers in the query when it last rested. @type {Answer[]} */
    this.dangers = []
    this.$root = $root
    this.$input = $input
    this.$status = $status
    this.$found = element("div", { className: "found" })
    // What is seen changes at once; what is heard waits until the reader stops typing.
    this.$seen = element("p", { className: "search__seen", ariaHidden: "true" })
    this.$panel = element("div", { className: "search__panel", hidden: true }, this.$seen, this.$found)
    this.$clear = button(word("clear"), () => this.clear(), "search__clear")
    this.$clear.hidden = true
    $input.after(this.$clear)
    $root.append(this.$panel)
    this.listen()
    $root.classList.add("search--on")
  }

  listen() {
    this.$input.addEventListener("focus", () => this.open())
    this.$input.addEventListener("input", () => this.show({ isTyping: true }))
    this.$input.form?.addEventListener("submit", (event) => this.handleSubmit(event))
    this.$root.addEventListener("keydown", (event) => this.handleKeydown(event))
    this.$root.addEventListener("focusout", (event) => this.handleFocusout(event))
    this.$found.addEventListener("click", (event) => event.target instanceof HTMLAnchorElement && this.close())
    document.addEventListener("pointerdown", (event) => {
      if (event.target instanceof Node && !this.$root.contains(event.target)) this.close()
    })
    document.addEventListener("leave-page:leaving", () => this.wipe())
    window.addEventListener("pagehide", () => this.wipe())
  }

  open() {
    this.$panel.hidden = false
    this.show()
  }

  close() {
    this.$panel.hidden = true
  }

  clear() {
    this.wipe()
    this.$input.focus()
  }

  wipe() {
    clearTimeout(this.timer)
    clearTimeout(this.restTimer)
    this.dangers = []
    this.$input.value = ""
    this.$seen.textContent = this.$status.textContent = ""
    this.$found.replaceChildren()
    this.$clear.hidden = true
    this.close()
  }

  async load() {
    try {
      const [{ SearchEngine }, { default: data }] = await Promise.all([
        import("./search-engine.js"),
        import("./search-data.js"),
      ])
      this.engine = new SearchEngine(data)
      this.show({ isTyping: true })
    } catch (error) {
      console.error(error)
      this.say(word("failed"), 0)
      // The next letter tries again.
      this.loading = undefined
    }
  }

  /** @param {{isTyping?: boolean}} [options] whether more may be typed before the query rests */
  show({ isTyping = false } = {}) {
    const query = this.$input.value.trim()
    this.$clear.hidden = query === ""
    if (document.activeElement === this.$input) this.$panel.hidden = false
    clearTimeout(this.restTimer)
    delete this.$root.dataset.searchSettled
    if (!query) this.dangers = []
    if (this.engine && query) {
      this.find(this.engine, query, isTyping)
      return
    }
    this.$found.replaceChildren()
    if (!this.loading) {
      this.loading = this.load()
      this.say(query ? word("loading") : word("hint"), 0)
    }
  }

  /**
   * While somebody types, what was found to be dangerous before stays, and nothing new is looked for.
   * @param {SearchEngine} engine
   * @param {string} query
   * @param {boolean} isTyping
   */
  find(engine, query, isTyping) {
    if (isTyping) {
      this.restTimer = setTimeout(() => this.show(), REST_MILLISECONDS)
      this.tell(engine.rank(query), true)
      return
    }
    const { dangers, answers } = engine.search(query)
    this.dangers = dangers
    // Somebody may be on a result already.
    const chosen = this.$found.contains(document.activeElement) && document.activeElement?.getAttribute("href")
    this.tell(answers, false)
    if (chosen) this.links().find(($link) => $link.getAttribute("href") === chosen)?.focus()
    this.$root.dataset.searchSettled = ""
  }

  /**
   * @param {Answer[]} all the answers, the best first
   * @param {boolean} isTyping
   */
  tell(all, isTyping) {
    const { dangers } = this
    const answers = all.filter(({ url }) => !dangers.some((pinned) => pinned.url === url))
    this.$found.replaceChildren(
      ...dangers.map((answer) => this.pinned(answer)),
      ...(answers.length ? this.groups(answers.slice(0, MOST)) : [this.nothing()]),
    )
    if (isTyping) this.$panel.scrollTop = 0
    const count = answers.length + dangers.length
    const told = count === 0 ? word("none") : count === 1 ? word("one", { n: count }) : word("many", { n: count })
    // What is urgent is told at once and by name.
    if (dangers.length && !isTyping) this.say([word("danger"), ...dangers.map(({ title }) => title)].join(": "), 0)
    else if (!dangers.length) this.say(told, QUIET_MILLISECONDS)
    this.$seen.textContent = told
  }

  /**
   * A page that words of danger bring to the top.
   * @param {Answer} answer
   */
  pinned(answer) {
    const { help, emergency = [] } = this.engine ?? {}
    const numbers = emergency.map(([number, country]) => {
      const $call = element("a", { href: `tel:${number}` }, element("b", { textContent: number }), ` ${country}`)
      return element("li", {}, $call)
    })
    const more = help ? [element("p", {}, this.link(help.url, word("urgent")))] : []
    const $numbers = element("ul", { className: "found__numbers" }, ...numbers)
    const $card = this.section(word("danger"), "found__danger", this.entry("div", answer), $numbers, ...more)
    $card.dataset.danger = "sure"
    return $card
  }

  /**
   * The best first, in full; then the others by what they are.
   * @param {Answer[]} answers
   */
  groups(answers) {
    const best = this.list(answers.slice(0, BEST), true)
    /** @type {Map<string, Answer[]>} */
    const others = new Map()
    for (const answer of answers.slice(BEST)) {
      others.set(answer.group, [...(others.get(answer.group) ?? []), answer])
    }
    return [
      this.section(word("best"), "", best),
      ...[...others].map(([group, list]) => this.section(group, "", this.list(list, false))),
    ]
  }

  /**
   * @param {string} label
   * @param {string} className
   * @param {...Node} children
   */
  section(label, className, ...children) {
    const $label = element("p", { className: "found__label", textContent: label })
    const $section = element("section", { className }, $label, ...children)
    $section.setAttribute("aria-label", label)
    return $section
  }

  /**
   * @param {Answer[]} answers
   * @param {boolean} withGroup
   */
  list(answers, withGroup) {
    return element("ul", {}, ...answers.map((answer) => this.result(answer, withGroup)))
  }

  /**
   * An answer in rank order.
   * @param {Answer} answer
   * @param {boolean} withGroup
   */
  result(answer, withGroup) {
    const $entry = this.entry("li", answer, withGroup ? answer.group : "")
    $entry.querySelector("a")?.setAttribute("data-result", "")
    return $entry
  }

  /**
   * @param {"li" | "div"} tag
   * @param {Answer} answer
   * @param {string} [group]
   */
  entry(tag, { url, title, answer }, group) {
    const $title = element("p", { className: "found__title" }, this.link(url, title))
    if (group) $title.append(" ", element("span", { className: "found__group", textContent: group }))
    return element(tag, { className: "found__entry" }, $title, element("p", { textContent: answer }))
  }

  /**
   * @param {string} url relative to the first page
   * @param {string} textContent
   */
  link(url, textContent) {
    const base = (this.$root.dataset.base ?? ".").replace(/\/$/, "")
    return element("a", { href: `${base}/${url}`, textContent })
  }

  nothing() {
    return this.section(word("begin"), "", this.list(this.engine?.begin ?? [], false))
  }

  /**
   * @param {string} words
   * @param {number} after milliseconds
   */
  say(words, after) {
    clearTimeout(this.timer)
    this.$seen.textContent = words
    if (this.$status.textContent !== words) this.timer = setTimeout(() => (this.$status.textContent = words), after)
  }

  /** @param {Event} event */
  handleSubmit(event) {
    event.preventDefault()
    this.show()
    this.links()[0]?.focus()
  }

  links() {
    return [...this.$found.querySelectorAll("a")]
  }

  /** @param {KeyboardEvent} event */
  handleKeydown(event) {
    if (isOfInputMethod(event)) return
    if (event.key === "Escape" && !this.$panel.hidden) {
      this.$input.focus()
      this.close()
      event.preventDefault()
    } else if ((event.key === "ArrowDown" || event.key === "ArrowUp") && !this.$panel.hidden) {
      const stops = [this.$input, ...this.links()]
      const at = stops.findIndex(($stop) => $stop === document.activeElement)
      const next = stops[(at + (event.key === "ArrowDown" ? 1 : stops.length - 1)) % stops.length]
      next.focus()
      event.preventDefault()
    }
  }

  /** @param {FocusEvent} event */
  handleFocusout(event) {
    const goesElsewhere = event.relatedTarget instanceof Node && !this.$root.contains(event.relatedTarget)
    if (goesElsewhere) this.close()
  }
}
