import Download from 'lucide-solid/icons/download'
import { createSignal, For, Show } from 'solid-js'
import { PLAIN_DIGEST_BYTES, type Artifact, type ArtifactFile } from '../../model/artifact.ts'
import { useToasts } from '../shell/create-toasts.ts'
import { Button } from '../../widgets/button.tsx'
import { IconButton } from '../../widgets/icon-button.tsx'
import { formatBytes, formatPlural } from '../../widgets/number-format.ts'
import { useArtifacts } from './artifact-context.ts'
import './file-list.css'

/** Files shown at a time: a version may have ten thousand. */
const PAGE_FILES = 100

/** Enough of a digest to tell files apart by eye. */
const SHORT_DIGEST = 12

/** The files of a version: each can be downloaded alone. */
export function FileList(props: { readonly artifact: Artifact }) {
  const [limit, setLimit] = createSignal(PAGE_FILES)
  const { fetch } = useArtifacts()
  const toasts = useToasts()

  function copy({ path, digest }: ArtifactFile): void {
    navigator.clipboard.writeText(digest).then(
      () => toasts.say(`The digest of ${path} is in the clipboard.`),
      () => toasts.complain('The browser does not let this page write to the clipboard.'),
    )
  }

  return (
    <>
      <ul>
        <For each={props.artifact.files.slice(0, limit())}>
          {(file) => (
            <li class="file-list-line">
              <span class="file-list-path" title={file.path} dir="auto">
                {file.path}
              </span>
              <button
                type="button"
                class="file-list-digest"
                title={`Copy the digest (${digestName(file)}) ${file.digest}`}
                aria-label={`Copy the digest ${file.digest.slice(0, SHORT_DIGEST)} of ${file.path}`}
                onClick={() => copy(file)}
              >
                {file.digest.slice(0, SHORT_DIGEST)}
              </button>
              <span class="file-list-size">{formatBytes(file.bytes)}</span>
              <IconButton
                label={`Download ${file.path}`}
                disabled={props.artifact.erasedAt !== null}
                onClick={() => void fetch(props.artifact, file.path)}
              >
                <Download size={13} />
              </IconButton>
            </li>
          )}
        </For>
      </ul>
      <Show when={props.artifact.files.length > limit()}>
        <Button look="quiet" onClick={() => setLimit(limit() + PAGE_FILES)}>
          Show more of {formatPlural(props.artifact.files.length, 'file')}
        </Button>
      </Show>
    </>
  )
}

function digestName({ bytes }: ArtifactFile): string {
  return bytes > PLAIN_DIGEST_BYTES ? 'SHA-256 of the SHA-256s of every 512 KiB' : 'SHA-256'
}
