/** The engine sends its requests where the AWS SDK's own rules would, in every partition. */
import { CognitoIdentityProviderClient } from '@aws-sdk/client-cognito-identity-provider';
import { endpointOf } from '../../src/cognito/client/user-pool-client.ts';

/** A region of each partition, and those with rules of their own. */
const REGIONS = [
  'eu-west-1',
  'us-east-1',
  'us-west-2',
  'ap-southeast-7',
  'mx-central-1',
  'cn-north-1',
  'us-gov-west-1',
  'us-iso-east-1',
  'us-isob-east-1',
  'eu-isoe-west-1',
  'us-isof-south-1',
  'eusc-de-east-1',
];

const VARIANTS = [false, true].flatMap((useFips) =>
  [false, true].map((useDualStack) => ({ useFips, useDualStack })),
);

const { config } = new CognitoIdentityProviderClient({ region: 'eu-west-1' });

describe.each(REGIONS)('%s', (region) => {
  test.each(VARIANTS)('%j', ({ useFips, useDualStack }) => {
    const endpoint = () =>
      endpointOf({ userPoolId: `${region}_AbCdEf123`, clientId: 'web', useFips, useDualStack });
    const parameters = { Region: region, UseFIPS: useFips, UseDualStack: useDualStack };
    const { url } = config.endpointProvider(parameters, {});
    expect(endpoint()).toBe(url.origin);
  });
});
