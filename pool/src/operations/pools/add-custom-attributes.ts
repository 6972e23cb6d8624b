/** AddCustomAttributes: adds attributes to the schema of the pool, all of them or none. */
import { poolOperation } from '../operation.ts';
import { changeSettings } from './change-settings.ts';
import { addCustomAttributesTo, checkAttribute } from './pool-schema.ts';

export const addCustomAttributes = poolOperation(
  'AddCustomAttributes',
  { access: 'iam' },
  async (pool, { CustomAttributes }) => {
    // A name of a standard attribute gets the prefix too, so nothing is required here
    for (const attribute of CustomAttributes) {
      const { Name } = attribute;
      checkAttribute({ ...attribute, Name: Name === undefined ? undefined : `custom:${Name}` });
    }
    const { userPool } = pool.settings;
    const SchemaAttributes = addCustomAttributesTo(userPool.SchemaAttributes ?? [], CustomAttributes);
    changeSettings(pool, { userPool: { ...userPool, SchemaAttributes } });
    return {};
  },
);
