/**
 * The database itself refuses to change a record that has its place in the chain, and to remove one before its time. This
 * keeps mistakes out; who may drop a trigger is found by the verifier.
 */
const mayGo = `EXISTS (SELECT 1 FROM audit_sweeps s JOIN audit_chain c ON c."position" = OLD."position"
  WHERE s.retention = c.retention AND c.at < s.before)`
const isStillNeeded = `EXISTS (SELECT 1 FROM audit_events e WHERE e."position" <= OLD."position")`

interface Guard {
  name: string
  on: string
  refuses: string
  says: string
}

const guards: readonly Guard[] = [
  {
    name: 'audit_events_never_change',
    on: 'UPDATE ON audit_events',
    refuses: 'OLD."position" IS NOT NULL',
    says: 'a record of the audit trail never changes',
  },
  {
    name: 'audit_events_stay',
    on: 'DELETE ON audit_events',
    refuses: `OLD."position" IS NOT NULL AND NOT ${mayGo}`,
    says: 'a record of the audit trail stays until its time is over',
  },
  {
    name: 'audit_chain_never_changes',
    on: 'UPDATE ON audit_chain',
    refuses: 'OLD."position" IS NOT NULL',
    says: 'the chain of the audit trail never changes',
  },
  {
    name: 'audit_chain_stays',
    on: 'DELETE ON audit_chain',
    refuses: isStillNeeded,
    says: 'the chain of the audit trail stays while one of its records does',
  },
]

export const guardsOf = (kind: string): string[] =>
  guards.flatMap(({ name, on, refuses, says }) =>
    kind === 'postgres'
      ? [
          `CREATE FUNCTION ${name}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
             IF ${refuses} THEN RAISE EXCEPTION '${says}'; END IF;
             IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
             RETURN NEW;
           END $$`,
          `CREATE TRIGGER ${name} BEFORE ${on} FOR EACH ROW EXECUTE FUNCTION ${name}()`,
        ]
      : [`CREATE TRIGGER ${name} BEFORE ${on} WHEN ${refuses} BEGIN SELECT RAISE(ABORT, '${says}'); END`],
  )

export const withoutGuards = (kind: string): string[] =>
  guards.flatMap(({ name, on }) =>
    kind === 'postgres'
      ? [`DROP TRIGGER ${name} ON ${on.split(' ')[2]}`, `DROP FUNCTION ${name}()`]
      : [`DROP TRIGGER ${name}`],
  )
