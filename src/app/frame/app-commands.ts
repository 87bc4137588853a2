import { OWN_DATABASE } from '../../protocol/database-id.ts'
import type { Command } from '../shell/create-commands.ts'
import type { RouteState } from '../shell/create-route.ts'
import { THEMES, type ThemeState } from '../shell/create-theme.ts'
import { HOME, MODELS } from '../shell/hash-route.ts'
import type { CatalogState } from './create-catalog.ts'

interface AppCommandsSource {
  readonly catalog: CatalogState
  readonly routeState: RouteState
  readonly themeState: ThemeState
  pickFiles(): void
  openExample(): void
  chooseTraining(): void
}

/** What can be done wherever one is. */
export function appCommands(app: AppCommandsSource): readonly Command[] {
  const { catalog, routeState, themeState } = app
  const { route, go } = routeState
  return [
    ...(catalog.experiments(OWN_DATABASE) ?? []).map((row) => ({
      title: `Open ${row.name}`,
      group: 'Experiments',
      run: () => go({ ...HOME, experimentId: row.id }),
    })),
    ...catalog.files().map((opened) => ({
      title: `Show ${opened.fileName}`,
      group: 'Files',
      run: () => go({ ...HOME, database: opened.database }),
    })),
    { title: 'Open a file', group: 'Files', key: 'mod+o', run: app.pickFiles },
    { title: 'Open the example experiment', group: 'Files', run: app.openExample },
    {
      title: 'Show registered models',
      group: 'Kymo',
      run: () => go({ ...HOME, database: route().database, experimentId: MODELS }),
    },
    { title: 'Start a training', group: 'Kymo', run: app.chooseTraining },
    ...THEMES.filter((theme) => theme !== themeState.theme()).map((theme) => ({
      title: theme === 'system' ? 'Let the system choose the theme' : `Use the ${theme} theme`,
      group: 'Kymo',
      run: () => themeState.setTheme(theme),
    })),
  ]
}
