// What is wrong with a page, as sentences; run in the page by test_everybody.py.
() => {
  const faults = []
  const shown = (element) => element.checkVisibility({ visibilityProperty: true, opacityProperty: true })
  const named = (element) => element.outerHTML.slice(0, 90)
  const all = (selector) => [...document.querySelectorAll(selector)].filter(shown)
  if (document.documentElement.scrollWidth > innerWidth) faults.push("scrolls sideways")
  if (document.documentElement.lang !== "en") faults.push("names no language")
  const headings = all("h1, h2, h3, h4, h5, h6")
  if (headings.filter((heading) => heading.tagName === "H1").length !== 1) faults.push("has not one h1")
  headings.reduce((before, heading) => {
    const level = Number(heading.tagName[1])
    if (level > before + 1) faults.push(`skips a level at ${named(heading)}`)
    return level
  }, 0)
  for (const landmark of ["header", "main", "footer"])
    if (all(landmark).length !== 1) faults.push(`has not one ${landmark}`)
  const labels = all("nav").map((nav) => nav.getAttribute("aria-label"))
  if (new Set(labels).size !== labels.length || labels.includes(null)) faults.push("has navigations of one name")
  for (const link of all("a"))
    if (!link.textContent.trim()) faults.push(`has a link without words: ${named(link)}`)
  const words = all("main a").map((link) => link.textContent.trim().toLowerCase())
  for (const vague of ["here", "click here", "more", "read more", "link", "this page"])
    if (words.includes(vague)) faults.push(`a link says only "${vague}"`)
  const ids = [...document.querySelectorAll("[id]")].map((element) => element.id)
  const seen = new Set()
  for (const id of ids) {
    if (seen.has(id)) faults.push(`has two things called ${id}`)
    seen.add(id)
  }
  const controls = "button, .button, .choice, summary, input[type=search], .leave__link, .reach a, .question__back"
  const targets = `${controls}, .cards li, .top a, .foot__links a, .emergency a`
  // On a low screen the text comes before the frame (WCAG 2.2, 2.5.8 asks for 24).
  const least = (target) => (innerHeight <= 400 && target.matches(".top a, .leave__link, .reach a") ? 24 : 43.9)
  for (const target of all(targets)) {
    const { height } = target.getBoundingClientRect()
    if (height < least(target)) faults.push(`is ${height.toFixed(1)} pixels high: ${named(target)}`)
  }
  return faults
}
