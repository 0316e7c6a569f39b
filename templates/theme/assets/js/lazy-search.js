// Material's search, fetched when somebody first uses the box and not before: a page that is only
// read needs neither the script nor the index.

const SINGLE_KEYS = new Set([",", ".", "/", "f", "n", "p", "s"])

export class LazySearch {
  static moduleName = "lazy-search"

  /** @param {HTMLElement} $root the search block, with the script's address in `data-script` */
  constructor($root) {
    const $input = $root.querySelector("input")
    const $clear = $root.querySelector("button")
    const $toggle = document.querySelector("[data-md-toggle=search]")
    if (!$input || !$clear || !($toggle instanceof HTMLInputElement)) {
      throw new Error("lazy-search: the input, its button or the switch is missing")
    }
    this.$root = $root
    this.$input = $input
    this.$clear = $clear
    this.$toggle = $toggle
    $input.addEventListener("focus", () => this.load(), { once: true })
    $input.addEventListener("input", () => this.handleInput())
    $input.form?.addEventListener("submit", (event) => event.preventDefault())
    $clear.addEventListener("click", () => ($clear.hidden = true))
    $root.addEventListener("keydown", (event) => event.key === "Escape" && this.close())
    document.addEventListener("pointerdown", (event) => this.handleElsewhere(event))
    $root.addEventListener("focusout", (event) => this.handleFocusout(event))
    window.addEventListener("keydown", (event) => this.guardKeys(event), true)
    $root.classList.add("search--on")
  }

  load() {
    this.keepNothing()
    const $script = document.createElement("script")
    $script.src = this.$root.dataset.script ?? ""
    $script.addEventListener("load", () => this.repeatTyping())
    document.head.append($script)
  }

  /** Material's script would read and write the browser's storage; it gets these instead. */
  keepNothing() {
    Object.assign(window, {
      __md_scope: new URL(".", location.href),
      __md_hash: () => 0,
      __md_get: () => null,
      __md_set: () => undefined,
    })
  }

  /** What was typed while the script was on its way counts too. */
  repeatTyping() {
    this.$input.dispatchEvent(new Event("focus"))
    this.$input.dispatchEvent(new KeyboardEvent("keyup", { bubbles: true }))
  }

  handleInput() {
    this.$clear.hidden = this.$input.value === ""
    if (this.$input.value && !this.$toggle.checked) this.$toggle.click()
  }

  /** @param {PointerEvent} event */
  handleElsewhere(event) {
    if (event.target instanceof Node && !this.$root.contains(event.target)) this.close()
  }

  /** @param {FocusEvent} event */
  handleFocusout(event) {
    const goesElsewhere = event.relatedTarget instanceof Node && !this.$root.contains(event.relatedTarget)
    if (goesElsewhere) this.close()
  }

  close() {
    if (this.$toggle.checked) this.$toggle.click()
  }

  /**
   * Material gives single letters a meaning on the whole page, also while a choice has the focus.
   * WCAG 2.2, 2.1.4 Character Key Shortcuts.
   * @param {KeyboardEvent} event
   */
  guardKeys(event) {
    const inBox = event.target instanceof Node && this.$root.contains(event.target)
    if (!inBox && SINGLE_KEYS.has(event.key.toLowerCase())) event.stopPropagation()
  }
}
