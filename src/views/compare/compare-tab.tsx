/** Being built. */
export function CompareTab() {
  return <p class="experiment-note">Being built.</p>
}
