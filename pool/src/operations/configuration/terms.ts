/** Terms documents: an app client has one of each name. */
import { documentsOf } from '../../domain/documents.ts';
import type { TermsType } from '../../model/types.generated.ts';
import type { PoolState } from '../../service/pool.ts';
import { TERMS } from './kinds.ts';

export const termsOfClient = (pool: PoolState, clientId: string, name: string): TermsType | undefined =>
  documentsOf(pool, TERMS).find(({ ClientId, TermsName }) => ClientId === clientId && TermsName === name);
