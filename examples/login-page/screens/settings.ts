/** Asks which user pool to sign in to. The pool becomes part of the address, so that it can be linked to. */
import { FLOWS } from '../../../login-page/app.ts';
import { element, paragraph, textButton } from '../../../login-page/dom.ts';
import { formStep } from '../../../login-page/form.ts';
import { poolRow } from '../local/pool-row.ts';
import type { PageScreen } from '../page.ts';
import { addressOf } from '../pools.ts';

const FLOW_LABELS: Readonly<Record<(typeof FLOWS)[number], string>> = {
  USER_SRP_AUTH: 'SRP: it stays on this machine',
  USER_PASSWORD_AUTH: 'In clear, over TLS',
  CUSTOM_AUTH: 'With questions of the pool',
};

export const settingsScreen: PageScreen = (app, _, leaving) => {
  const { client, flow } = app.pool;
  const flowChoice = element(
    'select',
    { id: 'field-flow', name: 'flow' },
    ...FLOWS.map((name) => element('option', { value: name, selected: name === flow }, FLOW_LABELS[name])),
  );
  return formStep({
    texts: app.texts,
    heading: 'Settings',
    lead: [paragraph('Any Cognito user pool, with an app client that has no secret.')],
    leaving,
    fields: [
      {
        name: 'userPoolId',
        label: 'User pool ID',
        autocomplete: 'off',
        value: client.userPoolId,
        hint: 'Like eu-west-1_AbCdEf123',
        pattern: '[\\w\\-]{1,45}_[0-9A-Za-z]{1,45}',
      },
      {
        name: 'clientId',
        label: 'App client ID',
        autocomplete: 'off',
        value: client.clientId,
        pattern: '[\\w+\\-]{1,128}',
      },
    ],
    extra: [
      element(
        'div',
        { class: 'field' },
        element('label', { for: 'field-flow' }, 'Password sign-in'),
        flowChoice,
      ),
    ],
    submit: 'Use this pool',
    onSubmit: async ({ values: { userPoolId = '', clientId = '' } }) => {
      location.assign(addressOf({ userPoolId, clientId, flow: flowChoice.value }));
    },
    footer: [textButton('Back', app.back)],
    below: app.localPools.length > 0 && [
      element('h2', {}, 'Pools on this machine'),
      element('ul', {}, ...app.localPools.map(poolRow)),
    ],
  });
};
