import { Entity } from 'typeorm'
import { Id, Integer, Reference, SealedText, Text, Timestamp } from '../db/columns.js'
import type { SealContext, Sealed } from '../seal.js'

/** The UPS API License Key of a company. It comes in and never goes out again: people see its last four characters. */
@Entity('license_keys')
export class LicenseKeyEntity {
  @Id()
  id: string

  @Reference()
  companyId: string

  /** +1 with each new key, so that a former one does not open in its place. */
  @Integer()
  generation: number

  @SealedText()
  sealedKey: Sealed

  @Text()
  lastFour: string

  @Timestamp()
  setAt: Date

  @Reference()
  setById: string
}

/** What a stored key is bound to. */
export const licenseKeyContext = ({
  id: rowId,
  companyId,
  generation,
}: Pick<LicenseKeyEntity, 'id' | 'companyId' | 'generation'>): SealContext => ({
  table: 'license_keys',
  rowId,
  column: 'sealedKey',
  companyId,
  application: 'CONSUMER_RETURNS',
  generation,
})
