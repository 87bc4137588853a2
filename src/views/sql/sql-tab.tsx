/** Being built. */
export function SqlTab() {
  return <p class="experiment-note">Being built.</p>
}
