/**
 * The bricks of which the passwords of twelve and more characters are built that crackers try first: words of public
 * "most used" lists, keyboard walks, and words this house invites. Own compilation; folded as `fold` does.
 */
const BRICKS = `
  password passwort passw0rd passphrase pass word qwerty qwertz azerty qwertyuiop asdfghjkl asdfgh zxcvbnm zxcvbn
  qazwsx wsxedc edcrfv 1q2w3e4r5t6y 1q2w3e4r5t 1q2w3e4r 1q2w3e q1w2e3r4t5 q1w2e3r4 1qaz2wsx3edc 1qaz2wsx zaq12wsx
  letmein welcome changeme change secret default admin administrator root user login guest master superman batman
  spiderman pokemon football baseball basketball soccer liverpool chelsea arsenal barcelona juventus monkey dragon
  tiger eagle shadow sunshine princess iloveyou ilove love you loveme forever family mother father angel jesus christ
  god bless hello world computer internet google facebook samsung iphone apple android windows microsoft linux
  michael jennifer jessica charlie daniel thomas jordan ashley andrew joshua matthew anthony robert william
  starwars whatever freedom trustno1 killer summer winter spring autumn monday friday january february december
  test testing temp temporary demo example sample office company police bank server database security secure safe
  firebreak freeze trafficking victim report
  singapore thailand bangkok vietnam saigon hanoi cambodia myanmar laos malaysia indonesia jakarta philippines manila
  my the and for new old one two three four five six seven eight nine zero
`
  .trim()
  .split(/\s+/)
  .map(fold)
  .sort((a, b) => b.length - a.length) // longest first: `qwertyuiop` before `qwerty`

/** Keyboard rows and counting, both ways: any four neighbours are a run. */
const ROWS = ['0123456789', '1234567890', 'abcdefghijklmnopqrstuvwxyz', 'qwertyuiop', 'asdfghjkl', 'zxcvbnm']
const LINES = [...ROWS, ...ROWS.map((row) => [...row].reverse().join(''))]

/** What is left of a password that a list of common ones does not foretell; shorter is weaker. */
export function distinctive(password: string): string {
  let rest = withoutRuns(password.toLowerCase())
  rest = rest.replace(/(?:19|20)\d\d/g, ' ')
  rest = fold(rest)
  for (const brick of BRICKS) rest = rest.replaceAll(brick, ' ')
  rest = rest.replace(/(.{1,4}?)\1{2,}/gsu, '$1') // aaaa, xyxyxy
  return halved(rest.replace(/[\s\p{P}\p{S}]/gu, ''))
}

/** Lower case, and the usual disguises undone: `P@ssw0rd` is `password`. */
function fold(text: string): string {
  const disguises: Record<string, string> = {
    '@': 'a',
    '4': 'a',
    '3': 'e',
    '1': 'i',
    '!': 'i',
    '0': 'o',
    $: 's',
    '5': 's',
    '7': 't',
  }
  return text.toLowerCase().replace(/[@431!0$57]/g, (sign) => disguises[sign] ?? sign)
}

/** Without stretches of four and more neighbours: `abcd`, `4321`, `asdf`. */
function withoutRuns(text: string): string {
  let rest = ''
  for (let i = 0; i < text.length; ) {
    let length = 1
    while (i + length < text.length && LINES.some((line) => line.includes(text.slice(i, i + length + 1))))
      length++
    rest += length >= 4 ? ' ' : text.slice(i, i + length)
    i += length
  }
  return rest
}

/** `abcxabcx` is no better than `abcx`. */
function halved(text: string): string {
  const half = text.length / 2
  return half >= 1 && text.slice(0, half) === text.slice(half) ? text.slice(0, half) : text
}
