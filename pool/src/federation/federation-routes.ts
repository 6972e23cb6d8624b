/** The paths of sign-in through identity providers. /oauth2/authorize begins it. */
import type { Route } from '../http/route.ts';
import { IDP_RESPONSE } from './go-to-provider.ts';
import { idpResponse, postedIdpResponse } from './idp-response.ts';

export const FEDERATION_ROUTES: readonly Route[] = [
  { method: 'GET', path: IDP_RESPONSE, answer: idpResponse },
  { method: 'POST', path: IDP_RESPONSE, answer: postedIdpResponse },
];
