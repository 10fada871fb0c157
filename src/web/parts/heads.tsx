/** The name of a column, and how its cells are set: `num` to the right. */
type Head = string | Readonly<{ name: string; kind: string }>

/** The head of a table: one cell for each column. A column without a name is told nothing of. */
export function Heads({ heads }: Readonly<{ heads: readonly Head[] }>) {
  return (
    <thead>
      <tr>
        {heads.map((head) => {
          const { name, kind } = typeof head === 'string' ? { name: head, kind: undefined } : head
          return name === '' ? (
            <td key={kind} className={kind} />
          ) : (
            <th key={name} scope="col" className={kind}>
              {name}
            </th>
          )
        })}
      </tr>
    </thead>
  )
}
