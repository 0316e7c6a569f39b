// A walk through the decision tree, as fast as the page goes, and what it has come to; for test_browser.py.
// Kept in the page, since functions are quicker the more often they were called.

window.walking ??= (() => {
  const all = (selector, root = document) => [...root.querySelectorAll(selector)]
  const isSeen = (part) => part.offsetParent !== null

  function press(words) {
    all("button").find((button) => button.textContent === words && isSeen(button)).click()
  }

  /** Answer whatever is asked; gives the questions. */
  function goToTheEnd(answers) {
    const path = []
    // All are there from the beginning, and to look for them anew took a fifth of a walk.
    const questions = all("[data-question]")
    for (let asked = questions.find(isSeen); asked; asked = questions.find(isSeen)) {
      const { question } = asked.dataset
      if (path.includes(question)) throw new Error(`asked twice: ${question}`)
      path.push(question)
      for (const option of answers[question].length ? answers[question] : [""]) {
        asked.querySelector(`input[value="${option}"]`).click()
      }
      asked.querySelector("button[type=submit]").click()
    }
    return path
  }

  /** Give other answers to the question that is shown. */
  function choose(options) {
    const asked = all("[data-question]").find(isSeen)
    const chosen = options.length ? options : [""]
    for (const input of all("input", asked)) {
      const isToBe = chosen.includes(input.value)
      // Of radio buttons one can be chosen, but none be taken back.
      if (isToBe !== input.checked && (isToBe || input.type === "checkbox")) input.click()
    }
    asked.querySelector("button[type=submit]").click()
  }

  /** What a reader gets who starts and answers so. */
  function walk(answers) {
    press("Start")
    return { path: goToTheEnd(answers), ...plan() }
  }

  /** The same, for somebody who then starts again. */
  function thereAndBack(answers) {
    const found = walk(answers)
    press("Start again")
    return found
  }

  /** The plan that is shown, and what else is. */
  function plan() {
    const [shown, ...others] = all("[data-question], [data-outcome]").filter(isSeen)
    const words = (part) => part.textContent.trim()
    const sections = all("[data-section]", shown).filter(isOfThePlan)
    return {
      end: shown.dataset.outcome,
      others: others.length,
      answers: all(".tree__answers dt").length,
      sections: sections.map((part) => part.dataset.section),
      first: all(".first li", shown).map(words),
      urgency: words(shown.querySelector(".urgency")),
      left: sections.map((part) => all("[data-first]", part).map(words)),
      before: beforeTheFirstLink(shown),
      text: shown.textContent,
      emergency: all(".emergency b", shown).map((number) => number.textContent),
      lines: all(".country:not([hidden])", shown).map(linesOf),
    }
  }

  /** Whether a part applies. Of a time that is not shown only such as say nothing: all of theirs stands at the head. */
  function isOfThePlan(part) {
    return !part.hidden && !(part.closest("[hidden]") && part.querySelector("li, figure, .plan__reminder, .plan__read"))
  }

  /** Who helps in a country, as its fold shows it. */
  function linesOf(country) {
    return all(".line:not([hidden])", country).map((line) => line.querySelector("strong").textContent)
  }

  function beforeTheFirstLink(part) {
    const before = document.createRange()
    before.setStart(part, 0)
    const link = all("a", part).find((one) => one.checkVisibility())
    if (link) before.setEndBefore(link)
    return before.toString()
  }

  /** Whether nothing of these is to be seen. */
  function isCovered(selector) {
    return !all(selector).some((part) => part.checkVisibility())
  }

  return { choose, goToTheEnd, isCovered, plan, press, thereAndBack, walk }
})()
