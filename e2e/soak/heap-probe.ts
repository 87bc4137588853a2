import type { Page } from 'playwright'

const ANSWER_MS = 20_000

/** What a thread holds after its garbage was collected. Unit: bytes. */
export interface HeapUsage {
  /** Objects of JavaScript. */
  readonly js: number
  /** What typed arrays and buffers hold outside it, the memory of WebAssembly not included. */
  readonly buffers: number
  readonly wasm: number
}

export interface ThreadUsage extends HeapUsage {
  readonly thread: 'page' | 'worker'
}

/** Measures the heaps of a page and of every worker it starts. */
export interface HeapProbe {
  measure(): Promise<readonly ThreadUsage[]>
}

type Send = (method: string, params?: object) => Promise<unknown>

interface WorkerAnswer {
  readonly id?: number
  readonly result?: unknown
  readonly error?: { readonly message: string }
}

/** Must be opened before the page starts workers. */
export async function openHeapProbe(page: Page): Promise<HeapProbe> {
  const devTools = await page.context().newCDPSession(page)
  const workers = new Map<string, Send>()
  const answers = new Map<number, (answer: WorkerAnswer) => void>()
  let lastId = 0

  devTools.on('Target.attachedToTarget', ({ sessionId, targetInfo }) => {
    if (targetInfo.type === 'worker') void watchWorker(sessionId)
  })
  devTools.on('Target.detachedFromTarget', ({ sessionId }) => void workers.delete(sessionId))
  devTools.on('Target.receivedMessageFromTarget', ({ message }) => {
    const answer = JSON.parse(message) as WorkerAnswer
    if (answer.id !== undefined) answers.get(answer.id)?.(answer)
  })
  // Not flat: Playwright speaks to its own sessions only, so messages for workers travel wrapped.
  await devTools.send('Target.setAutoAttach', {
    autoAttach: true,
    waitForDebuggerOnStart: true,
    flatten: false,
  })

  async function watchWorker(sessionId: string): Promise<void> {
    const send = sendTo(sessionId)
    workers.set(sessionId, send)
    await send('Runtime.evaluate', { expression: NOTE_MEMORIES })
    await send('Runtime.runIfWaitingForDebugger')
  }

  function sendTo(sessionId: string): Send {
    return (method, params = {}) =>
      new Promise((resolve, reject) => {
        lastId += 1
        const id = lastId
        const timer = setTimeout(() => reject(new Error(`${method} was not answered`)), ANSWER_MS)
        answers.set(id, ({ result, error }) => {
          clearTimeout(timer)
          answers.delete(id)
          if (error === undefined) resolve(result)
          else reject(new Error(`${method}: ${error.message}`))
        })
        const message = JSON.stringify({ id, method, params })
        devTools.send('Target.sendMessageToTarget', { sessionId, message }).catch(reject)
      })
  }

  const sendToPage = devTools.send.bind(devTools) as Send

  return {
    async measure() {
      const usages: ThreadUsage[] = [{ thread: 'page', ...(await usageOf(sendToPage)) }]
      for (const send of workers.values()) usages.push({ thread: 'worker', ...(await usageOf(send)) })
      return usages
    },
  }
}

async function usageOf(send: Send): Promise<HeapUsage> {
  await send('HeapProfiler.collectGarbage')
  const { usedSize, backingStorageSize = 0 } = (await send('Runtime.getHeapUsage')) as {
    usedSize: number
    backingStorageSize?: number
  }
  return { js: usedSize, buffers: backingStorageSize, wasm: await wasmBytes(send) }
}

/** Runs in a worker before its own code: notes every memory that WebAssembly brings or is given. */
const NOTE_MEMORIES = `{
  const memories = (self.noted = new Set())
  const note = (values) => {
    for (const value of Object.values(values ?? {})) if (value instanceof WebAssembly.Memory) memories.add(value)
  }
  for (const name of ['instantiate', 'instantiateStreaming']) {
    const native = WebAssembly[name]
    WebAssembly[name] = async (source, imports) => {
      const result = await native.call(WebAssembly, source, imports)
      for (const values of Object.values(imports ?? {})) note(values)
      note((result.instance ?? result).exports)
      return result
    }
  }
}`

/** 0 in a page, where nothing is noted because Kymo has no WebAssembly there. */
async function wasmBytes(send: Send): Promise<number> {
  const { result } = (await send('Runtime.evaluate', {
    expression: '[...(self.noted ?? [])].reduce((sum, { buffer }) => sum + buffer.byteLength, 0)',
    returnByValue: true,
  })) as { result: { value: number } }
  return result.value
}
