/** Being built. */
export function TableTab() {
  return <p class="experiment-note">Being built.</p>
}
