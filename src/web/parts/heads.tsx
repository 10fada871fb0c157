/** The name of a column; how its cells are set, whether its name is only heard, and the order if it gives one. */
type Head =
  | string
  | Readonly<{ name: string; kind?: string; heard?: boolean; sort?: 'ascending' | 'descending' | undefined }>

/** The head of a table: one cell for each column. A column without a name is told nothing of. */
export function Heads({ heads }: Readonly<{ heads: readonly Head[] }>) {
  return (
    <thead>
      <tr>
        {heads.map((head) => {
          const { name, kind, heard = false, sort } = typeof head === 'string' ? { name: head } : head
          if (name === '') return <td key={kind} className={kind} />
          return (
            <th key={name} scope="col" className={kind} aria-sort={sort}>
              {heard ? <span className="hidden-words">{name}</span> : name}
            </th>
          )
        })}
      </tr>
    </thead>
  )
}
