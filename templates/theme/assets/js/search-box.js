// The search in the header. What it searches with is fetched when somebody first uses the box; what is
// typed stays in the box, and is gone when the page is left.

import { button, element, isOfInputMethod, wording } from "./page.js"

/** @typedef {import("./search-results.js").SearchResults} SearchResults */
/** @typedef {import("./search-engine.js").Answer} Answer */
/** @typedef {import("./search-engine.js").Warning} Warning */

const word = wording("search-box")
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
    /** @type {SearchResults | undefined} */
    this.results = undefined
    /** The danger in the query when it last rested. @type {Warning | undefined} */
    this.danger = undefined
    /** What was learned, once it is here; the next letter brings it in. @type {import("./linear-model.js").ModelData | undefined} */
    this.lesson = undefined
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
    this.$input.addEventListener("input", () => this.handleInput())
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
    // What rests would open it again.
    clearTimeout(this.restTimer)
    this.$panel.hidden = true
  }

  clear() {
    this.wipe()
    this.$input.focus()
  }

  wipe() {
    clearTimeout(this.timer)
    clearTimeout(this.restTimer)
    this.danger = undefined
    this.$input.value = ""
    this.$seen.textContent = this.$status.textContent = ""
    this.$found.replaceChildren()
    this.$clear.hidden = true
    this.close()
  }

  async load() {
    try {
      const [{ SearchEngine }, { SearchResults }, { default: data }, danger] = await Promise.all([
        import("./search-engine.js"),
        import("./search-results.js"),
        import("./search-data.js"),
        this.loadDanger(),
      ])
      const engine = new SearchEngine(data, danger ?? undefined)
      this.results = new SearchResults(engine, this.$root.dataset.base ?? ".", danger !== null)
      this.show({ isTyping: true })
      const { default: lesson } = await import("./search-model.js")
      this.lesson = lesson ?? undefined
    } catch (error) {
      console.error(error)
      // What was learned only adds to what is found without it.
      if (this.results) return
      this.say(word("failed"), 0)
      // The next letter tries again.
      this.loading = undefined
    }
  }

  /**
   * What hears danger; undefined in a guide that has not learned to, null if it did not load.
   * @returns {Promise<import("./danger.js").Danger | undefined | null>}
   */
  async loadDanger() {
    try {
      const [{ Danger }, { default: data }] = await Promise.all([import("./danger.js"), import("./search-danger.js")])
      return data ? new Danger(data) : undefined
    } catch (error) {
      console.error(error)
      return null
    }
  }

  handleInput() {
    // The order of what is found changes with a letter, never by itself.
    if (this.lesson) this.results?.engine.learn(this.lesson)
    this.lesson = undefined
    this.show({ isTyping: true })
  }

  /** @param {{isTyping?: boolean}} [options] whether more may be typed before the query rests */
  show({ isTyping = false } = {}) {
    const query = this.$input.value.trim()
    this.$clear.hidden = query === ""
    if (document.activeElement === this.$input) this.$panel.hidden = false
    clearTimeout(this.restTimer)
    delete this.$root.dataset.searchSettled
    if (!query) this.danger = undefined
    if (this.results && query) {
      this.find(this.results, query, isTyping)
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
   * @param {SearchResults} results
   * @param {string} query
   * @param {boolean} isTyping
   */
  find(results, query, isTyping) {
    if (isTyping) {
      this.restTimer = setTimeout(() => this.show(), REST_MILLISECONDS)
      this.tell(results, results.engine.rank(query), true)
      return
    }
    const { danger, answers } = results.engine.search(query)
    this.danger = danger
    // Somebody may be on a result already.
    const chosen = this.$found.contains(document.activeElement) && document.activeElement?.getAttribute("href")
    this.tell(results, answers, false)
    if (chosen) this.links().find(($link) => $link.getAttribute("href") === chosen)?.focus()
    this.$root.dataset.searchSettled = ""
  }

  /**
   * @param {SearchResults} results
   * @param {Answer[]} all the answers, the best first
   * @param {boolean} isTyping
   */
  tell(results, all, isTyping) {
    const { danger } = this
    const answers = all.filter(({ url }) => danger?.strength !== "sure" || url !== danger.url)
    this.$found.replaceChildren(...results.shown(danger, answers))
    if (isTyping) this.$panel.scrollTop = 0
    const count = answers.length + (danger?.strength === "sure" ? 1 : 0)
    const told = count === 0 ? word("none") : count === 1 ? word("one", { n: count }) : word("many", { n: count })
    // What is urgent is told at once and by name.
    const isSure = danger?.strength === "sure"
    const warning = isSure ? word("danger") : word("perhaps")
    if (danger && !isTyping) this.say(`${warning}: ${danger.title}`, isSure ? 0 : QUIET_MILLISECONDS)
    else if (!danger) this.say(told, QUIET_MILLISECONDS)
    this.$seen.textContent = told
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
