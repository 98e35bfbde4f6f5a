/** Adds to one settings file many times, as another installation does at the same time: `install-many.ts AGSEC_HOME FILE NAME`. */
import { homeAt } from '../../../cli/home.js'
import { locked } from '../../../cli/install/lock.js'
import { editSettings } from '../../../cli/install/settings-text.js'

const [folder = '', path = '', name = ''] = process.argv.slice(2)
for (let n = 0; n < 20; n++) {
  locked(homeAt(folder), () =>
    editSettings({ path, mode: 0o600 }, text => {
      const { list } = JSON.parse(text ?? '{"list":[]}')
      return JSON.stringify({ list: [...list, `${name}${n}`] })
    }),
  )
}
