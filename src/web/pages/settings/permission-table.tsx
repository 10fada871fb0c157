import { permissions, roleMay, roles } from '../../../core/people/permissions.ts'
import { Scroll } from '../../parts/scroll.tsx'
import { permissionWords } from '../../words/permissions.ts'
import { useSpeech } from '../../words.ts'

/** Who may do what: the table that the server enforces, row by row. */
export function PermissionTable() {
  const { w, language } = useSpeech()
  return (
    <section aria-labelledby="permissions-title">
      <h2 id="permissions-title">{w.people.tableTitle}</h2>
      <p className="soft">{w.people.tableText}</p>
      <Scroll label={`${w.people.tableTitle}, ${w.table}`}>
        <table>
          <thead>
            <tr>
              <th scope="col">{w.people.permission}</th>
              {roles.map((role) => (
                <th scope="col" key={role}>
                  {w.people.roles[role]}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {permissions.map((permission) => (
              <tr key={permission}>
                <th scope="row">
                  {permissionWords[language][permission]} <span className="mono quiet">{permission}</span>
                </th>
                {roles.map((role) => (
                  <td key={role} className={roleMay(role, permission) ? undefined : 'quiet'}>
                    {roleMay(role, permission) ? w.people.yes : <span className="hidden-words">{w.people.no}</span>}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </Scroll>
    </section>
  )
}
