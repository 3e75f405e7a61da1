import type { SQLInputValue } from 'node:sqlite';
import type { JobsMeant } from '../../core/protocol/queueView.ts';

/** An SQL condition with its values. */
export interface Condition {
  readonly sql: string;
  readonly values: readonly SQLInputValue[];
}

export function meant({ ids, batchOf, root }: JobsMeant): Condition {
  const parts: readonly (Condition | undefined)[] = [
    ids && { sql: 'id IN (SELECT value FROM json_each(?))', values: [JSON.stringify(ids)] },
    batchOf && {
      sql: '(id = ? OR batch = (SELECT batch FROM jobs WHERE id = ?))',
      values: [batchOf, batchOf],
    },
    root === undefined ? undefined : { sql: 'project_root = ?', values: [root] },
  ];
  const given = parts.filter((part) => part !== undefined);
  return {
    sql: ['true', ...given.map(({ sql }) => sql)].join(' AND '),
    values: given.flatMap(({ values }) => values),
  };
}
