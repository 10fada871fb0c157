import { createContext, useContext } from 'react'
import type { Permission } from '../core/people/permissions.ts'

/** What the role of the reader may do, as the session says. The server asks again: this only hides what would be refused. */
export const Permissions = createContext<readonly Permission[]>([])

/** Whether the reader may do something. */
export function useMay(): (permission: Permission) => boolean {
  const held = useContext(Permissions)
  return (permission) => held.includes(permission)
}
