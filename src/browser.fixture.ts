// What the browser does for a modal dialog, which the DOM of the tests does not: HTML, “The dialog element”.

const FOCUSABLE =
  '[autofocus], button:not(:disabled), input:not(:disabled), select, textarea, a[href], [tabindex="0"]'
const openers = new WeakMap<HTMLDialogElement, Element | null>()

HTMLDialogElement.prototype.showModal = function showModal() {
  if (this.open) throw new DOMException('It is open.', 'InvalidStateError')
  openers.set(this, document.activeElement)
  this.setAttribute('open', '')
  const target = this.querySelector<HTMLElement>('[autofocus]') ?? this.querySelector<HTMLElement>(FOCUSABLE)
  target?.focus()
}

HTMLDialogElement.prototype.close = function close() {
  if (!this.open) return
  this.removeAttribute('open')
  const opener = openers.get(this)
  // One that was taken out of the page is modal no more and gives nothing back.
  if (this.isConnected && opener instanceof HTMLElement) opener.focus()
  setTimeout(() => this.dispatchEvent(new Event('close')))
}

addEventListener('keydown', (event) => {
  const top = [...document.querySelectorAll('dialog')].findLast(({ open }) => open)
  if (event.key !== 'Escape' || event.defaultPrevented || top === undefined) return
  if (top.dispatchEvent(new Event('cancel', { cancelable: true }))) top.close()
})
