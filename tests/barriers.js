// What bars somebody from a page by axe, as sentences: by the rules that are there, or only by those of colours.
//
// axe judges a tree of all parts of a page, and to make it of parts that are not displayed (most steps of the decision
// tree) took nearly all the time. So they are taken out, and the rules that judge them too get the whole page besides.
async ({ tags, ofColours, onlyColours }) => {
  const runOnly = onlyColours ? ofColours : tags
  const isDisplayed = (part) => getComputedStyle(part).display !== "none"
  // Those of colours say that they judge every part, and pass over what is not displayed.
  const judgesTheWhole = ({ id, excludeHidden }) => !excludeHidden && !ofColours.includes(id)

  const barriers = async (rules) => {
    const { violations } = await axe.run({ runOnly, resultTypes: ["violations"], rules })
    return violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html.slice(0, 120)}`))
  }
  const takenOut = []
  const takeOut = (part) => {
    // Not if it is in one that is out already.
    if (!part.isConnected) return
    const place = new Comment()
    part.replaceWith(place)
    takenOut.push([place, part])
  }

  const found = []
  if (!onlyColours) {
    const others = axe._audit.rules.filter((rule) => !judgesTheWhole(rule))
    found.push(...(await barriers(Object.fromEntries(others.map(({ id }) => [id, { enabled: false }])))))
  }
  const parts = [...document.body.querySelectorAll(":not(script, style, link)")]
  parts.filter((part) => !isDisplayed(part)).forEach(takeOut)
  try {
    found.push(...(await barriers({})))
  } finally {
    for (const [place, part] of takenOut) place.replaceWith(part)
  }
  return [...new Set(found)]
}
