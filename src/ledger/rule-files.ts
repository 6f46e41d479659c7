import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { HouseError } from '../core/errors.ts'
import type { Rule } from './rule.ts'
import { type RuleFile, ruleOfText } from './rule-text.ts'

/** Where the rules stand: one file each, `TX-K01.yaml`. */
export const TYPOLOGIES = fileURLToPath(new URL('../../content/typologies/', import.meta.url))

/** Reads one rule file. Throws `invalid` naming file, line and field. */
export function readRule(file: string): RuleFile {
  let text: string
  try {
    text = readFileSync(file, 'utf8')
  } catch {
    throw new HouseError('invalid', `${file}: there is no such file`)
  }
  return ruleOfText(file, text)
}

const isRule = (name: string) => /^TX-[A-Z]\d{2}\.yaml$/.test(name)

/** Every rule of the folder by id, or the chosen ones in the order given. Throws `invalid` for an unknown id. */
export function loadRules(chosen: readonly string[] | null = null, folder = TYPOLOGIES): Rule[] {
  const names = readdirSync(folder).filter(isRule).sort()
  if (!chosen) return names.map((name) => readRule(join(folder, name)).rule)
  return chosen.map((id) => {
    const name = `${id.trim().toUpperCase()}.yaml`
    if (!names.includes(name))
      throw new HouseError('invalid', `rule “${id}”: there is none; see content/typologies/`)
    return readRule(join(folder, name)).rule
  })
}
