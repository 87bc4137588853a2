import './brand.css'

/** A trace on a drum, and the name. */
export function Brand() {
  return (
    <span class="brand">
      <svg width="20" height="20" viewBox="0 0 20 20" fill="none" aria-hidden="true">
        <circle class="brand-drum" cx="10" cy="10" r="8.5" stroke-width="1.25" />
        <path
          class="brand-trace"
          d="M2.5 11h2.2c1.1 0 1.2-5 2.5-5s1.6 8.5 3 8.5 1.6-6.5 2.8-6.5 1.2 3 2.3 3h2.2"
          stroke-width="1.5"
          stroke-linecap="round"
          stroke-linejoin="round"
        />
      </svg>
      Kymo
    </span>
  )
}
