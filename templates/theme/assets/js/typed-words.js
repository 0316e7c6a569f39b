// The words in what somebody typed. Pure, and needs no other module.

/** Accents, every sign that readers type for an apostrophe, and what is not seen, such as a soft hyphen. */
const DROPPED = /[\u0300-\u036f'`\u00b4\u02bc\u2018\u2019\u2032\u00ad\u200b-\u200f\u2060\ufeff]/g

/**
 * Small letters without accents, apostrophes and unseen signs.
 * @param {string} text
 */
export function folded(text) {
  // An acute accent by itself would become a space with an accent.
  return text.toLowerCase().replace(DROPPED, "").normalize("NFKD").replace(DROPPED, "")
}

/**
 * Small letters, no accents, no apostrophes; "heeelp" is "help", and "3am" is "3 am".
 * @param {string} text
 * @returns {string[]}
 */
export function wordsOf(text) {
  return folded(text).replace(/([a-z])\1{2,}/g, "$1").match(/[a-z]+|[0-9]+/g) ?? []
}
