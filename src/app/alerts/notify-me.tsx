import { createSignal, Match, Switch } from 'solid-js'
import { Button } from '../../widgets/button.tsx'
import './notify-me.css'

/** Whether the browser shows alerts while Kymo is not looked at; it is asked by a click only. */
export function NotifyMe() {
  const isThere = typeof Notification !== 'undefined'
  const [permission, setPermission] = createSignal(isThere ? Notification.permission : 'denied')

  async function ask(): Promise<void> {
    setPermission(await Notification.requestPermission())
  }

  return (
    <div class="notify-me">
      <Switch>
        <Match when={permission() === 'default'}>
          <p>An alert is shown here. The browser can show it as well while Kymo is behind.</p>
          <Button onClick={() => void ask()}>Notify me</Button>
        </Match>
        <Match when={permission() === 'granted'}>
          <p>The browser shows alerts as well while Kymo is behind.</p>
        </Match>
        <Match when={permission() === 'denied'}>
          <p>
            The browser does not let this site notify you, so alerts are shown in Kymo only. Its settings for
            this site can change that.
          </p>
        </Match>
      </Switch>
    </div>
  )
}
