import type { RouteRecordRaw } from 'vue-router'
import type { ApplicationId } from '../graphql/generated/graphql'
import { routes as consumerReturns } from './consumer-returns/routes'
import { routes as dataManagement } from './data-management/routes'
import { routes as pickupManager } from './pickup-manager/routes'
import { routes as rating } from './rating/routes'
import { routes as reverseLogistics } from './reverse-logistics/routes'

export interface HubApplication {
  id: ApplicationId
  slug: string
  name: string
  /** What its guide calls the beginning of an authorization. */
  verb: string
  routes: RouteRecordRaw[]
}

/** The five, in the order of the hub. */
export const applications: readonly HubApplication[] = [
  {
    id: 'CONSUMER_RETURNS',
    slug: 'consumer-returns',
    name: 'UPS® Intelligent Consumer Returns',
    verb: 'AUTHENTICATE',
    routes: consumerReturns,
  },
  {
    id: 'REVERSE_LOGISTICS',
    slug: 'reverse-logistics',
    name: 'UPS® Intelligent Reverse Logistics',
    verb: 'Opt-In',
    routes: reverseLogistics,
  },
  {
    id: 'PICKUP_MANAGER',
    slug: 'pickup-manager',
    name: 'UPS® Intelligent Pickup Manager',
    verb: 'OAuth',
    routes: pickupManager,
  },
  {
    id: 'DATA_MANAGEMENT',
    slug: 'data-management',
    name: 'UPS® Intelligent Data Management',
    verb: 'Authorize',
    routes: dataManagement,
  },
  {
    id: 'RATING',
    slug: 'rating',
    name: 'UPS® Intelligent Rating',
    verb: 'Authorize',
    routes: rating,
  },
]
