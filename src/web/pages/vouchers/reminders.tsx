import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { said } from '../../api-said.ts'
import { useMay } from '../../may.ts'
import { Tick } from '../../parts/rule-inputs.tsx'
import { Refusal } from '../../parts/states.tsx'
import { useSpeech } from '../../words.ts'

/** Whether holders are reminded before a voucher ends: on, until the firm turns it off. */
export function Reminders() {
  const { w } = useSpeech()
  const mayEdit = useMay()('settings.edit')
  const client = useQueryClient()
  const settings = useQuery({ queryKey: ['voucher-settings'], queryFn: said.voucherSettings })
  const save = useMutation({
    mutationFn: said.saveVoucherSettings,
    onSuccess: (now) => client.setQueryData(['voucher-settings'], now),
  })
  if (settings.data === undefined) return null
  const { reminders } = settings.data
  return (
    <div className="stack below">
      {mayEdit ? (
        <Tick label={w.vouchers.reminders} on={reminders} onChange={(next) => save.mutate({ reminders: next })} />
      ) : (
        <p>{reminders ? w.vouchers.remindersOn : w.vouchers.remindersOff}</p>
      )}
      {reminders ? null : <p className="soft measure">{w.vouchers.remindersOffText}</p>}
      {save.isError ? <Refusal error={save.error} /> : null}
    </div>
  )
}
