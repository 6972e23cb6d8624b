/** DescribeTermsByClient: describes the terms document of an app client that has a name. */
import { checkClient, TERMS } from './kinds.ts';
import { storedOperation } from './stored-operation.ts';
import { termsOfClient } from './terms.ts';

export const describeTermsByClient = storedOperation(
  'DescribeTermsByClient',
  async (pool, { ClientId, TermsName }) => {
    checkClient(pool, ClientId);
    const terms = termsOfClient(pool, ClientId, TermsName);
    if (!terms) throw TERMS.missing(TermsName, pool);
    return { Terms: terms };
  },
);
