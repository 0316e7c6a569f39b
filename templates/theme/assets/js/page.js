// What several components do with the page: make an element, speak the words that the page gives them, copy,
// tell keys apart.

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
 * A word or sentence that stands in an element's `data-say-…`, with what stands in braces filled in.
 * @param {HTMLElement} $root
 * @param {string} name
 * @param {Record<string, string | number>} [fill]
 */
export function word($root, name, fill = {}) {
  const words = $root.dataset[`say${name[0].toUpperCase()}${name.slice(1)}`] ?? name
  return words.replace(/\{(\w+)\}/g, (_, key) => String(fill[key]))
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
 * Whether a key goes to an input method, which makes one letter of several keys. Some browsers say so by the
 * key or its old number only (UI Events, "keydown during composition").
 * @param {KeyboardEvent} event
 */
export function isOfInputMethod(event) {
  return event.isComposing || event.key === "Process" || event.keyCode === 229
}
