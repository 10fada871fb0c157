import { useQuery } from '@tanstack/react-query'
import type { ModelList, ModelPage } from '../../../contract/models.ts'
import { api } from '../../api.ts'
import { usePreferences } from '../../preferences.ts'
import type { Words } from '../../words/en.ts'

/** All models in short, and how customers leave here. */
export function useModels() {
  const { language } = usePreferences()
  return useQuery({ queryKey: ['models', language], queryFn: api.models })
}

/** How customers leave here and which model is for it, in words (trap T7). */
export const waySentence = ({ applies, announced, customers }: ModelList['leaving'], { models }: Words): string =>
  models.ways[applies](announced, customers)

type Behind = Pick<ModelPage['versions'][number], 'learnedFrom'>

/** How many events a version learned from, in words; where nobody says goodbye, exits are expected ones. */
export const eventsBehind = (kind: ModelPage['kind'], exits: number, of: Behind, { models }: Words): string =>
  of.learnedFrom === 'buying' ? models.expected(exits) : models.events[kind](exits)
