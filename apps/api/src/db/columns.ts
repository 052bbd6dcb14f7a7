import {
  Column,
  Generated,
  LessThan,
  LessThanOrEqual,
  MoreThan,
  PrimaryColumn,
  type ColumnOptions,
  type FindOperator,
  type ValueTransformer,
} from 'typeorm'

/**
 * Entities say here what a column means; how each of the two databases stores that is nobody else's business.
 * Times are integer milliseconds because SQLite has no time type and drivers disagree about zones; Postgres
 * returns bigint as text, hence the transformer.
 */
export const timestampTransformer: ValueTransformer = {
  to: (value: unknown) => (value instanceof Date ? value.getTime() : value),
  from: (value: unknown) => (value === null || value === undefined ? null : new Date(Number(value))),
}

const jsonTransformer: ValueTransformer = {
  to: (value: unknown) => (value === null || value === undefined ? null : JSON.stringify(value)),
  from: (value: unknown) => (typeof value === 'string' ? (JSON.parse(value) as unknown) : null),
}

interface Nullable {
  nullable?: boolean
}

/** UUIDv7 as text. */
export const Id = (): PropertyDecorator => PrimaryColumn('text')

/** Counted by the hub itself, without a gap. */
export const IntegerId = (): PropertyDecorator => PrimaryColumn('integer')

/** Counted by the database, which returns a bigint as text on Postgres. */
export const CountedId = (): PropertyDecorator => (target, property) => {
  PrimaryColumn('bigint', { transformer: { to: (value: unknown) => value, from: Number } })(target, property)
  Generated('increment')(target, property)
}

/** The id of a row elsewhere. */
export const Reference = (options: Nullable = {}): PropertyDecorator => Column('text', options)

export const Text = (options: ColumnOptions = {}): PropertyDecorator => Column('text', options)

export const Integer = (options: ColumnOptions = {}): PropertyDecorator => Column('integer', options)

export const Flag = (): PropertyDecorator => Column('boolean')

export const Timestamp = (options: Nullable = {}): PropertyDecorator =>
  Column('bigint', { ...options, transformer: timestampTransformer })

export const Json = (options: Nullable = {}): PropertyDecorator =>
  Column('text', { ...options, transformer: jsonTransformer })

/** A value that only `seal.ts` can read. */
export const SealedText = (options: Nullable = {}): PropertyDecorator => Column('text', options)

/*
 * TypeORM applies transformers to the operators of a find, but not to those of an update or delete, where SQLite would
 * then silently compare a number with a text: these give the stored form, which every kind of statement understands.
 */
export const timeBefore = (moment: Date): FindOperator<Date> => LessThan(stored(moment))
export const timeAfter = (moment: Date): FindOperator<Date> => MoreThan(stored(moment))
export const timeUntil = (moment: Date): FindOperator<Date> => LessThanOrEqual(stored(moment))

const stored = (moment: Date): Date => moment.getTime() as unknown as Date
