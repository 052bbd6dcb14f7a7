/** The five UPS developer applications, in the order in which they are offered. Facts only; credentials are in the configuration. */
export const applicationIds = [
  'CONSUMER_RETURNS',
  'REVERSE_LOGISTICS',
  'PICKUP_MANAGER',
  'DATA_MANAGEMENT',
  'RATING',
] as const

export type ApplicationId = (typeof applicationIds)[number]

export interface ApplicationFacts {
  readonly id: ApplicationId
  readonly slug: string
  readonly name: string
}

export const applications: readonly ApplicationFacts[] = [
  { id: 'CONSUMER_RETURNS', slug: 'consumer-returns', name: 'UPS® Intelligent Consumer Returns' },
  { id: 'REVERSE_LOGISTICS', slug: 'reverse-logistics', name: 'UPS® Intelligent Reverse Logistics' },
  { id: 'PICKUP_MANAGER', slug: 'pickup-manager', name: 'UPS® Intelligent Pickup Manager' },
  { id: 'DATA_MANAGEMENT', slug: 'data-management', name: 'UPS® Intelligent Data Management' },
  { id: 'RATING', slug: 'rating', name: 'UPS® Intelligent Rating' },
]

export function applicationFacts(id: ApplicationId): ApplicationFacts {
  const facts = applications.find((application) => application.id === id)
  if (!facts) throw new Error(`no such application: ${id}`)
  return facts
}
