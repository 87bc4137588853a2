// Shows the page it is sent in a frame without an origin; scripts run in it only when that was asked for.
// Parsed here and not in the app, whose policy would complain of every style of a stranger.

/** Elements that make a browser ask other hosts even where it may load nothing from them, or lead elsewhere by themselves. */
const REMOVED = 'link, base, meta[http-equiv]'

const LOADS_NOTHING =
  "default-src 'none'; style-src 'unsafe-inline'; img-src data:; font-src data:; media-src data:"

function addRule(page, name, content) {
  const rule = page.createElement('meta')
  rule.httpEquiv = name
  rule.content = content
  page.head.prepend(rule)
}

/** A page as it may be shown: whatever frame it is in, it loads nothing. */
function inert(html, scripts) {
  const page = new DOMParser().parseFromString(html, 'text/html')
  for (const element of page.querySelectorAll(REMOVED)) element.remove()
  addRule(page, 'x-dns-prefetch-control', 'off')
  addRule(page, 'Content-Security-Policy', LOADS_NOTHING + (scripts ? "; script-src 'unsafe-inline'" : ''))
  return `<!doctype html>${page.documentElement.outerHTML}`
}

addEventListener('message', ({ source, data }) => {
  if (source !== parent) return
  const scripts = data.scripts === true
  const frame = document.createElement('iframe')
  frame.setAttribute('sandbox', scripts ? 'allow-scripts' : '')
  frame.title = 'A logged page'
  frame.srcdoc = inert(String(data.html), scripts)
  document.body.replaceChildren(frame)
})
