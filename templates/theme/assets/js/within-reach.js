// The links in the strip: to the top, to the search, to help. They lead there by themselves; this keeps them out
// of the address and the history, and shows the search where a page has put it away.

export class WithinReach {
  static moduleName = "within-reach"

  /** @param {HTMLElement} $root the strip's links */
  constructor($root) {
    this.lead($root, "#top", ($top) => $top.focus({ preventScroll: true }))
    this.lead($root, "#search", ($search) => this.search($search))
  }

  /**
   * @param {HTMLElement} $root
   * @param {string} address of a part of this page
   * @param {($part: HTMLElement) => void} arrive
   */
  lead($root, address, arrive) {
    $root.querySelector(`a[href="${address}"]`)?.addEventListener("click", (event) => {
      const $part = document.querySelector(address)
      if (!($part instanceof HTMLElement)) return
      event.preventDefault()
      scrollTo(0, 0)
      arrive($part)
    })
  }

  /** @param {HTMLElement} $search */
  search($search) {
    $search.classList.add("search--asked")
    $search.querySelector("input")?.focus()
  }
}
