import { render } from 'solid-js/web'
import '../../../src/styles/fonts.css'
import '../../../src/styles/tokens.css'
import '../../../src/styles/base.css'
import { Gallery } from './gallery.tsx'

/** Pictures that change at once are drawn over several frames. */
const FRAMES = 20

const root = document.querySelector('#app')
if (root === null) throw new Error('gallery.html has no #app')
render(() => <Gallery />, root)

await document.fonts.ready
for (let frame = 0; frame < FRAMES; frame += 1) await new Promise(requestAnimationFrame)
document.documentElement.dataset['idle'] = 'true'
