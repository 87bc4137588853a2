import { createEffect, createSignal, type Accessor } from 'solid-js'

export const THEMES = ['system', 'light', 'dark'] as const
export type Theme = (typeof THEMES)[number]

const STORAGE_KEY = 'kymo:theme'

export interface ThemeState {
  readonly theme: Accessor<Theme>
  setTheme(theme: Theme): void
}

/** The chosen theme, kept in localStorage where that is allowed. */
export function createTheme(): ThemeState {
  const [theme, setTheme] = createSignal<Theme>(storedTheme())
  createEffect(() => {
    if (theme() === 'system') delete document.documentElement.dataset['theme']
    else document.documentElement.dataset['theme'] = theme()
  })
  return {
    theme,
    setTheme(next) {
      setTheme(next)
      try {
        localStorage.setItem(STORAGE_KEY, next)
      } catch {
        // Storage is denied here: the choice holds until the tab closes.
      }
    },
  }
}

function storedTheme(): Theme {
  try {
    const stored = localStorage.getItem(STORAGE_KEY)
    return THEMES.find((theme) => theme === stored) ?? 'system'
  } catch {
    return 'system'
  }
}
