// What is folded is printed too, and opened by a link that leads into it, also in browsers that do neither
// by themselves.

export class Folds {
  static moduleName = "folds"

  /** @param {HTMLElement} $root the text of the page */
  constructor($root) {
    this.$root = $root
    /** @type {HTMLDetailsElement[]} */
    let opened = []
    window.addEventListener("beforeprint", () => {
      opened = [...$root.querySelectorAll("details")].filter(($details) => !$details.open)
      for (const $details of opened) $details.open = true
    })
    window.addEventListener("afterprint", () => {
      for (const $details of opened) $details.open = false
    })
    window.addEventListener("hashchange", () => this.openTarget())
    this.openTarget()
  }

  /** Opens what hides the part that the address names, and shows that part. */
  openTarget() {
    const $target = document.getElementById(location.hash.slice(1))
    if (!$target || !this.$root.contains($target)) return
    let isOpened = false
    for (let $fold = $target.closest("details"); $fold; $fold = $fold.parentElement?.closest("details") ?? null) {
      isOpened ||= !$fold.open
      $fold.open = true
    }
    if (isOpened) $target.scrollIntoView()
  }
}
