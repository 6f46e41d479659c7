/** Kept in this browser alone, and off until somebody turns it on: a sound can give away who sits beside the screen. */
const NAME = 'firebreak-sound'

export function soundIsOn(): boolean {
  try {
    return localStorage.getItem(NAME) === 'on'
  } catch {
    return false // a browser that keeps nothing stays silent
  }
}

export function switchSound(on: boolean): void {
  try {
    if (on) localStorage.setItem(NAME, 'on')
    else localStorage.removeItem(NAME)
  } catch {
    // then the switch holds for nothing, and the page shows it as off after the next start
  }
}

let context: AudioContext | null = null

/** Two soft tones, made here: no file, no request. Silent where the browser wants a click first. */
export function twoTones(): void {
  if (typeof AudioContext === 'undefined') return
  context ??= new AudioContext()
  void context.resume().catch(() => undefined)
  if (context.state === 'closed') return
  tone(context, 587, 0)
  tone(context, 784, 0.16)
}

function tone(on: AudioContext, hertz: number, after: number): void {
  const at = on.currentTime + after
  const wave = on.createOscillator()
  const loud = on.createGain()
  wave.type = 'sine'
  wave.frequency.value = hertz
  loud.gain.setValueAtTime(0, at)
  loud.gain.linearRampToValueAtTime(0.08, at + 0.02)
  loud.gain.exponentialRampToValueAtTime(0.0005, at + 0.45)
  wave.connect(loud).connect(on.destination)
  wave.start(at)
  wave.stop(at + 0.5)
}
