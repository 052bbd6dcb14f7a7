import { isEnumType, isInputObjectType, isObjectType, isSpecifiedScalarType } from 'graphql'
import { expect, it } from 'vitest'
import { createSchema } from './schema.js'

it('says of each type, field, argument and enum value what it is', () => {
  const schema = createSchema()
  const roots = [schema.getQueryType(), schema.getMutationType(), schema.getSubscriptionType()]
  const silent: string[] = []
  const look = (name: string, { description }: { description?: string | null | undefined }): void => {
    if (!description?.trim()) silent.push(name)
  }
  for (const type of Object.values(schema.getTypeMap())) {
    if (type.name.startsWith('__') || isSpecifiedScalarType(type)) continue
    if (!roots.some((root) => root === type)) look(type.name, type)
    if (isEnumType(type)) for (const value of type.getValues()) look(`${type.name}.${value.name}`, value)
    if (!isObjectType(type) && !isInputObjectType(type)) continue
    for (const field of Object.values(type.getFields())) {
      look(`${type.name}.${field.name}`, field)
      if ('args' in field) for (const arg of field.args) look(`${type.name}.${field.name}(${arg.name})`, arg)
    }
  }
  expect(silent).toEqual([])
})
