import solid from 'vite-plugin-solid'
import { defineConfig, type Plugin } from 'vite'
import { EXPERIMENT_CHUNK, STORE_CHUNK } from './scripts/chunks.mjs'
import { CONTENT_SECURITY_POLICY } from './scripts/csp.mjs'
import { sqlitePlugins } from './scripts/sqlite-plugin.mjs'

/** Puts the policy into the built page, so that it holds on hosts that send no headers. */
function contentSecurityPolicy(): Plugin {
  return {
    name: 'kymo-content-security-policy',
    apply: 'build',
    transformIndexHtml: () => [
      {
        tag: 'meta',
        attrs: { 'http-equiv': 'Content-Security-Policy', content: CONTENT_SECURITY_POLICY },
        injectTo: 'head-prepend',
      },
    ],
  }
}

/** Sends the policy with every file but the page that has one of its own. */
function servedPolicy(): Plugin {
  return {
    name: 'kymo-served-policy',
    configurePreviewServer(server) {
      server.middlewares.use((request, response, next) => {
        const isOwn = /\/html-view\.html(\?|$)/.test(request.url ?? '')
        if (!isOwn) response.setHeader('Content-Security-Policy', CONTENT_SECURITY_POLICY)
        next()
      })
    },
  }
}

export default defineConfig({
  base: './',
  plugins: [solid(), contentSecurityPolicy(), servedPolicy(), ...sqlitePlugins()],
  worker: {
    format: 'es',
    plugins: sqlitePlugins,
    rolldownOptions: {
      checks: { bundlerTimings: false, ineffectiveDynamicImport: false },
      output: STORE_CHUNK,
    },
  },
  optimizeDeps: { exclude: ['@sqlite.org/sqlite-wasm'] },
  build: {
    target: 'es2022',
    outDir: 'dist/app',
    emptyOutDir: true,
    license: { fileName: 'licenses.md' },
    modulePreload: { polyfill: false },
    // TensorFlow.js, which only a demo training loads.
    chunkSizeWarningLimit: 2_000,
    rolldownOptions: {
      checks: { bundlerTimings: false, ineffectiveDynamicImport: false },
      output: EXPERIMENT_CHUNK,
    },
  },
})
