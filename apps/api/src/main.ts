import 'reflect-metadata'
import { randomBytes } from 'node:crypto'
import { systemClock } from './clock.js'
import { refuseToStart, runHub } from './run-hub.js'

runHub({ clock: systemClock, fetch, random: Math.random, randomBytes }).catch(refuseToStart)
