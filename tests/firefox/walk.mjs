// Walks through the questions in Firefox as a reader would: with Back, a change, its undoing, and Leave.

import assert from "node:assert/strict"

import puppeteer from "puppeteer-core"

const LEAVE = "https://www.wikipedia.org/"
const offline = process.argv[2]
const address = process.argv[3]
const browser = await puppeteer.launch({ browser: "firefox", executablePath: process.env.FIREFOX, headless: true })
const page = await browser.newPage()
const foreign = []
await page.setRequestInterception(true)
page.on("request", (request) => {
  // What has no host, such as the browser's own font for an empty page, asks nobody.
  if ([address, "data:", "file:"].some((own) => request.url().startsWith(own))) return request.continue()
  foreign.push(request.url())
  return request.respond({ status: 200, contentType: "text/html", body: "<title>Elsewhere</title>" })
})
const errors = []
page.on("pageerror", (error) => errors.push(String(error)))

/** Presses the button that is on the screen and says these words. */
const press = async (words) => {
  await page.evaluate((said) => {
    const shown = [...document.querySelectorAll("button")].filter((button) => button.offsetParent !== null)
    shown.find((button) => button.textContent === said || button.textContent.startsWith(`${said}:`)).click()
  }, words)
}
const shown = () =>
  page.evaluate(() => {
    const steps = [...document.querySelectorAll("[data-question], [data-outcome]")]
    const found = steps.filter((step) => step.offsetParent !== null)
    return found.map((step) => step.dataset.question ?? step.dataset.outcome).join()
  })
const until = (step) =>
  page.waitForFunction(
    (wanted) => document.querySelector(`[data-question="${wanted}"], [data-outcome="${wanted}"]`).offsetParent,
    {},
    step,
  )
/** What the page itself says of its address; nothing while it changes. */
const here = () => page.evaluate(() => location.href).catch(() => "")
/** Leaving a walk goes back through it first, which is a navigation too, so the address itself is waited for. */
const elsewhere = async () => {
  for (let tries = 0; tries < 100 && (await here()) !== LEAVE; tries += 1) await new Promise((done) => setTimeout(done, 100))
  assert.equal(await here(), LEAVE)
}
/** Chooses these options, or "None of these"; what was chosen before, on the way back, stays so. */
const give = async (...options) => {
  const question = await shown()
  for (const option of options.length ? options : [""]) {
    const choice = `#choice-${question}-${option}`
    if (!(await page.$eval(choice, (input) => input.checked))) await page.click(choice)
  }
  await press("Continue")
}

await page.goto(`${address}/privacy/`)
await page.goto(`${address}/decide/`)
assert.equal(await shown(), "", "nothing of the tree shows before the start")
await press("Start")
await give("in-it")
await give()
assert.equal(await shown(), "harm-by-you")
await page.goBack()
await until("harm-to-you")
await page.goBack()
await until("where-now")
assert.ok(await page.$eval("#choice-where-now-in-it", (input) => input.checked), "the answer is still chosen")
await give("in-it")
await give()
await give()
await give()
await give("neither")
await give("children", "friends")
await give("urge")
await give("missing-them")
assert.equal(await shown(), "plan-ride-it-out")
const parts = await page.evaluate(() =>
  [...document.querySelectorAll("[data-section]")].filter((part) => !part.closest("[hidden]")).map((part) => part.dataset.section),
)
assert.ok(parts.includes("ties-calm/0") && !parts.includes("ties-calm/5"), "the plan has what is shared, and no more")
console.log("walk: a plan with", parts.length, "parts")

await press("Change")
await give("in-danger")
assert.equal(await shown(), "which-danger")
await press("Undo this change")
assert.equal(await shown(), "plan-ride-it-out")
assert.ok(page.url().endsWith("/decide/"), "no answer in the address")
assert.deepEqual(await page.evaluate(() => [document.cookie, localStorage.length, sessionStorage.length]), ["", 0, 0])
console.log("change and undo: as before")

assert.deepEqual(foreign, [], "nothing was asked of another host")
await page.click(".leave__link")
await elsewhere()
await page.goBack()
assert.ok(page.url().endsWith("/privacy/"), `Back shows no question after leaving, but ${page.url()}`)
console.log("leaving: Back shows the page before the questions")

await page.goto(`${address}/help/`)
await page.goto(`${address}/maintaining/they-write/`)
await page.keyboard.press("Tab")
assert.equal(await page.evaluate(() => document.activeElement.className), "leave__link", "leaving comes first")
const blank = await page.evaluate(() => {
  document.querySelector(".leave__link").click()
  return [document.body.offsetParent, document.documentElement.innerText.trim(), document.title.trim()]
})
assert.deepEqual(blank, [null, "", "\u200b"], "the page is blank before the next frame")
await elsewhere()
await page.evaluate(() => history.back())
// A page from the back/forward cache is not told as a navigation, so it is asked for what it shows.
await page.waitForFunction(() => location.href !== "https://www.wikipedia.org/", { polling: 100 })
assert.ok(await page.evaluate(() => location.pathname === "/help/"), "Back does not show the page that was left")
for (let presses = 0; presses < 3; presses += 1) await page.keyboard.press("Shift")
await elsewhere()
console.log("leaving: an ordinary page, by the link and by Shift")

await page.goto(`${address}/`)
await page.click("input[type=search]")
await page.keyboard.type("he txted me wat do i say")
await page.waitForSelector(".found__title a")
await page.keyboard.press("ArrowDown")
await page.keyboard.press("Enter")
await page.waitForFunction(() => location.pathname !== "/")
assert.ok(!page.url().includes("txted"), "what was typed is not in the address")
console.log("search: leads to", new URL(page.url()).pathname)

await page.goto(`file://${offline}/index.html`)
await page.click("input[type=search]")
await page.keyboard.type("telling")
await page.waitForSelector(".found__title a")
await page.goto(`file://${offline}/decide.html`)
await press("Start")
assert.equal(await shown(), "where-now")
await page.waitForFunction(() => document.fonts.status === "loaded")
const fonts = await page.evaluate(() => [...document.fonts].filter((font) => font.status === "loaded").map((font) => font.family))
for (const name of ["Newsreader", "Atkinson Hyperlegible Next"]) assert.ok(fonts.join().includes(`"${name}"`), `no ${name}`)
console.log("offline: search, questions and fonts work from a folder")

assert.deepEqual(errors, [])
await browser.close()
console.log("Firefox: all is well")
