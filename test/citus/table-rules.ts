import type { Findings } from './scope.ts'
import { as, list, type Node, text } from './tree.ts'

/** What Citus changes of a table on all its nodes; the rest it refuses, or does on the coordinator alone. */
const CHANGES = new Set([
  'AT_AddColumn',
  'AT_DropColumn',
  'AT_ColumnDefault',
  'AT_AlterColumnType',
  'AT_DropNotNull',
  'AT_SetNotNull',
  'AT_AddConstraint',
  'AT_DropConstraint',
  'AT_ValidateConstraint',
  'AT_SetRelOptions',
  'AT_ResetRelOptions',
])

const UNIQUE = new Set(['CONSTR_PRIMARY', 'CONSTR_UNIQUE'])
const NAMED = new Set([...UNIQUE, 'CONSTR_CHECK', 'CONSTR_FOREIGN', 'CONSTR_EXCLUSION'])

/** Checks what changes a table, or its indexes, once it is spread. */
export function checkTable(stmt: Node, { layout, always }: Findings): void {
  const altered = as(stmt, 'AlterTableStmt')
  const table = text((altered?.relation as Node | undefined)?.relname)
  if (altered !== undefined && layout.home(table) !== 'local')
    for (const one of list(altered.cmds))
      always.push(...alterProblems(as(one, 'AlterTableCmd') ?? {}, layout.home(table)))
  const index = as(stmt, 'IndexStmt')
  const home = layout.home(text((index?.relation as Node | undefined)?.relname))
  if (index !== undefined && home !== 'local') {
    const columns = list(index.indexParams).map((one) => text(as(one, 'IndexElem')?.name))
    if (index.unique === true && home !== 'reference' && !columns.includes(home))
      always.push(`a unique index without "${home}"`)
    if (text(index.idxname) === '') always.push('an index without a name')
  }
  const dropped = as(stmt, 'DropStmt')
  if (dropped?.removeType === 'OBJECT_INDEX' && list(dropped.objects).length > 1)
    always.push('several indexes are dropped at once')
}

function alterProblems(command: Node, home: string): readonly string[] {
  const subtype = text(command.subtype)
  if (!CHANGES.has(subtype)) return [`${subtype} on a table that is on the nodes`]
  if (subtype !== 'AT_AddColumn' && subtype !== 'AT_AddConstraint')
    return text(command.name) === home ? [`the column "${home}" is changed`] : []
  const column = as(command.def, 'ColumnDef')
  const constraints = column === undefined ? [command.def] : list(column.constraints)
  return constraints.flatMap((one) => constraintProblems(as(one, 'Constraint') ?? {}, home, column !== undefined))
}

function constraintProblems(constraint: Node, home: string, isOfColumn: boolean): readonly string[] {
  const kind = text(constraint.contype)
  if (!NAMED.has(kind)) return []
  if (isOfColumn) return [`${kind} stands beside a new column`]
  const keys = list(constraint.keys).map((one) => text(as(one, 'String')?.sval))
  return [
    ...(text(constraint.conname) === '' ? ['a constraint without a name'] : []),
    ...(UNIQUE.has(kind) && home !== 'reference' && !keys.includes(home) ? [`unique without "${home}"`] : []),
    ...(kind === 'CONSTR_EXCLUSION' || kind === 'CONSTR_FOREIGN' ? [`${kind} on a table that is on the nodes`] : []),
  ]
}
