// What is folded is printed too, also by browsers whose stylesheets cannot unfold it.

export class OpenForPrint {
  static moduleName = "open-for-print"

  /** @param {HTMLElement} $root the text of the page */
  constructor($root) {
    /** @type {HTMLDetailsElement[]} */
    let opened = []
    window.addEventListener("beforeprint", () => {
      opened = [...$root.querySelectorAll("details")].filter(($details) => !$details.open)
      for (const $details of opened) $details.open = true
    })
    window.addEventListener("afterprint", () => {
      for (const $details of opened) $details.open = false
    })
  }
}
