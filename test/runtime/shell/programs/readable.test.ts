/** What is daily work though nobody can read its code here: text in an expression of sed, messages. */
import { expect, test } from 'vitest'
import { execs, unknowns } from '../evaluate/show-analysis.js'

test.each(['"$RANDOM"; $?', 'osascript -e \'display notification "done" with title "build"\''])(
  '%s runs nothing that is not known',
  command => {
    expect(unknowns(command)).toEqual([])
  },
)

test.each([
  'eval "$(tool init -)"',
  'eval "$(cat x)"',
  '. "$DIR/nvm.sh"',
  'source "$(cat where)/bin/activate"',
  '. "$D/other.sh"',
  '$RANDOM$x',
  'python$RANDOM',
  'osascript -e \'display dialog (do shell script "rm x")\'',
  'osascript -e \'beep\ndo shell script "rm x"\'',
  'osascript -e \'display dialog («event sysoexec» "rm x")\'',
  'osascript -l JavaScript -e \'delay(1);ObjC.import("stdlib");$.system("rm x")\'',
])('%s runs what is not known', command => {
  expect(unknowns(command)).not.toEqual([])
})

test('text that is put into an expression of sed is told from code that is not known', () => {
  expect(unknowns('sed -i "s/v=.*/v=$V/" f')).toEqual(['any: text that is put into code of sed'])
  expect(unknowns('sed -n "${n}p" f')).toEqual(['any: text that is put into code of sed'])
  expect(unknowns('sed "$script" f')).toEqual(['any: code of sed'])
  expect(execs('sed "s/a/$b/e" f')).toContain('⟨any⟩ …')
})
