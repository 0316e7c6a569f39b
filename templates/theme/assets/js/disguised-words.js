// Words of danger that readers disguise, as they learn to where filters delete them: "k!ll", "su1cide", "r*pe",
// "k i l l". Pure: which words are meant is asked of the caller, so that "gr8" or "day 30" stay as they are.

/** @typedef {{words: string[], has: (word: string) => boolean}} Meant some words, and whether a word is a form of one */

/** What stands for which letters; lookalikes of other alphabets too (Unicode TR 39 calls them confusables). */
const LETTERS = new Map(Object.entries({
  0: "o", 1: "il", 3: "e", 4: "a", 5: "s", 7: "t", 8: "b", 9: "g",
  "@": "a", "$": "s", "!": "il", "|": "il", "+": "t", "€": "e", "£": "l",
  "а": "a", "е": "e", "о": "o", "р": "p", "с": "c", "у": "y", "х": "x", "і": "i", "ѕ": "s", "ı": "i",
}))
/** Signs that stand between the letters of a word, or for a letter that is left out. */
const BETWEEN = /[._\-~/\\]/g
const LEFT_OUT = /[*#?]+/g
/** More ways to read a word than this, and it is no word. */
const MOST_READINGS = 32

/**
 * A text in which disguised words are written out.
 * @param {string} text in small letters, without accents
 * @param {Meant} meant the words that may have been meant
 * @returns {string}
 */
export function undisguised(text, meant) {
  // Not by a look behind: browsers of 2022 and older stop at it.
  const apart = /(^|[^a-z])([a-z](?:[\s._\-*]+[a-z](?![a-z])){2,})/g
  const joined = text.replace(apart, (_, before, letters) => before + parted(letters, meant))
  return joined.split(/\s+/).map((chunk) => wordIn(chunk, meant)).join(" ")
}

/**
 * Letters with spaces between as the words that they spell; as they are if they spell none.
 * @param {string} letters
 * @param {Meant} meant
 */
function parted(letters, meant) {
  const row = letters.replace(/[^a-z]/g, "")
  /** The words up to each letter. @type {(string[] | undefined)[]} */
  const words = [[]]
  for (let end = 1; end <= row.length; end++) {
    for (let start = 0; start < end && !words[end]; start++) {
      const word = row.slice(start, end)
      const before = words[start]
      if (before && (meant.has(word) || (word.length === 1 && start === 0))) words[end] = [...before, word]
    }
  }
  return words[row.length]?.some((word) => word.length > 1) ? (words[row.length] ?? []).join(" ") : letters
}

/**
 * @param {string} chunk what stands between two spaces
 * @param {Meant} meant
 */
function wordIn(chunk, meant) {
  if (/^[a-z]*$/.test(chunk) || !/[a-z]/.test(chunk)) return chunk
  // Signs at the end are most often no letters: "help!" and "die?".
  for (const inner of [chunk, chunk.replace(/^[^a-z0-9]+|[^a-z0-9]+$/g, "")]) {
    const found = readings(inner.replace(BETWEEN, "")).find((word) => meant.has(word)) ?? gapped(inner, meant)
    if (found) return found
  }
  return chunk
}

/**
 * Every way to read signs and digits as letters.
 * @param {string} word
 */
function readings(word) {
  let found = [""]
  for (const sign of word) {
    const letters = /[a-z]/.test(sign) ? sign : (LETTERS.get(sign) ?? "")
    found = [...letters].flatMap((letter) => found.map((start) => start + letter)).slice(0, MOST_READINGS)
  }
  return found
}

/**
 * The word of which letters are left out, as in "r*pe"; at least two must be there.
 * @param {string} word
 * @param {Meant} meant
 */
function gapped(word, meant) {
  if (!LEFT_OUT.test(word) || word.replace(/[^a-z]/g, "").length < 2 || /[^a-z*#?]/.test(word)) return undefined
  const pattern = new RegExp(`^${word.replace(LEFT_OUT, (signs) => `[a-z]{1,${signs.length + 1}}`)}$`)
  return meant.words.find((known) => pattern.test(known))
}
