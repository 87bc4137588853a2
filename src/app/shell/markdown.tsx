import type { Nodes, PhrasingContent, RootContent, TableCell } from 'mdast'
import { fromMarkdown } from 'mdast-util-from-markdown'
import { gfmFromMarkdown } from 'mdast-util-gfm'
import { gfm } from 'micromark-extension-gfm'
import { createMemo, For, Show, type JSX } from 'solid-js'
import { Dynamic } from 'solid-js/web'
import './markdown.css'

/** What a link may lead to; anything else is shown as text. */
const SAFE_PROTOCOLS: ReadonlySet<string> = new Set(['https:', 'http:', 'mailto:'])

/**
 * A stranger's Markdown as elements of our own making.
 *
 * HTML in it is shown as the text it is, pictures as links to them, and links lead to the web only.
 */
export function Markdown(props: { readonly text: string }) {
  const root = createMemo(() =>
    fromMarkdown(props.text, { extensions: [gfm()], mdastExtensions: [gfmFromMarkdown()] }),
  )
  return (
    <div class="markdown" dir="auto">
      <Children of={root().children} />
    </div>
  )
}

function Children(props: { readonly of: readonly Nodes[] }) {
  return <For each={props.of}>{(node) => toElement(node)}</For>
}

function toElement(node: Nodes): JSX.Element {
  switch (node.type) {
    case 'text':
      return node.value
    case 'html':
      return <span class="markdown-html">{node.value}</span>
    case 'paragraph':
      return (
        <p>
          <Children of={node.children} />
        </p>
      )
    case 'heading':
      // The page has its own first two levels.
      return (
        <Dynamic component={`h${Math.min(6, node.depth + 3)}`}>
          <Children of={node.children} />
        </Dynamic>
      )
    case 'emphasis':
      return wrapped('em', node.children)
    case 'strong':
      return wrapped('strong', node.children)
    case 'delete':
      return wrapped('del', node.children)
    case 'inlineCode':
      return <code>{node.value}</code>
    case 'code':
      return (
        <pre>
          <code>{node.value}</code>
        </pre>
      )
    case 'break':
      return <br />
    case 'thematicBreak':
      return <hr />
    case 'blockquote':
      return (
        <blockquote>
          <Children of={node.children} />
        </blockquote>
      )
    case 'list':
      return <Dynamic component={node.ordered === true ? 'ol' : 'ul'}>{listEntries(node.children)}</Dynamic>
    case 'link':
      return <SafeLink url={node.url}>{<Children of={node.children} />}</SafeLink>
    case 'image':
      return <SafeLink url={node.url}>{node.alt === '' ? node.url : node.alt}</SafeLink>
    case 'table':
      return <Table rows={node.children.map((row) => row.children)} />
    default:
      return 'children' in node ? <Children of={node.children as readonly RootContent[]} /> : null
  }
}

function wrapped(component: 'em' | 'strong' | 'del', children: readonly PhrasingContent[]): JSX.Element {
  return (
    <Dynamic component={component}>
      <Children of={children} />
    </Dynamic>
  )
}

function listEntries(
  entries: readonly { readonly checked?: boolean | null | undefined; readonly children: readonly Nodes[] }[],
): JSX.Element {
  return (
    <For each={entries}>
      {(entry) => (
        <li classList={{ 'is-task': typeof entry.checked === 'boolean' }}>
          <Show when={typeof entry.checked === 'boolean'}>
            <input type="checkbox" disabled checked={entry.checked === true} aria-label="Done" />
          </Show>
          <Children of={entry.children} />
        </li>
      )}
    </For>
  )
}

function SafeLink(props: { readonly url: string; readonly children: JSX.Element }) {
  return (
    <Show when={isSafe(props.url)} fallback={props.children}>
      <a href={props.url} target="_blank" rel="noopener noreferrer">
        {props.children}
      </a>
    </Show>
  )
}

function isSafe(url: string): boolean {
  try {
    return SAFE_PROTOCOLS.has(new URL(url).protocol)
  } catch {
    return false
  }
}

function Table(props: { readonly rows: readonly (readonly TableCell[])[] }) {
  return (
    <table>
      <thead>
        <tr>
          <For each={props.rows[0] ?? []}>
            {(cell) => (
              <th scope="col">
                <Children of={cell.children} />
              </th>
            )}
          </For>
        </tr>
      </thead>
      <tbody>
        <For each={props.rows.slice(1)}>
          {(row) => (
            <tr>
              <For each={row}>
                {(cell) => (
                  <td>
                    <Children of={cell.children} />
                  </td>
                )}
              </For>
            </tr>
          )}
        </For>
      </tbody>
    </table>
  )
}
