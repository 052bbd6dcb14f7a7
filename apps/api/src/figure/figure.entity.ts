import { Entity } from 'typeorm'
import { Id, Integer, Text, Timestamp } from '../db/columns.js'

export type FigureKind =
  'AUTHORIZED' | 'REAUTHORIZATION_REQUIRED' | 'NOT_AUTHORIZED' | 'RENEWED' | 'FAILED' | 'RUNNING_OUT'

/** How many there were of something in the whole installation, by the day or by the hour. */
@Entity('figures')
export class FigureEntity {
  /** Kind and moment, so that counting again replaces. */
  @Id()
  id: string

  @Text()
  kind: FigureKind

  @Timestamp()
  at: Date

  @Integer()
  count: number
}
