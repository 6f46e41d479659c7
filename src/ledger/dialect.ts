/** Functions that DuckDB and Trino both have and answer alike (DuckDB 1.5, Trino 470 documentation). */
const SHARED = new Set(
  `abs avg cast ceil coalesce count count_if cume_dist dense_rank exists first_value floor greatest in lag last_value
  lead least length ln lower ltrim max max_by min min_by mod nullif ntile percent_rank power rank regexp_like replace
  reverse round row_number rtrim split_part sqrt strpos substr sum trim upper array_agg over values as and or not when then else
  using on from with select union all distinct by where having partition between filter if`.split(/\s+/),
)
/** Words that only one of them knows, or knows differently. */
const FOREIGN: readonly [RegExp, string][] = [
  [/::/, '“::” is DuckDB’s: write cast(x as type)'],
  [/\/\//, '“//” is DuckDB’s: cast to double, divide and use floor'],
  [/\bqualify\b/i, 'QUALIFY is DuckDB’s: filter around a subquery'],
  [
    /\bexclude\b|\bilike\b|\busing sample\b|\bgroup by all\b|\border by all\b|\basof\b|\bpivot\b/i,
    'this word is DuckDB’s alone',
  ],
  [/\b(?:from|join)\s+'/i, 'a file is not a table'],
  [/\[/, 'brackets for lists count from different numbers'],
  [/"/, 'plain names only, without quotation marks'],
  [/;/, 'one statement, without a semicolon'],
  // what stands in them would be taken for text here, and for SQL there
  [/\b(?:[ebnxu]|u&)''/i, 'a text stands between plain quotation marks'],
  [/\$/, 'a text stands between quotation marks, without dollars'],
  [/--|\/\*/, 'comments belong into the other fields of the file'],
  [
    /\b(?:insert|update|delete|create|drop|copy|attach|install|load|pragma|set|call|export|import)\b/i,
    'a rule only reads',
  ],
  [
    /\b(?:label_rows|account_rows|signal_rows|account_names|transactions|booked|stage|broken_rows)\b/i,
    'this is how a book is kept; a rule reads only the prepared tables',
  ],
  [
    /\b(?:read_\w+|parquet_scan|glob|getenv|query|query_table|duckdb_\w+|information_schema)\b/i,
    'a rule reads only the prepared tables',
  ],
]

/** The tables that a rule may read; docs/guide/add-a-typology.md says what is in them. */
export const TABLES: readonly string[] = [
  'tx',
  'pairs',
  'account_days',
  'profiles',
  'accounts',
  'signals',
  'edges',
  'bursts',
]

/** What keeps a rule's SQL from meaning the same on DuckDB and on Trino; empty when nothing does. */
export function dialectFaults(sql: string): string[] {
  const text = sql.replace(/'(?:[^']|'')*'/g, "''")
  const faults = FOREIGN.filter(([pattern]) => pattern.test(text)).map(
    ([pattern, what]) => `${pattern.exec(text)?.[0]}: ${what}`,
  )
  const own = new Set(
    [...text.matchAll(/\b([a-z_]\w*)\s+(?:\([\w\s,]*\)\s+)?as\s+\(/gi)].map(([, name = '']) =>
      name.toLowerCase(),
    ),
  )
  // a table of its own may list its columns; called like a function it would be one of the engine's
  const isTable = (at: number) => /^\w+\s*\([\w\s,]*\)\s+as\s+\(/i.test(text.slice(at))
  for (const { index, 1: name = '' } of text.matchAll(/\b([a-z_]\w*)\s*\(/gi))
    if (!SHARED.has(name.toLowerCase()) && !isTable(index))
      faults.push(`${name}(): not a function that both DuckDB and Trino have`)
  for (const [, name = ''] of text.matchAll(/\b(?:from|join)\s+([a-z_]\w*)/gi))
    if (!own.has(name.toLowerCase()) && !TABLES.includes(name.toLowerCase()))
      faults.push(`${name}: not one of the tables ${TABLES.join(', ')}`)
  for (const { index } of text.matchAll(/\//g))
    if (!/as\s+double\s*\)\s*$/i.test(text.slice(0, index)))
      faults.push('/: whole numbers divide differently; write cast(x as double) / y')
  return [...new Set(faults)]
}
