import 'reflect-metadata'
import { randomBytes } from 'node:crypto'
import { systemClock } from './clock.js'
import { refuseToStart, runHub } from './run-hub.js'
import { resolveHost } from './webhook/host-addresses.js'

runHub({ clock: systemClock, fetch, resolveHost, random: Math.random, randomBytes }).catch(refuseToStart)
