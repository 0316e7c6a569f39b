// What several components do with the page: make an element, speak the words that the page gives them, copy,
// tell keys apart.

/** @typedef {(name: string, fill?: Record<string, string | number>) => string} Word */

/** What scripts say, by component and name. @type {Record<string, Record<string, string>>} */
const island = JSON.parse(document.getElementById("words")?.textContent ?? "{}")

/**
 * @template {keyof HTMLElementTagNameMap} Tag
 * @param {Tag} tag
 * @param {Partial<HTMLElementTagNameMap[Tag]>} properties
 * @param {...(Node | string)} children
 * @returns {HTMLElementTagNameMap[Tag]}
 */
export function element(tag, properties, ...children) {
  const $made = Object.assign(document.createElement(tag), properties)
  $made.append(...children)
  return $made
}

/**
 * A button that does something on this page.
 * @param {string} textContent
 * @param {() => void} act
 * @param {string} className
 */
export function button(textContent, act, className) {
  const $button = element("button", { type: "button", className, textContent })
  $button.addEventListener("click", act)
  return $button
}

/**
 * A place in which something is told, also to screen readers.
 * @template {keyof HTMLElementTagNameMap} Tag
 * @param {Tag} tag
 * @param {string} className
 */
export function status(tag, className) {
  const $status = element(tag, {})
  $status.className = className
  $status.setAttribute("role", "status")
  return $status
}

/**
 * What gives a component its words by their names, with what stands in braces filled in. A word that the page
 * does not have is a mistake, and no name of one is shown to a reader. Names are written out where they are
 * asked for: a test compares them with the page.
 * @param {string} component
 * @returns {Word}
 */
export function wording(component) {
  return (name, fill = {}) => {
    const words = island[component]?.[name]
    if (!words) throw new Error(`no word: ${component} ${name}`)
    return words.replace(/\{(\w+)\}/g, (_, key) => String(fill[key]))
  }
}

/**
 * Put words on the clipboard; says whether they are there. Where a page came without https there is no
 * clipboard, and a browser may refuse.
 * @param {string} words
 */
export async function copied(words) {
  try {
    await navigator.clipboard.writeText(words)
    return true
  } catch {
    return false
  }
}

/**
 * Whether words have something that readers fill in before they send them.
 * @param {Element} $words
 */
export function hasBlanks($words) {
  return $words.querySelector(".blank") !== null
}

/**
 * Whether a key goes to an input method, which makes one letter of several keys. Some browsers say so by the
 * key or its old number only (UI Events, "keydown during composition").
 * @param {KeyboardEvent} event
 */
export function isOfInputMethod(event) {
  return event.isComposing || event.key === "Process" || event.keyCode === 229
}
